import { compareValues, type Field, type Headers, undetermined } from '../netkat/fields.js';

/** `field = value`, or `!=` where `equal` is false; field and value are indices (see `NetkatAtom`). */
export interface Literal {
  readonly field: number;
  readonly equal: boolean;
  readonly value: number;
}

/** φ of an event: a conjunction of literals over header fields (paper §2; spec 1.5), in printing order. */
export type Formula = readonly Literal[];

export const always: Formula = [];

/** `φ ∧ literal`, or undefined if no packet satisfies it. */
export function conjoin(fields: readonly Field[], formula: Formula, literal: Literal): Formula | undefined {
  const { field, equal, value } = literal;
  if (formula.some((l) => l.field === field && l.equal === equal && l.value === value)) return formula;
  const domain = fields[field]!.domain;
  const order = (a: Literal, b: Literal) =>
    a.field - b.field ||
    compareValues(fields[a.field]!.domain[a.value]!, fields[b.field]!.domain[b.value]!) ||
    Number(b.equal) - Number(a.equal);
  const conjunction = [...formula, literal].sort(order);
  return domain.some((_, v) => allows(conjunction, field, v)) ? conjunction : undefined;
}

/** `∃field: φ`: the formula without its literals on a field (paper Figure 3). */
export const forget = (formula: Formula, field: number): Formula => formula.filter((l) => l.field !== field);

/** Whether a field may have a value under the formula. */
const allows = (formula: Formula, field: number, value: number): boolean =>
  formula.every((l) => l.field !== field || (l.value === value) === l.equal);

/** A text that two formulas have in common iff the same packets satisfy them (spec 1.5). */
export const meaning = (fields: readonly Field[], formula: Formula): string =>
  fields.map(({ domain }, f) => domain.map((_, v) => (allows(formula, f, v) ? '1' : '0')).join('')).join('|');

/** Whether headers satisfy φ; if that depends on an undetermined field, the index of the first such field. */
export function satisfies(headers: Headers, formula: Formula): boolean | number {
  let unasked: number | undefined;
  for (const { field, equal, value } of formula) {
    const actual = headers[field]!;
    if (actual === undetermined) unasked ??= field;
    else if ((actual === value) !== equal) return false;
  }
  return unasked ?? true;
}

/** The formula as the JSON writes it: by field, then value, `=` before `!=`; the empty one is `true` (interface.md). */
export const showFormula = (fields: readonly Field[], formula: Formula): string =>
  formula
    .map(({ field, equal, value }) => `${fields[field]!.name}${equal ? '=' : '!='}${fields[field]!.domain[value]}`)
    .join(' & ') || 'true';
