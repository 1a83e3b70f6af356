import { type EventSet, emptySet } from '../events/event-set.js';
import { isConsistent, isEventSet } from '../events/event-structure.js';
import type { Run } from '../execution/run.js';
import { capabilities } from '../execution/semantics.js';
import type { NetworkState, Setting } from '../execution/state.js';
import { showEventSet, type Violation } from './violation.js';

/**
 * Lemma 3 and its companions in one state (spec 4.2): the union of Q, R, all E_n and all digests is consistent, and
 * every E_n is an event-set. In `two-phase` and `best-effort` only R and the versions are looked at: there, Q holds
 * labels, not events that have happened, and every digest is empty.
 */
export function judgeState({ structure, semantics }: Setting, state: NetworkState): Violation[] {
  const violations: Violation[] = [];
  const union = (sets: readonly EventSet[]): EventSet => sets.reduce((all, set) => all | set, emptySet);
  const switches = Object.entries(state.switches);

  const queue = capabilities[semantics].items === 'labels' ? [] : state.controllerQueue.map(({ item }) => item);
  const sets = switches.map(([, { eventSet }]) => eventSet);
  const digests = switches.flatMap(([, { inputs, outputs }]) =>
    [...Object.values(inputs), ...Object.values(outputs)].flat().map(({ digest }) => digest),
  );
  const everywhere = union([...queue, state.known, ...sets, ...digests]);
  if (!isConsistent(structure, everywhere)) {
    const why = `together, the controller, the switches and the packets know of ${showEventSet(everywhere)}, which is inconsistent`;
    violations.push({ kind: 'inconsistent', packet: null, event: null, why, occurrences: [], allowed: [] });
  }
  for (const [n, { eventSet }] of switches) {
    if (isEventSet(structure, eventSet)) continue;
    const why = `switch ${n} has heard of ${showEventSet(eventSet)}, to which no configuration belongs`;
    violations.push({ kind: 'undefined-configuration', packet: null, event: null, why, occurrences: [], allowed: [] });
  }
  return violations;
}

/**
 * Lemma 3 over every state of a run, complete or not (paper §4.3; spec 4.2): gives the first state in which something
 * is wrong, with what is wrong there.
 */
export function judgeLemma3(
  run: Run,
):
  | { readonly kind: 'kept' }
  | { readonly kind: 'violated'; readonly state: number; readonly violations: readonly [Violation, ...Violation[]] } {
  for (const [i, state] of run.states.entries()) {
    const [first, ...rest] = judgeState(run.setting, state);
    if (first) return { kind: 'violated', state: i, violations: [first, ...rest] };
  }
  return { kind: 'kept' };
}
