import { isSubset, setOf } from '../events/event-set.js';
import type { Run } from '../execution/run.js';
import type { Violation } from './violation.js';

/**
 * Whether a run has come to the bound up to which loops are unrolled. Events to which the structure gives no number may
 * then have been passed over, so that the run proves nothing (spec 2.5).
 */
export function isPastBound({ setting, states }: Run, { occurrences }: Violation): boolean {
  const { switches, known, controllerQueue } = states[states.length - 1]!;
  const sets = [
    known,
    ...controllerQueue.map(({ item }) => item),
    ...Object.values(switches).map(({ eventSet }) => eventSet),
  ];
  const happened = sets.reduce((all, set) => all | set, setOf(occurrences.map(({ event }) => event)));
  return setting.structure.frontier.some((set) => isSubset(set, happened));
}
