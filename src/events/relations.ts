import type { Limits } from '../base/limits.js';
import { minimallyInconsistent } from './conditions.js';
import type { EventSet } from './event-set.js';
import type { EventStructure } from './event-structure.js';

/** The minimal sets by which con and ⊢ are determined (paper §2; spec 2.3). */
export interface Relations {
  /** For each event, the minimal X with X ⊢ e. */
  readonly causes: readonly (readonly EventSet[])[];
  /** The minimally inconsistent sets. */
  readonly conflicts: readonly EventSet[];
}

/** con and ⊢ by their minimal sets, which lie within blocks. @throws LimitReached */
export const relationsOf = (structure: EventStructure, limits: Limits): Relations => ({
  causes: structure.events.map(({ id }) => causesOf(structure, id)),
  conflicts: minimallyInconsistent(structure, limits),
});

/** The minimal X with X ⊢ e, smaller ones first. */
export const causesOf = ({ blockOf }: EventStructure, event: number): readonly EventSet[] =>
  blockOf[event]!.causesOf(event);
