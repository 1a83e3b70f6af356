import { LimitReached } from '../../base/limits.js';

/**
 * Terms of SMT-LIB 2 over Booleans and bit-vectors, as text. What builds them folds constants, so that what is known of
 * a packet (its tag, its port) leaves nothing behind in a script.
 */
export type Term = string;

export const yes: Term = 'true';
export const no: Term = 'false';

/** A number as a bit-vector; `width` is 1 at least. */
export const bits = (value: bigint | number, width: number): Term => `(_ bv${value} ${width})`;

/** The number that a term is, if it is one. */
export function literal(term: Term): bigint | undefined {
  const found = /^\(_ bv(\d+) \d+\)$/.exec(term);
  return found ? BigInt(found[1]!) : undefined;
}

export const not = (a: Term): Term => (a === yes ? no : a === no ? yes : `(not ${a})`);

/** Past this a term, or a script, is not worth sending: Z3 needs some 30 bytes for each, in characters. */
export const maxCharacters = 40_000_000;

/** What is thrown past it. */
export const overlong = (): LimitReached =>
  new LimitReached(`the constraints take more than ${maxCharacters / 1e6} million characters`);

/** `(name a b …)`, which needs two operands at least; `neutral` if there are none. Nothing is folded. */
export const nary = (name: 'and' | 'or', neutral: Term, terms: readonly Term[]): Term =>
  terms.length === 0 ? neutral : terms.length === 1 ? terms[0]! : `(${name} ${terms.join(' ')})`;

const connective = (name: 'and' | 'or', neutral: Term, absorbing: Term, terms: readonly Term[]): Term => {
  const left = [...new Set(terms)].filter((term) => term !== neutral);
  if (left.includes(absorbing)) return absorbing;
  if (left.reduce((length, term) => length + term.length, 0) > maxCharacters) throw overlong();
  return nary(name, neutral, left);
};
/** Of lists that may be long: a call has no room for some 100,000 arguments. */
export const allOf = (terms: readonly Term[]): Term => connective('and', yes, no, terms);
export const anyOf = (terms: readonly Term[]): Term => connective('or', no, yes, terms);
export const and = (...terms: readonly Term[]): Term => allOf(terms);
export const or = (...terms: readonly Term[]): Term => anyOf(terms);
export const implies = (a: Term, b: Term): Term => or(not(a), b);

export function ite(condition: Term, then: Term, otherwise: Term): Term {
  if (condition === yes || then === otherwise) return then;
  if (condition === no) return otherwise;
  if (then === yes && otherwise === no) return condition;
  if (then === no && otherwise === yes) return not(condition);
  return `(ite ${condition} ${then} ${otherwise})`;
}

/** Equality of two bit-vectors, or of two Booleans. */
export function equal(a: Term, b: Term): Term {
  if (a === b) return yes;
  if (a === yes) return b;
  if (b === yes) return a;
  if (a === no) return not(b);
  if (b === no) return not(a);
  return literal(a) !== undefined && literal(b) !== undefined ? no : `(= ${a} ${b})`;
}

/** `a & mask`. */
export function masked(a: Term, mask: bigint | number, width: number): Term {
  const [number, m] = [literal(a), BigInt(mask)];
  if (m === (1n << BigInt(width)) - 1n) return a;
  if (m === 0n) return bits(0, width);
  return number === undefined ? `(bvand ${a} ${bits(m, width)})` : bits(number & m, width);
}

/** The union of sets that are bit-vectors of one width. */
export function unionOf(width: number, ...sets: readonly Term[]): Term {
  const known = sets.reduce((all, set) => all | (literal(set) ?? 0n), 0n);
  const unknown = [...new Set(sets.filter((set) => literal(set) === undefined))];
  const parts = known === 0n && unknown.length > 0 ? unknown : [...unknown, bits(known, width)];
  return parts.reduce((a, b) => `(bvor ${a} ${b})`);
}

/** Whether all events of `part`, a number, are in a set. */
export const holdsAll = (set: Term, part: bigint, width: number): Term =>
  equal(masked(set, part, width), bits(part, width));

/** Whether no event of `part`, a number, is in a set. */
export const holdsNone = (set: Term, part: bigint, width: number): Term =>
  equal(masked(set, part, width), bits(0, width));

/** Whether a set, a term, is a subset of a number. */
export const isWithin = (set: Term, whole: bigint, width: number): Term =>
  holdsNone(set, ((1n << BigInt(width)) - 1n) & ~whole, width);
