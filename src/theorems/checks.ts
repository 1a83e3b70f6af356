/** The theorems of the paper that are checked of every program (spec 4). */
export const checkNames = ['lemma3', 'theorem1.paper', 'theorem1.causal'] as const;

export type TheoremName = (typeof checkNames)[number];

/**
 * What a check is decided by. Each engine, the definitions and the exports have a table of their own with an entry for
 * every kind (`Record<CheckKind, …>`), which does not compile if one is missing; the entry is given the check, with its
 * parameters.
 */
export type CheckKind = TheoremName;

/** The key of a check in a result: a theorem, or what is asked of one program alone, by a name of its own. */
export type CheckName = TheoremName | `property.${string}`;

/** Something for each of some checks. */
export type ByCheck<T> = Partial<Record<TheoremName, T>> & Record<`property.${string}`, T>;

/**
 * A check as a value: plain data, which goes into worker threads, with all that others than its definition must know.
 */
export interface Check {
  readonly name: CheckName;
  readonly kind: CheckKind;
  /** Its name for people: `Theorem 1 (paper)`. */
  readonly title: string;
  /** What it states, for people who see this alone. */
  readonly statement: string;
  /** The `--spec` that asks for it; null if all do. */
  readonly spec: 'paper' | 'causal' | null;
  /** Whether it is asked of every state by itself: of what is known there, the controller's knowledge included. */
  readonly ofStates: boolean;
  /** Whether it speaks of complete executions alone (spec 3.2), but for undefined configurations. */
  readonly needsComplete: boolean;
  /** Whether ≺ goes through the controller (spec 4.1) where it is judged or shown. */
  readonly throughController: boolean;
}

const lemma3: Check = {
  name: 'lemma3',
  kind: 'lemma3',
  title: 'Lemma 3',
  statement: 'Lemma 3: the events that have happened are consistent',
  spec: null,
  ofStates: true,
  needsComplete: false,
  throughController: true,
};

const paper: Check = {
  name: 'theorem1.paper',
  kind: 'theorem1.paper',
  title: 'Theorem 1 (paper)',
  statement: 'Theorem 1, as the paper defines it',
  spec: 'paper',
  ofStates: false,
  needsComplete: true,
  throughController: false,
};

const causal: Check = {
  name: 'theorem1.causal',
  kind: 'theorem1.causal',
  title: 'Theorem 1 (causal)',
  statement: 'Theorem 1, by what happened before each packet',
  spec: 'causal',
  ofStates: false,
  needsComplete: true,
  throughController: true,
};

export const theorems: Readonly<Record<TheoremName, Check>> = {
  lemma3,
  'theorem1.paper': paper,
  'theorem1.causal': causal,
};

/** In the order in which they are decided and told. */
export const checks: readonly Check[] = checkNames.map((name) => theorems[name]);

/** Something for each theorem. */
export const byTheorem = <T>(make: (name: TheoremName) => T): Readonly<Record<TheoremName, T>> => ({
  lemma3: make('lemma3'),
  'theorem1.paper': make('theorem1.paper'),
  'theorem1.causal': make('theorem1.causal'),
});

/**
 * The names of checks among the keys of a result's `checks`, theorems first, in the order in which they are told.
 * (`tables` is about something else than executions.)
 */
export const namesIn = (found: object): CheckName[] => [
  ...checkNames.filter((name) => Object.hasOwn(found, name)),
  ...Object.keys(found).filter((name): name is `property.${string}` => /^property\.\w+$/.test(name)),
];
