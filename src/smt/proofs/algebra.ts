/**
 * Sets of events, and what may be asked of them. Rules and definitions are written once, over any algebra: that of a solver,
 * where a set is a term (`bit-vectors.ts`), and that of plain data, where tests hold them against the rules that are run.
 */
export interface Algebra<Set, Truth> {
  /** The ids of the events, ascending. */
  readonly events: readonly number[];
  readonly empty: Set;
  readonly union: (a: Set, b: Set) => Set;
  readonly intersection: (a: Set, b: Set) => Set;
  /** `set ∪ {event}` if the condition holds, else `set`. */
  readonly addIf: (condition: Truth, set: Set, event: number) => Set;
  readonly with: (set: Set, event: number) => Set;
  readonly contains: (set: Set, event: number) => Truth;
  readonly isSubset: (a: Set, b: Set) => Truth;
  readonly equals: (a: Set, b: Set) => Truth;
  /** `con(X)` (spec 2.3). */
  readonly isConsistent: (set: Set) => Truth;
  /** `X ⊢ e` (spec 2.3). */
  readonly enables: (set: Set, event: number) => Truth;
  /** `X ∈ F`: there is a configuration `g(X)` (spec 2.3). */
  readonly isEventSet: (set: Set) => Truth;
  readonly and: (...all: readonly Truth[]) => Truth;
  readonly or: (...any: readonly Truth[]) => Truth;
  readonly not: (truth: Truth) => Truth;
}

/** `a → b`. */
export const implies = <Set, Truth>(a: Algebra<Set, Truth>, premise: Truth, conclusion: Truth): Truth =>
  a.or(a.not(premise), conclusion);
