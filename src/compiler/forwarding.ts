import { checkTime, type Limits } from '../base/limits.js';
import type { Diagram } from '../netkat/diagram.js';
import type { Location } from '../netkat/policy.js';
import { compareLocations, showLocation } from '../netkat/topology.js';
import { type Codes, type Column, type Cube, coverBy } from './cubes.js';
import { outputKey, type PlaceDiagrams } from './outputs.js';
import type { PlaceHops } from './places.js';
import type { ProgramCounter } from './program-counter.js';
import type { Regions } from './regions.js';
import { ruleIndex } from './rule-index.js';
import { compareMatches, covers, type Rule, readRules, ruleKey } from './rules.js';

/** What one place does under each event-set, as functions and as rules. */
export interface PlaceRules {
  readonly at: Location;
  /** For each event-set, what the place does; undefined if no packet with its tag can arrive there. */
  readonly functions: readonly (Diagram | undefined)[];
  /** For each event-set, its table by itself; these are the guarded rules. */
  readonly guarded: readonly (readonly Rule[])[];
  /** The distinct rules of all event-sets, each with the event-sets that need it; the first rule that matches wins. */
  readonly shareable: readonly SharedRule[];
}

/** A rule with the event-sets that need it, and those for which it must not be there. */
export interface SharedRule extends Column {
  readonly rule: Rule;
}

/** A rule for the tags of a cube. */
export interface TaggedRule {
  readonly rule: Rule;
  readonly tag: Cube;
}

/**
 * If the rules of a place times its event-sets are more than this, each rule is kept from all event-sets that do not
 * need it.
 */
const maxComparisons = 200_000;

/**
 * The places of a program under each event-set. `configurationOf[i]` is the index of the i-th event-set's configuration
 * in `counter.functions`.
 */
export function placeRules(
  { store, closed }: Pick<PlaceHops, 'store' | 'closed'>,
  regions: Regions,
  counter: ProgramCounter,
  configurationOf: readonly number[],
  limits: Pick<Limits, 'deadline'>,
): PlaceRules[] {
  const locations = new Map(counter.functions.flat().map(({ at }) => [showLocation(at), at]));
  const tables = new Map<Diagram, readonly Rule[]>();
  const tableOf = (diagram: Diagram): readonly Rule[] => {
    const known = tables.get(diagram) ?? readRules(store, closed, regions.simplify(diagram));
    tables.set(diagram, known);
    return known;
  };
  const byPlace = counter.functions.map(
    (places) => new Map(places.map(({ at, diagram }) => [showLocation(at), diagram])),
  );
  return [...locations.values()].sort(compareLocations).map((at) => {
    checkTime(limits);
    const functions = configurationOf.map((c) => byPlace[c]!.get(showLocation(at)));
    const guarded = functions.map((f) => (f === undefined ? [] : tableOf(f)));
    const together = harmonised(regions, functions).map((f) => (f === undefined ? [] : tableOf(f)));
    // Tables that are made equal often share more rules than short tables, but not always.
    const alone = shareable(store, regions, functions, guarded);
    const shared = shareable(store, regions, functions, together);
    return { at, functions, guarded, shareable: shared.length <= alone.length ? shared : alone };
  });
}

/** Makes functions that agree with one another equal: each joins the first group with which it agrees. */
function harmonised(regions: Regions, functions: readonly (Diagram | undefined)[]): (Diagram | undefined)[] {
  const groups: Diagram[] = [];
  const groupOf = new Map<Diagram, number>();
  for (const f of functions) {
    if (f === undefined || groupOf.has(f)) continue;
    let group = groups.findIndex((g) => regions.agree(g, f));
    if (group < 0) group = groups.push(f) - 1;
    groups[group] = regions.merge(groups[group]!, f);
    groupOf.set(f, group);
  }
  return functions.map((f) => f && groups[groupOf.get(f)!]);
}

/**
 * The distinct rules of some tables, in an order that is right for all of them. Each has its event-sets sorted into
 * those that need it and those for which it must not be there; the others do not care.
 */
function shareable(
  store: PlaceDiagrams,
  regions: Regions,
  functions: readonly (Diagram | undefined)[],
  tables: readonly (readonly Rule[])[],
): SharedRule[] {
  const users = new Map<string, { rule: Rule; on: number[] }>();
  for (const [set, rules] of tables.entries())
    for (const rule of rules) {
      const key = ruleKey(rule);
      const found = users.get(key);
      if (found) found.on.push(set);
      else users.set(key, { rule, on: [set] });
    }
  // Of rules with equal matches, those that fewer event-sets need come first, so that the others may be there for these
  // event-sets too.
  const ordered = [...users.values()].sort((a, b) => compareMatches(a.rule, b.rule) || a.on.length - b.on.length);
  const isSmall = ordered.length * functions.length <= maxComparisons;
  const index = ruleIndex<(typeof ordered)[number]>();
  return ordered.map((one) => {
    const { rule, on } = one;
    const needs = new Set(on);
    const before = index.overlapping(rule);
    index.add(one);
    const answers = new Map<string, boolean>();
    const doesHarm = (set: number): boolean => {
      const f = functions[set];
      if (f === undefined) return false;
      if (!isSmall) return true;
      const own = before.filter((earlier) => earlier.on.includes(set)).map((earlier) => earlier.rule);
      const key = `${f}|${own.map(ruleKey).join('|')}`;
      const answer = answers.get(key) ?? !isHarmless(store, regions, f, own, rule);
      answers.set(key, answer);
      return answer;
    };
    const off = functions.flatMap((_, set) => (!needs.has(set) && doesHarm(set) ? [set] : []));
    return { rule, on, off, weight: 1 };
  });
}

/**
 * Whether a table with some rules before this one may have it too: it is harmless if the table treats all packets that
 * get as far as this rule in the way that the rule says.
 */
function isHarmless(store: PlaceDiagrams, regions: Regions, f: Diagram, before: readonly Rule[], rule: Rule): boolean {
  if (before.some((earlier) => covers(earlier, rule))) return true;
  const matched = rule.match.reduce((d, [field, value]) => store.assume(d, field, value), f);
  const left = before.reduce((d, { match }) => {
    const rest = match.filter(([field]) => !rule.match.some(([g]) => g === field));
    return rest.reduceRight((inner, [field, value]) => store.choose(field, value, inner, d), regions.nothing);
  }, matched);
  const wanted = actionOf(rule.outputs);
  return store.leaves(left).every((leaf) => leaf === undefined || actionOf(leaf) === wanted);
}

const actionOf = (outputs: Rule['outputs']): string => outputs.map(outputKey).sort().join(' ');

/** The rules of a place, each with the tags for which it is there. */
export const rulesUnderTags = (place: PlaceRules, codes: Codes, width: number): TaggedRule[] =>
  place.shareable.flatMap((shared) => coverBy(codes, width, shared).map((tag) => ({ rule: shared.rule, tag })));

/** Whether a rule forwards; rules that only drop are not counted (interface.md). */
export const forwards = (rule: Rule): boolean => rule.outputs.length > 0;
