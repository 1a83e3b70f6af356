import { checkTime, LimitReached, type Limits } from '../base/limits.js';
import { cyclicComponents, isPath } from './components.js';
import { contains, type EventSet, emptySet, isSubset, members, singleton, withoutAll } from './event-set.js';
import {
  type BlockStructure,
  type Collected,
  conditionBound,
  type EventStructure,
  isConsistentIn,
} from './event-structure.js';
import { joined } from './naming.js';
import type { Path } from './paths.js';
import type { Block, Edge, TransitionSystem } from './transition-system.js';

/** A condition of spec 2.2 or 2.5 that a block fails, with what breaks it. */
export type BrokenCondition = { readonly block: Block } & (
  | { readonly code: 'cycle'; readonly states: readonly number[]; readonly edges: readonly [Edge, Edge] }
  /** An `ordered` block whose events lie at several switches (spec 2.5). */
  | { readonly code: 'unordered'; readonly edges: readonly [Edge, Edge] }
  | { readonly code: 'undetermined'; readonly set: EventSet; readonly paths: readonly [Path, Path] }
  | {
      readonly code: 'incomplete';
      readonly sets: readonly [EventSet, EventSet];
      readonly union: EventSet;
      /** A consistent set that contains both. */
      readonly upper: EventSet;
    }
  | { readonly code: 'nonlocal'; readonly set: EventSet; readonly switches: readonly number[] }
);

/** Loops, 2.5: the labels that recur together lie at one switch (paper §3.1), and so do all of an `ordered` block. */
export function checkPlaces({ blocks, labels }: TransitionSystem): BrokenCondition | undefined {
  const apart = (edges: readonly Edge[]): readonly [Edge, Edge] | undefined => {
    const place = (edge: Edge) => labels[edge.label]!.at.switch;
    const elsewhere = edges.find((edge) => place(edge) !== place(edges[0]!));
    return elsewhere && [edges[0]!, elsewhere];
  };
  for (const block of blocks)
    for (const { states, edges } of joined(cyclicComponents(block))) {
      const two = apart(edges);
      if (two) return { code: 'cycle', block, states, edges: two };
    }
  for (const block of blocks) {
    const two = block.isOrdered ? apart(block.edges) : undefined;
    if (two) return { code: 'unordered', block, edges: two };
  }
  return undefined;
}

/** Whether two states of a block give equal configurations, whatever the states of the other blocks are. */
export type AreAlike = (block: Block, a: number, b: number) => boolean;

/**
 * Condition 1, *determined*: all paths with the same events end in equal configurations (spec 2.2); of a clock, two
 * edges with one label from one state lead to one state (spec 2.5).
 */
export function checkDetermined(structure: EventStructure, areAlike: AreAlike): BrokenCondition | undefined {
  for (const one of structure.blocks) {
    const first = new Map<EventSet, Collected>();
    for (const pair of withinBound(one)) {
      const before = first.get(pair.set);
      if (!before) first.set(pair.set, pair);
      else if (one.naming.clock !== null || !areAlike(one.block, before.state, pair.state))
        return { code: 'undetermined', block: one.block, set: pair.set, paths: [before.path(), pair.path()] };
    }
  }
  return undefined;
}

/** The pairs of which the conditions are asked: what is accepted does not depend on how far F is listed (spec 2.5). */
const withinBound = ({ collected, block, bound, naming }: BlockStructure): readonly Collected[] =>
  bound === null || naming.clock !== null
    ? collected
    : collected.filter(({ length }) => length <= conditionBound(block));

/**
 * Condition 2, *finite-complete*: the union of two sets of F that have an upper bound in F is in F (spec 2.2). It is
 * enough that this holds of S ∪ {e} and S ∪ {f}: each set of F is reached from the empty one by adding one event at a
 * time, so that the sets between two such ways to the two sets are in F, one after the other (spec 2.5).
 */
export function checkComplete({ blocks }: EventStructure, limits: Limits): BrokenCondition | undefined {
  for (const one of blocks) {
    // Of a clock, two sets with an upper bound are the beginnings of one history (spec 2.5).
    if (one.naming.clock !== null) continue;
    const within = new Set(withinBound(one).map(({ set }) => set));
    const longest = one.bound === null ? Number.POSITIVE_INFINITY : conditionBound(one.block);
    const successors = successorsIn(one);
    for (const [set, next] of successors) {
      checkTime(limits);
      if (!within.has(set) || members(set).length + 2 > longest) continue;
      for (const [i, a] of next.entries())
        for (const b of next.slice(0, i)) {
          const union = a | b;
          if (one.indexOf.has(union)) continue;
          const upper = one.eventSets.find((y) => isSubset(union, y)) ?? one.maximal.find((y) => isSubset(union, y));
          if (upper !== undefined) return { code: 'incomplete', block: one.block, sets: [b, a], union, upper };
        }
    }
  }
  return undefined;
}

/** For each set of F, those of F with just one event more. */
function successorsIn({ eventSets, events, indexOf }: BlockStructure): Map<EventSet, EventSet[]> {
  const ids = members(events);
  return new Map(
    eventSets.map((set) => [
      set,
      ids.map((id) => set | singleton(id)).filter((larger) => larger !== set && indexOf.has(larger)),
    ]),
  );
}

/** Condition 4, *locally determined*: every minimally inconsistent set lies at one switch (paper §2; spec 2.2). */
export function checkLocal(structure: EventStructure, limits: Limits): BrokenCondition | undefined {
  for (const one of structure.blocks) {
    // All events of a clock lie at one switch.
    if (one.naming.clock !== null) continue;
    for (const set of minimallyInconsistentIn(one, limits)) {
      const switches = [...new Set(members(set).map((id) => structure.events[id]!.at.switch))].sort((a, b) => a - b);
      if (switches.length > 1) return { code: 'nonlocal', block: one.block, set, switches };
    }
  }
  return undefined;
}

/** The minimally inconsistent sets (paper §2): each is of one block (spec 2.4). @throws LimitReached */
export const minimallyInconsistent = ({ blocks }: EventStructure, limits: Limits): EventSet[] =>
  blocks.flatMap((block) => minimallyInconsistentIn(block, limits));

/**
 * The minimally inconsistent sets of a block. X is inconsistent iff it is a subset of no maximal consistent set, that
 * is, iff it meets the complement of each. So the minimally inconsistent sets are the minimal hitting sets of these
 * complements, built up one complement at a time (Berge).
 */
function minimallyInconsistentIn(one: BlockStructure, limits: Limits): EventSet[] {
  let minimal: { readonly set: EventSet; readonly ids: readonly number[] }[] = [{ set: emptySet, ids: [] }];
  for (const maximal of one.maximal) {
    checkTime(limits);
    const complement = withoutAll(one.events, maximal);
    const kept = minimal.filter(({ set }) => (set & complement) !== emptySet);
    const missing = minimal.filter(({ set }) => (set & complement) === emptySet);
    if (missing.length === 0) continue;
    const keptWith = new Map(members(one.events).map((id): [number, EventSet[]] => [id, []]));
    for (const { set, ids } of kept) for (const id of ids) keptWith.get(id)!.push(set);
    minimal = kept;
    for (const event of members(complement)) {
      for (const { set, ids } of missing) {
        const larger = set | singleton(event);
        // If a smaller hitting set is within this one, it contains the new event: else it would be within `set`, which
        // is minimal.
        if (!keptWith.get(event)!.some((rival) => isSubset(rival, larger)))
          minimal.push({ set: larger, ids: [...ids, event] });
      }
      if (minimal.length > limits.inconsistentSets)
        throw new LimitReached(`more than ${limits.inconsistentSets} minimally inconsistent sets of events`);
    }
  }
  return minimal.map(({ set }) => set);
}

/** A run that a block's structure has and its transition system has not: `set` enables an event that no path adds. */
export interface FreeRun {
  readonly block: Block;
  readonly set: EventSet;
  readonly event: number;
}

/** For each block its shortest run that no path of the transition system takes (spec 2.5), if it has one. */
export function freeRuns(structure: EventStructure, limits: Limits): FreeRun[] {
  return structure.blocks.flatMap((one): FreeRun[] => {
    // A clock's event comes after one event-set, so its runs are paths (spec 2.5); of one path, they are beginnings.
    if (one.naming.clock !== null || isPath(one.block)) return [];
    const ids = members(one.events);
    for (const set of one.eventSets) {
      checkTime(limits);
      if (one.bound !== null && members(set).length >= conditionBound(one.block)) return [];
      const event = ids.find((id) => {
        if (contains(set, id) || contains(one.goesOn.get(set) ?? emptySet, id)) return false;
        return one.causesOf(id).some((cause) => isSubset(cause, set)) && isConsistentIn(one, set | singleton(id));
      });
      if (event !== undefined) return [{ block: one.block, set, event }];
    }
    return [];
  });
}
