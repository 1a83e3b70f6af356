import type { Limits } from '../base/limits.js';
import { type Block, countStates, someStates, type TransitionSystem } from '../events/transition-system.js';
import type { Program, StateVector } from '../language/program.js';
import type { Diagram } from '../netkat/diagram.js';
import { showLocation } from '../netkat/topology.js';
import { conjunctionsOf, type NamedField } from './conditions.js';
import { type Deliveries, deliveriesOf, inState, type Receivers } from './deliveries.js';
import type { EdgeReach, Reach, Reached } from './shown.js';

/** At most so many conjunctions are listed of one pair of hosts. */
const maxConjunctions = 32;

/** At most so many states are listed. */
const maxStates = 64;

/** A program with what becomes of its packets. */
interface Subject {
  readonly program: Program;
  readonly deliveries: Deliveries;
  /** The fields of the diagrams: those of headers, and the components of the state. */
  readonly fields: readonly NamedField[];
  /** Who receives packets after and not before, and who before and not after (`lost`). */
  readonly changed: (before: Diagram, after: Diagram) => Diagram;
}

/**
 * Who reaches whom in each state, and what changes along each edge, for all headers (spec 1.4, 1.5).
 * @param only the one state that is wanted; default: all, as far as they are listed @throws LimitReached
 */
export function reachOf(program: Program, system: TransitionSystem, limits: Limits, only?: StateVector): Reach {
  const deliveries = deliveriesOf(program, system, limits);
  const components = deliveries.values.map((domain, i): NamedField => ({ name: `state(${i})`, domain }));
  const changed = deliveries.store.binary((before, after) => [
    ...before.filter((host) => !after.includes(host)).map(lost),
    ...after.filter((host) => !before.includes(host)),
  ]);
  const subject = { program, deliveries, fields: [...program.fields, ...components], changed };
  const states = only ? [only] : someStates(system, maxStates);
  return {
    hosts: program.topology.hosts.map(({ name }) => name),
    states: states.map((state) => ({ state, reaches: reachesIn(subject, state) })),
    moreStates: countStates(system) - states.length,
    changes: system.blocks.flatMap((block) => block.edges.map((edge) => changeAlong(subject, system, block, edge))),
  };
}

function reachesIn(subject: Subject, state: StateVector): Reached[] {
  const { program, deliveries } = subject;
  const known = state.map((value, component) => [component, deliveries.values[component]!.indexOf(value)] as const);
  const restrict = inState(deliveries, program.fields.length, known);
  return deliveries.from.flatMap((diagram, from) => {
    const here = restrict(diagram);
    return reached(subject, here, from, receiversIn(deliveries, here), (to) => (receivers) => receivers.includes(to));
  });
}

/** The hosts that receive any packets, by a diagram. */
const receiversIn = ({ store }: Deliveries, diagram: Diagram): Receivers =>
  [...new Set(store.leaves(diagram).flat())].sort((a, b) => a - b);

/** Of some hosts, which packets reach each. */
function reached(
  { program, deliveries, fields }: Subject,
  diagram: Diagram,
  from: number,
  hosts: Receivers,
  isWanted: (to: number) => (receivers: Receivers) => boolean,
): Reached[] {
  const { hosts: named } = program.topology;
  return hosts.flatMap((to) => {
    const { conjunctions, isWhole } = conjunctionsOf(deliveries.store, diagram, fields, isWanted(to), maxConjunctions);
    if (conjunctions.length === 0) return [];
    const ends = { from: named[from]!.name, to: named[to]!.name };
    return [{ ...ends, when: conjunctions, ...(isWhole ? {} : { complete: false as const }) }];
  });
}

/** Marks, in the leaves of a difference, the hosts that receive packets before and not after. */
const lost = (to: number): number => -1 - to;

function changeAlong(
  subject: Subject,
  system: TransitionSystem,
  { indices, states }: Block,
  { from, to, label }: Block['edges'][number],
): EdgeReach {
  const { program, deliveries } = subject;
  const { text, at } = system.labels[label]!;
  const restrictTo = (state: number) =>
    inState(
      deliveries,
      program.fields.length,
      indices.map((component, i) => [component, deliveries.values[component]!.indexOf(states[state]![i]!)] as const),
    );
  const [before, after] = [restrictTo(from), restrictTo(to)];
  const gains: Reached[] = [];
  const losses: Reached[] = [];
  for (const [host, diagram] of deliveries.from.entries()) {
    const [a, b] = [before(diagram), after(diagram)];
    if (a === b) continue;
    const change = subject.changed(a, b);
    const marks = [...new Set(deliveries.store.leaves(change).flat())];
    const isGained = (other: number) => (receivers: Receivers) => receivers.includes(other);
    const isLost = (other: number) => (receivers: Receivers) => receivers.includes(lost(other));
    const gained = marks.filter((mark) => mark >= 0).sort((x, y) => x - y);
    const gone = marks
      .filter((mark) => mark < 0)
      .map(lost)
      .sort((x, y) => x - y);
    for (const one of reached(subject, change, host, gained, isGained)) gains.push(one);
    for (const one of reached(subject, change, host, gone, isLost)) losses.push(one);
  }
  return {
    indices,
    from: states[from]!,
    to: states[to]!,
    formula: text,
    at: showLocation(at),
    gained: gains,
    lost: losses,
  };
}
