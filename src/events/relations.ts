import type { Limits } from '../base/limits.js';
import { minimallyInconsistent } from './conditions.js';
import { contains, type EventSet, isSubset, singleton, withoutAll } from './event-set.js';
import type { EventStructure } from './event-structure.js';

/** The minimal sets by which con and ⊢ are determined (paper §2; spec 2.3). */
export interface Relations {
  /** For each event, the minimal X with X ⊢ e. */
  readonly causes: readonly (readonly EventSet[])[];
  /** The minimally inconsistent sets. */
  readonly conflicts: readonly EventSet[];
}

/** con and ⊢ by their minimal sets. Quadratic in the number of event-sets, for each event. @throws LimitReached */
export const relationsOf = (structure: EventStructure, limits: Limits): Relations => ({
  causes: structure.events.map(({ id }) =>
    minimalSets(structure.eventSets.filter((set) => contains(set, id)).map((set) => withoutAll(set, singleton(id)))),
  ),
  conflicts: minimallyInconsistent(structure, limits),
});

/** Of these sets, those that have no other within them. */
export function minimalSets(sets: readonly EventSet[]): EventSet[] {
  const distinct = [...new Set(sets)];
  return distinct.filter((set) => !distinct.some((less) => less !== set && isSubset(less, set)));
}
