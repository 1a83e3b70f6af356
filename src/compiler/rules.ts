import type { Diagram } from '../netkat/diagram.js';
import { type DiagramOutput, outputKey, type PlaceDiagrams } from './outputs.js';
import { ruleIndex } from './rule-index.js';

/** A rule of one place, before it is guarded by a tag: fields of `PlaceDiagrams` and the values that they must have. */
export interface Rule {
  readonly match: readonly (readonly [field: number, value: number])[];
  /** The copies that are sent; if there are none, the packet is dropped. */
  readonly outputs: readonly DiagramOutput[];
}

/**
 * All values of a field of `PlaceDiagrams`, if its domain is declared, so that rules can name them all; else undefined.
 */
export type ClosedFields = (field: number) => readonly number[] | undefined;

/** The rule as a text: two rules have equal texts iff they match and do the same. */
export const ruleKey = (rule: Rule): string => `${rule.match.join(';')}>${actionKey(rule)}`;

const actionKey = ({ outputs }: Rule): string => outputs.map(outputKey).sort().join(' ');

/**
 * The order in which all tables list their rules, of which the first that matches wins. Matches are compared field by
 * field; a value comes before a greater one, and both before a wildcard. The order does not depend on the table, so
 * that tables of several event-sets can be merged.
 */
export function compareMatches(a: Rule, b: Rule): number {
  for (let i = 0; ; i++) {
    const [x, y] = [a.match[i], b.match[i]];
    if (!x || !y) return x ? -1 : y ? 1 : 0;
    if (x[0] !== y[0]) return x[0] - y[0];
    if (x[1] !== y[1]) return x[1] - y[1];
  }
}

/** Whether all packets that match `b` match `a`. */
export const covers = (a: Rule, b: Rule): boolean =>
  a.match.every(([field, value]) => b.match.some(([f, v]) => f === field && v === value));

/**
 * The table of a diagram (Smolka et al. 2015, §4), without rules that are shadowed or redundant. Each path becomes a
 * rule; a test that failed needs no mention, since the rules before have taken those packets. If all remaining packets
 * are dropped, there is no rule for them.
 */
export function readRules(store: PlaceDiagrams, closed: ClosedFields, diagram: Diagram): Rule[] {
  const rules: Rule[] = [];
  const walk = (d: Diagram, match: Rule['match']): void => {
    const b = store.branch(d);
    if (!b) {
      const outputs = store.leafOf(d);
      if (outputs) rules.push({ match, outputs });
      return;
    }
    const { field } = b;
    const [values, rest] = cases(store, closed, d, field);
    for (const [value, below] of values) walk(below, [...match, [field, value]]);
    walk(rest, match);
  };
  walk(diagram, []);
  return withoutRedundant(rules);
}

/**
 * Splits a diagram by a field: the diagrams for some of its values, ascending, and one for all other values, chosen
 * such that the fewest values need be named.
 */
function cases(
  store: PlaceDiagrams,
  closed: ClosedFields,
  diagram: Diagram,
  field: number,
): readonly [readonly (readonly [value: number, below: Diagram])[], Diagram] {
  const tested: [number, Diagram][] = [];
  let rest = diagram;
  for (let b = store.branch(rest); b?.field === field; b = store.branch(rest)) {
    tested.push([b.value, b.yes]);
    rest = b.no;
  }
  const values = closed(field);
  if (!values) return [tested, rest];
  const known = new Map(tested);
  const all = values.map((value): [number, Diagram] => [value, known.get(value) ?? rest]);
  const drops = (d: Diagram) => !store.branch(d) && store.leafOf(d)?.length === 0;
  const frequency = (d: Diagram) => all.filter(([, below]) => below === d).length + (drops(d) ? 0.5 : 0);
  const most = all.reduce((best, [, below]) => (frequency(below) > frequency(best) ? below : best), rest);
  return [all.filter(([, below]) => below !== most), most];
}

/**
 * Leaves out redundant rules, from the last to the first. A rule is redundant if the packets that it matches are
 * treated the same without it: by a later rule that covers it, with no rule in between that overlaps it and does
 * something else; or, if it drops, by no rule at all.
 */
function withoutRedundant(rules: readonly Rule[]): Rule[] {
  const kept: Rule[] = [];
  const index = ruleIndex<{ readonly rule: Rule }>();
  for (const rule of [...rules].reverse()) {
    // A rule that covers this one overlaps it; of those that were kept, the last comes first.
    const later = index
      .overlapping(rule)
      .findLast((next) => actionKey(next.rule) !== actionKey(rule) || covers(next.rule, rule));
    const isRedundant = later ? actionKey(later.rule) === actionKey(rule) : rule.outputs.length === 0;
    if (isRedundant) continue;
    kept.push(rule);
    index.add({ rule });
  }
  return kept.reverse();
}
