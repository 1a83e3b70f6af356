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
  causes: structure.events.map(({ id }) => causesOf(structure, id)),
  conflicts: minimallyInconsistent(structure, limits),
});

/** The minimal X with X ⊢ e: of the event-sets with e only minimal ones matter, for the others include one of those. */
export const causesOf = ({ eventSets }: EventStructure, event: number): EventSet[] =>
  minimalSets(eventSets.filter((set) => contains(set, event)).map((set) => withoutAll(set, singleton(event))));

/** Of these sets, those that have no other within them. */
export function minimalSets(sets: readonly EventSet[]): EventSet[] {
  const distinct = [...new Set(sets)];
  return distinct.filter((set) => !distinct.some((less) => less !== set && isSubset(less, set)));
}
