/** A fault that someone could make, and the tests that must see it. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** The rule that it breaks. */
  readonly breaks: string;
  /** At least one test of these files must fail. */
  readonly tests: readonly string[];
}
