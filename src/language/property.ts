import { type Headers, undetermined } from '../netkat/fields.js';
import type { Location } from '../netkat/policy.js';
import type { PastKind } from './ast.js';

/** A vector of the program's state (paper §3.2). */
export type StateVector = readonly number[];

/** A test of header fields, by indices of fields and values (see `NetkatAtom`). */
export type HeaderTest =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'literal'; readonly field: number; readonly equal: boolean; readonly value: number }
  | { readonly kind: 'not'; readonly body: HeaderTest }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly HeaderTest[] };

/**
 * What is seen of a located packet (spec 6.1). `places` are the host ports of `sent` and `delivered`; `nobody` is an
 * exit at an internal port; `switch` or `port` null is any.
 */
export type Sight =
  | { readonly what: 'sent' | 'delivered'; readonly at: Location | 'any' }
  | { readonly what: 'nobody' }
  | { readonly what: 'at'; readonly switch: number; readonly port: number | null }
  | { readonly what: 'dropped'; readonly switch: number | null };

/** An observation: what is seen, of headers that pass the test. */
export interface ObservationAtom {
  readonly kind: 'observation';
  readonly sight: Sight;
  readonly test: HeaderTest;
}

/** ψ, a formula about located packets (spec 6.2). */
export type Psi =
  | ObservationAtom
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'not' | PastKind; readonly body: Psi }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Psi[] };

/** The formulas that a formula is made of. */
export function partsOfPsi(psi: Psi): readonly Psi[] {
  switch (psi.kind) {
    case 'constant':
    case 'observation':
      return [];
    case 'and':
    case 'or':
      return psi.parts;
    default:
      return [psi.body];
  }
}

/** What a property says (spec 6.3): `never ψ` is `always ψ => false`. */
export type PropertyForm =
  | { readonly kind: 'always'; readonly premise: Psi; readonly conclusion: Psi }
  | { readonly kind: 'leadsTo'; readonly premise: Psi; readonly outcome: Psi }
  | { readonly kind: 'atMost'; readonly most: number; readonly premise: Psi }
  | { readonly kind: 'inState'; readonly state: StateVector | 'every'; readonly premise: Psi; readonly outcome: Psi };

/** A property of a program, its names resolved: plain data. */
export interface Property {
  readonly name: string;
  readonly form: PropertyForm;
  /** What it says, as it is written: `never delivered to H2`. */
  readonly text: string;
  /** Where it is declared: the file that is shown, from line 1 and column 1. */
  readonly place: { readonly file: string; readonly line: number; readonly column: number };
}

/** Whether headers pass a test; if that depends on an undetermined field, the index of such a field. */
export function passes(headers: Headers, test: HeaderTest): boolean | number {
  switch (test.kind) {
    case 'constant':
      return test.value;
    case 'literal': {
      const actual = headers[test.field]!;
      return actual === undetermined ? test.field : (actual === test.value) === test.equal;
    }
    case 'not': {
      const inner = passes(headers, test.body);
      return typeof inner === 'number' ? inner : !inner;
    }
    default: {
      const results = test.parts.map((part) => passes(headers, part));
      const decisive = test.kind === 'or';
      if (results.includes(decisive)) return decisive;
      return results.find((result) => typeof result === 'number') ?? !decisive;
    }
  }
}
