/** Something to prove: a script of SMT-LIB 2 that is unsatisfiable iff the claim holds. */
export interface Obligation {
  /** What it is called in certificates and messages: unique within a program, and the same every time. */
  readonly name: string;
  /** What it states, in words. */
  readonly claim: string;
  /** Self-contained, from `(set-logic …)` to `(check-sat)`; any solver may be asked. */
  readonly script: string;
}

/** What became of an obligation. */
export type Discharge =
  | { readonly kind: 'proved' }
  /**
   * Satisfiable: the claim does not hold. `values` is what `(get-value …)`, if the script ends with one, has printed.
   */
  | { readonly kind: 'refuted'; readonly values: string }
  | { readonly kind: 'unknown'; readonly why: string };
