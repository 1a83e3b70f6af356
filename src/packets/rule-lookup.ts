import { type Headers, undetermined } from '../netkat/fields.js';

/** A rule as look-ups need it: what its headers must be, field by field, and what else it asks for. */
export interface LookedUp<Rule> {
  readonly rule: Rule;
  /** Indices of fields and of the values that they must have, each field once. */
  readonly headers: readonly (readonly [field: number, value: number])[];
}

/** The first rule that matches, or the undetermined field on which this depends; undefined if none can match. */
export type LookUp<Rule> = (
  headers: Headers,
  allows: (rule: Rule) => boolean,
) => { readonly rule: Rule } | { readonly needs: number } | undefined;

interface Placed<Rule> extends LookedUp<Rule> {
  readonly place: number;
}

/** Rules that ask for the same fields; by the fields that are determined, the rules with each of their values. */
interface Group<Rule> {
  readonly fields: readonly number[];
  readonly rules: Placed<Rule>[];
  readonly byDetermined: Map<string, ReadonlyMap<string, readonly Placed<Rule>[]>>;
}

/**
 * Prepares rules, the first that matches first. Rules that ask for the same fields are found by the values of these, so
 * that a look-up takes as long as there are kinds of rules, and not as there are rules.
 */
export function lookUpAmong<Rule>(rules: readonly LookedUp<Rule>[]): LookUp<Rule> {
  const groups = new Map<string, Group<Rule>>();
  for (const [place, { rule, headers }] of rules.entries()) {
    const fields = headers.map(([field]) => field).sort((a, b) => a - b);
    const group: Group<Rule> = groups.get(fields.join()) ?? { fields, rules: [], byDetermined: new Map() };
    groups.set(fields.join(), group);
    group.rules.push({ rule, headers, place });
  }
  return (headers, allows) => {
    let first: Placed<Rule> | undefined;
    for (const group of groups.values()) {
      const determined = group.fields.filter((field) => headers[field] !== undetermined);
      const found = candidates(group, determined).get(determined.map((field) => headers[field]).join());
      const allowed = found?.find(({ rule }) => allows(rule));
      if (allowed && (!first || allowed.place < first.place)) first = allowed;
    }
    const open = first?.headers.find(([field]) => headers[field] === undetermined);
    return open ? { needs: open[0] } : first;
  };
}

function candidates<Rule>({ rules, byDetermined }: Group<Rule>, determined: readonly number[]) {
  const known = byDetermined.get(determined.join());
  if (known) return known;
  const byValues = new Map<string, Placed<Rule>[]>();
  for (const one of rules) {
    const values = determined.map((field) => one.headers.find(([f]) => f === field)![1]).join();
    const same = byValues.get(values);
    if (same) same.push(one);
    else byValues.set(values, [one]);
  }
  byDetermined.set(determined.join(), byValues);
  return byValues;
}
