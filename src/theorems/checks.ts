import type { Property } from '../language/property.js';

/** The theorems of the paper that are checked of every program (spec 4). */
export const checkNames = ['lemma3', 'theorem1.paper', 'theorem1.causal'] as const;

export type TheoremName = (typeof checkNames)[number];

/**
 * What a check is decided by. Each engine, the definitions and the exports have a table of their own with an entry for
 * every kind (`Record<CheckKind, …>`), which does not compile if one is missing; the entry is given the check, with its
 * parameters.
 */
export type CheckKind = TheoremName | 'strong' | 'property';

/** The key of a check in a result: a theorem, or what is asked of one program alone, by a name of its own. */
export type CheckName = TheoremName | 'strong' | `property.${string}`;

/** Something for each of some checks. */
export type ByCheck<T> = Partial<Record<TheoremName | 'strong', T>> & Record<`property.${string}`, T>;

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
  /** What it asks, if its kind is `property`. */
  readonly property?: Property;
}

/** A check of a theorem of the paper. */
export interface TheoremCheck extends Check {
  readonly kind: TheoremName;
}

const lemma3: TheoremCheck = {
  name: 'lemma3',
  kind: 'lemma3',
  title: 'Lemma 3',
  statement: 'Lemma 3: the events that have happened are consistent',
  spec: null,
  ofStates: true,
  needsComplete: false,
  throughController: true,
};

const paper: TheoremCheck = {
  name: 'theorem1.paper',
  kind: 'theorem1.paper',
  title: 'Theorem 1 (paper)',
  statement: 'Theorem 1, as the paper defines it',
  spec: 'paper',
  ofStates: false,
  needsComplete: true,
  throughController: false,
};

const causal: TheoremCheck = {
  name: 'theorem1.causal',
  kind: 'theorem1.causal',
  title: 'Theorem 1 (causal)',
  statement: 'Theorem 1, by what happened before each packet',
  spec: 'causal',
  ofStates: false,
  needsComplete: true,
  throughController: true,
};

export const theorems: Readonly<Record<TheoremName, TheoremCheck>> = {
  lemma3,
  'theorem1.paper': paper,
  'theorem1.causal': causal,
};

/** In the order in which they are decided and told. */
export const checks: readonly TheoremCheck[] = checkNames.map((name) => theorems[name]);

/** Lemma 2 of the paper, that updates are strong (spec 6.6): it is asked for by name alone. */
export const strong: Check = {
  name: 'strong',
  kind: 'strong',
  title: 'Strong update',
  statement: 'The strong update: what has happened anywhere counts for every packet that enters after it',
  spec: null,
  ofStates: false,
  needsComplete: true,
  throughController: true,
};

/** What a property asks, as a check (spec 6.4). */
export const propertyCheck = (property: Property): Check => ({
  name: `property.${property.name}`,
  kind: 'property',
  title: `property.${property.name}`,
  statement: `${property.name}: ${property.text}`,
  spec: null,
  ofStates: false,
  needsComplete: property.form.kind === 'leadsTo',
  throughController: true,
  property,
});

/** The property that a check of the kind `property` asks. */
export function propertyOf({ name, property }: Check): Property {
  if (!property) throw new Error(`assertion: ${name} asks no property`);
  return property;
}

/** Something for each theorem. */
export const byTheorem = <T>(make: (name: TheoremName) => T): Readonly<Record<TheoremName, T>> => ({
  lemma3: make('lemma3'),
  'theorem1.paper': make('theorem1.paper'),
  'theorem1.causal': make('theorem1.causal'),
});

const isPropertyName = (name: string): name is `property.${string}` => /^property\.\w+$/.test(name);

/** Whether a text can be the name of a check: of a theorem, of the strong update, or of any property. */
export const isCheckName = (name: string): name is CheckName =>
  name === 'strong' || checkNames.some((one) => one === name) || isPropertyName(name);

/**
 * The names of checks among the keys of a result's `checks`, theorems first, in the order in which they are told.
 * (`tables` is about something else than executions.)
 */
export const namesIn = (found: object): CheckName[] => [
  ...([...checkNames, 'strong'] as const).filter((name) => Object.hasOwn(found, name)),
  ...Object.keys(found).filter(isPropertyName),
];
