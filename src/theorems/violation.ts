import { showEvents } from '../base/event-set-notation.js';
import { type EventSet, members } from '../events/event-set.js';
import { isEventSet } from '../events/event-structure.js';
import { showFormula } from '../events/formula.js';
import type { Occurred, ViolationKind } from '../execution/execution.js';
import type { Run } from '../execution/run.js';
import type { Setting } from '../execution/state.js';
import { showLocation } from '../netkat/topology.js';
import { locationOf } from './trace.js';

/** What is wrong with a run, in the terms of the last paragraph of interface.md. */
export interface Violation {
  readonly kind: Exclude<ViolationKind, 'compiler'>;
  readonly packet: number | null;
  readonly event: number | null;
  readonly why: string;
  /** Theorem 1: where the events occur by the definition, in trace order. */
  readonly occurrences: readonly Occurred[];
  /**
   * Theorem 1: the event-sets, one of whose configurations should have processed the packet; empty if no packet is to
   * blame.
   */
  readonly allowed: readonly EventSet[];
}

/**
 * What a definition says of a run. Theorem 1 speaks of complete executions only: of others it says nothing, except
 * where a configuration is undefined (spec 4.2, last sentence). Violations are in the order of the packets' entry.
 */
export type Judgement =
  | { readonly kind: 'kept' }
  | { readonly kind: 'violated'; readonly violations: readonly [Violation, ...Violation[]] }
  | { readonly kind: 'incomplete' };

/** The judgement that these violations amount to. */
export function judgement(run: Run, violations: readonly Violation[]): Judgement {
  const [first, ...rest] = [...violations].sort((a, b) => (a.packet ?? -1) - (b.packet ?? -1));
  if (first) return { kind: 'violated', violations: [first, ...rest] };
  return run.complete ? { kind: 'kept' } : { kind: 'incomplete' };
}

/** A set of events in words: `{e0, e1}`. */
export const showEventSet = (set: EventSet): string => showEvents(members(set));

/** An event in words: `event e0 (ip_dst=H4 at 4:1)`. */
export function showEvent({ program, system, structure }: Setting, event: number): string {
  const { label, at } = structure.events[event]!;
  return `event e${event} (${showFormula(program.fields, system.labels[label]!.formula)} at ${showLocation(at)})`;
}

/**
 * For both checks of Theorem 1: a violation for each IN at a switch whose E_n is no event-set (spec 4.2, last
 * sentence).
 */
export function undefinedEntries(run: Run): Violation[] {
  return run.taken.flatMap(({ step }, i): Violation[] => {
    if (step.rule !== 'IN') return [];
    const n = locationOf(step.at).switch;
    const { eventSet } = run.states[i]!.switches[n]!;
    if (isEventSet(run.setting.structure, eventSet)) return [];
    const why = `packet ${step.packet} enters at switch ${n} when that has heard of ${showEventSet(eventSet)}, to which no configuration belongs`;
    return [{ kind: 'undefined-configuration', packet: step.packet, event: null, why, occurrences: [], allowed: [] }];
  });
}
