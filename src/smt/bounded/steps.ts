import { greatest } from '../../base/extremes.js';
import type { Program } from '../../language/program.js';
import type { Location } from '../../netkat/policy.js';
import { compareLocations } from '../../netkat/topology.js';
import { and, anyOf, implies, not, type Term } from '../solver/term.js';
import { type Order, order } from './order.js';
import type { BoundedScript } from './script.js';
import type { PossibleCopy, Skeleton } from './skeleton.js';

/** A step that a switch may take: IN of a packet by a host, or SW of one of its copies. */
export interface PossibleStep {
  readonly id: number;
  /** The packet's number, in order of entry. */
  readonly packet: number;
  /** The host that the packet comes from, as an index. */
  readonly host: number;
  readonly at: Location;
  /** The copy that SW takes; undefined for IN. */
  readonly copy: PossibleCopy | undefined;
  /** SW: the step that sent the copy. */
  readonly parent: PossibleStep | undefined;
  /** Its place in the order. Steps of one place are never taken together. */
  readonly place: number;
  /** Whether it is taken. */
  readonly on: Term;
}

/** What all constraints speak of: the possible steps of so many packets, and their order. */
export interface Steps {
  readonly script: BoundedScript;
  readonly program: Program;
  readonly packets: number;
  /** Parents first. */
  readonly all: readonly PossibleStep[];
  readonly order: Order;
  /**
   * Whether all copies are processed to the end; otherwise an execution may stop anywhere after all packets have
   * entered.
   */
  readonly complete: boolean;
  /** `headers[packet][field][value]`: what packets enter with. */
  readonly headers: readonly (readonly (readonly Term[])[])[];
}

/** Whether two steps may be in one execution. */
export const canBeTogether = (a: PossibleStep, b: PossibleStep): boolean =>
  a.packet !== b.packet || (a.host === b.host && a.place !== b.place);

/** Whether `a` is before `b`, if both are taken. */
export const before = ({ order }: Pick<Steps, 'order'>, a: PossibleStep, b: PossibleStep): Term =>
  order.before(a.place, b.place);

/** The other steps at the switch of a step that may be in one execution with it. */
export const neighbours = ({ all }: Pick<Steps, 'all'>, s: PossibleStep): PossibleStep[] =>
  all.filter((other) => other.at.switch === s.at.switch && canBeTogether(other, s));

/** Declares the steps of `packets` packets, all of which enter, in their order, each by one host with any headers. */
export function declareSteps(
  script: BoundedScript,
  program: Program,
  skeletons: readonly Skeleton[],
  packets: number,
  complete: boolean,
): Steps {
  const places = order(script);
  const all: PossibleStep[] = [];
  const add = (step: Omit<PossibleStep, 'id' | 'on'>, hint: string): PossibleStep => {
    const added = { ...step, id: all.length, on: script.variable(hint) };
    all.push(added);
    return added;
  };
  const entries: number[] = [];
  for (let packet = 0; packet < packets; packet++) {
    const entryPlace = places.place();
    entries.push(entryPlace);
    const colours = greatest(skeletons.map((each) => each.colours));
    const copyPlaces = Array.from({ length: colours }, () => places.place());
    const hosts: PossibleStep[] = [];
    for (const [host, one] of skeletons.entries()) {
      const { at } = one.host;
      const common = { packet, host };
      const enters = add(
        { ...common, at, copy: undefined, parent: undefined, place: entryPlace },
        `in.${packet}.${host}`,
      );
      hosts.push(enters);
      const takes: PossibleStep[] = [];
      for (const copy of one.copies) {
        const parent = copy.parent ? takes[copy.parent.id]! : enters;
        const place = copyPlaces[copy.colour]!;
        takes.push(add({ ...common, at: copy.at, copy, parent, place }, `sw.${packet}.${host}.${copy.id}`));
      }
    }
    exactlyOne(
      script,
      hosts.map(({ on }) => on),
    );
  }
  for (let p = 1; p < packets; p++) script.require(places.before(entries[p - 1]!, entries[p]!));
  for (const step of all)
    if (step.parent) script.require(implies(step.on, places.before(step.parent.place, step.place)));

  const headers = Array.from({ length: packets }, (_, p) =>
    program.fields.map(({ domain }, f) => oneOf(script, domain.length, `headers.${p}.${f}`)),
  );
  return { script, program, packets, all, order: places, complete, headers };
}

/**
 * Input queues are FIFO (spec 3): of two copies that arrive at one port the one that was sent first is taken first. An
 * output queue feeds one input queue, so that LINK and OUT need no steps of their own (see
 * `network/reductions/merged-links.ts`). Copies that one hop sends to one port may be queued in any order.
 * @param sent whether a copy has been sent
 */
export function requireQueues(steps: Steps, sent: (step: PossibleStep) => Term): void {
  const takes = steps.all.filter(({ copy }) => copy);
  for (const a of takes)
    for (const b of takes) {
      if (a === b || compareLocations(a.at, b.at) !== 0 || !canBeTogether(a, b) || a.parent === b.parent) continue;
      if (!canBeTogether(a.parent!, b.parent!)) continue;
      const first = and(b.on, sent(a), before(steps, a.parent!, b.parent!));
      steps.script.require(implies(first, and(a.on, before(steps, a, b))));
    }
}

export function exactlyOne(script: BoundedScript, terms: readonly Term[]): void {
  script.require(anyOf(terms));
  for (const [i, a] of terms.entries()) for (const b of terms.slice(0, i)) script.require(not(and(a, b)));
}

/** A choice of one of so many values, by value. */
function oneOf(script: BoundedScript, values: number, hint: string): Term[] {
  if (values === 1) return ['true'];
  const first = script.variable(hint);
  if (values === 2) return [first, not(first)];
  const all = [first, ...Array.from({ length: values - 1 }, () => script.variable(hint))];
  exactlyOne(script, all);
  return all;
}
