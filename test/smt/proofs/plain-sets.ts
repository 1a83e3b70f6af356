import { contains, isSubset, singleton } from '../../../src/events/event-set.js';
import { type EventStructure, enables, isConsistent, isEventSet } from '../../../src/events/event-structure.js';
import type { Algebra } from '../../../src/smt/proofs/algebra.js';

/**
 * The algebra of sets of events as plain data, over which tests compare the rules of proofs with the rules that run.
 */
export const plainSets = (structure: EventStructure): Algebra<bigint, boolean> => ({
  candidates: () => structure.events.map(({ id }) => id),
  empty: 0n,
  union: (a, b) => a | b,
  addIf: (condition, set, event) => (condition ? set | singleton(event) : set),
  with: (set, event) => set | singleton(event),
  contains,
  isSubset,
  isCommonWithin: (a, b, c) => isSubset(a & b, c),
  isDisjoint: (a, b) => (a & b) === 0n,
  equals: (a, b) => a === b,
  isConsistent: (set) => isConsistent(structure, set),
  enables: (set, event) => enables(structure, set, event),
  isEventSet: (set) => isEventSet(structure, set),
  and: (...all) => all.every(Boolean),
  or: (...any) => any.some(Boolean),
  not: (truth) => !truth,
});
