import { checkTime, type Limits } from '../base/limits.js';
import type { BlockStructure } from '../events/event-structure.js';
import type { Diagram } from '../netkat/diagram.js';
import type { Location } from '../netkat/policy.js';
import { compareLocations } from '../netkat/topology.js';
import { type BlockTags, type Column, type Cube, coverBy } from './cubes.js';
import { outputKey, type PlaceDiagrams } from './outputs.js';
import type { PlaceHops } from './places.js';
import type { ProgramCounter } from './program-counter.js';
import type { Regions } from './regions.js';
import { ruleIndex } from './rule-index.js';
import { compareMatches, covers, type Rule, readRules, ruleKey } from './rules.js';
import type { StateRegions } from './state-regions.js';

/** What one place does, as rules that the tags of some event-sets guard. */
export interface PlaceRules {
  readonly at: Location;
  /** How many rules forward, if each event-set has a table by itself: each is guarded by one event-set's tag. */
  readonly guarded: number;
  /** The distinct rules of all event-sets; the first that matches wins. */
  readonly rules: readonly GuardedRule[];
}

/** A rule with the event-sets that need it, by blocks: it is needed where every guard says so. */
export interface GuardedRule {
  readonly rule: Rule;
  /** At most one for each block. */
  readonly guards: readonly TagGuard[];
}

/** The event-sets of a block, by index, that need a rule, and those for which it must not be there. */
export interface TagGuard extends Pick<Column, 'on' | 'off'> {
  readonly block: number;
}

/** A rule with the event-sets of one block that need it, and those for which it must not be there. */
interface SharedRule extends Pick<Column, 'on' | 'off'> {
  readonly rule: Rule;
}

/** A rule for the tags whose fields are in some cubes. */
export interface TaggedRule {
  readonly rule: Rule;
  readonly tags: readonly { readonly block: number; readonly cube: Cube }[];
}

/**
 * If the rules of a place times its event-sets are more than this, each rule is kept from all event-sets that do not
 * need it.
 */
const maxComparisons = 200_000;

/** Where a place depends on more event-sets than this together, its rules are counted without listing these. */
const maxListed = 256;

/** How many event-sets some blocks have together. */
const setsOf = (blocks: readonly BlockStructure[]): number =>
  blocks.reduce((product, { eventSets }) => product * eventSets.length, 1);

/** The rules of all places. */
export function placeRules(
  { store, closed }: Pick<PlaceHops, 'store' | 'closed'>,
  regions: Regions,
  states: StateRegions,
  counter: ProgramCounter,
  limits: Pick<Limits, 'deadline'>,
): PlaceRules[] {
  const tables = new Map<Diagram, readonly Rule[]>();
  const tableOf = (diagram: Diagram): readonly Rule[] => {
    const known = tables.get(diagram) ?? readRules(store, closed, regions.simplify(diagram));
    tables.set(diagram, known);
    return known;
  };
  const dropped = store.graft((leaf) => store.leaf(leaf ?? []));
  const guardedOf = (diagram: Diagram): number => {
    const deciding = states.testedBy(diagram);
    const others = setsOf(states.blocks.filter((_, b) => !deciding.includes(b)));
    if (setsOf(deciding.map((b) => states.blocks[b]!)) > maxListed)
      return guardedRules(rulesOfStates(readRules(store, closed, dropped(diagram)), states), states.blocks);
    const counted = deciding
      .reduce((all, block) => all.flatMap((d) => states.after(d, block)), [diagram])
      .map((d) => tableOf(d).filter(forwards).length);
    return others * counted.reduce((sum, count) => sum + count, 0);
  };
  const places = [...counter.functions].sort((a, b) => compareLocations(a.at, b.at));
  return places.map(({ at, diagram }): PlaceRules => {
    checkTime(limits);
    const deciding = states.testedBy(regions.simplify(diagram));
    const [block = 0, ...more] = deciding;
    if (more.length > 0) {
      const rules = rulesOfStates(tableOf(diagram), states);
      return { at, guarded: guardedOf(diagram), rules };
    }
    const functions = states.bySets(diagram, block).map((f) => (f === regions.nothing ? undefined : f));
    const guarded = functions.map((f) => (f === undefined ? [] : tableOf(f)));
    const together = harmonised(regions, functions).map((f) => (f === undefined ? [] : tableOf(f)));
    // Tables that are made equal often share more rules than short tables, but not always.
    const alone = shareable(store, regions, functions, guarded);
    const shared = shareable(store, regions, functions, together);
    const fewer = shared.length <= alone.length ? shared : alone;
    return {
      at,
      guarded: guardedOf(diagram),
      rules: fewer.map(({ rule, on, off }) => ({ rule, guards: [{ block, on, off }] })),
    };
  });
}

/**
 * The rules of a place that depends on several blocks: what they ask of components of the state becomes a guard for
 * each block. Rules that ask for what is after no event-set go.
 */
function rulesOfStates(rules: readonly Rule[], { asked, blocks, isOfState }: StateRegions): GuardedRule[] {
  return rules.flatMap((rule): GuardedRule[] => {
    const guards = [...asked(rule)].map(([block, on]): TagGuard => {
      const needs = new Set(on);
      return { block, on, off: [...blocks[block]!.eventSets.keys()].filter((set) => !needs.has(set)) };
    });
    if (guards.some(({ on }) => on.length === 0)) return [];
    return [{ rule: { ...rule, match: rule.match.filter(([field]) => !isOfState(field)) }, guards }];
  });
}

/** How many rules these are with a rule for each event-set of all blocks that needs it. */
const guardedRules = (rules: readonly GuardedRule[], blocks: readonly BlockStructure[]): number =>
  rules
    .filter(({ rule }) => forwards(rule))
    .map(({ guards }) =>
      blocks.reduce(
        (product, { eventSets }, b) =>
          product * (guards.find(({ block }) => block === b)?.on.length ?? eventSets.length),
        1,
      ),
    )
    .reduce((sum, count) => sum + count, 0);

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
    return { rule, on, off };
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
export const rulesUnderTags = ({ rules }: PlaceRules, tags: readonly BlockTags[]): TaggedRule[] =>
  rules.flatMap(({ rule, guards }) => {
    let ways: TaggedRule['tags'][] = [[]];
    for (const { block, ...guard } of guards) {
      const { codes, width } = tags[block]!;
      const cubes = coverBy(codes, width, guard).map((cube) => ({ block, cube }));
      ways = ways.flatMap((way) => cubes.map((one) => (one.cube.mask === 0 ? way : [...way, one])));
    }
    return ways.map((way) => ({ rule, tags: way }));
  });

/** Whether a rule forwards; rules that only drop are not counted (interface.md). */
export const forwards = (rule: Rule): boolean => rule.outputs.length > 0;
