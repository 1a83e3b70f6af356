/**
 * Sets of events, and what may be asked of them. Rules and definitions are written once, over any algebra: that of a
 * solver, where a set is a term (`bit-vectors.ts`), and that of plain data, where tests hold them against the rules
 * that are run.
 */
export interface Algebra<Set, Truth, Event = number> {
  /** Some events, in order of id: among them are all that the set enables and does not contain. */
  readonly candidates: (set: Set) => readonly Event[];
  readonly empty: Set;
  readonly union: (a: Set, b: Set) => Set;
  /** `set ∪ {event}` if the condition holds, else `set`. */
  readonly addIf: (condition: Truth, set: Set, event: Event) => Set;
  readonly with: (set: Set, event: Event) => Set;
  readonly contains: (set: Set, event: Event) => Truth;
  readonly isSubset: (a: Set, b: Set) => Truth;
  /** `a ∩ b ⊆ c`. */
  readonly isCommonWithin: (a: Set, b: Set, c: Set) => Truth;
  readonly isDisjoint: (a: Set, b: Set) => Truth;
  readonly equals: (a: Set, b: Set) => Truth;
  /** `con(X)` (spec 2.3). */
  readonly isConsistent: (set: Set) => Truth;
  /** `X ⊢ e` (spec 2.3). */
  readonly enables: (set: Set, event: Event) => Truth;
  /** `X ∈ F`: there is a configuration `g(X)` (spec 2.3). */
  readonly isEventSet: (set: Set) => Truth;
  readonly and: (...all: readonly Truth[]) => Truth;
  readonly or: (...any: readonly Truth[]) => Truth;
  readonly not: (truth: Truth) => Truth;
}
