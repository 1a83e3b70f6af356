import { checkTime, LimitReached, type Limits } from '../base/limits.js';
import { cyclicComponents } from './components.js';
import { type EventSet, emptySet, isSubset, members, setOf, singleton, withoutAll } from './event-set.js';
import { type EventStructure, maximalSets, type Path } from './event-structure.js';
import type { Edge, TransitionSystem } from './transition-system.js';

/** A condition of spec 2.2 or 2.5 that fails, with what breaks it. */
export type BrokenCondition =
  | { readonly code: 'cycle'; readonly states: readonly number[]; readonly edges: readonly [Edge, Edge] }
  | { readonly code: 'undetermined'; readonly set: EventSet; readonly paths: readonly [Path, Path] }
  | {
      readonly code: 'incomplete';
      readonly sets: readonly [EventSet, EventSet];
      readonly union: EventSet;
      /** A set of F that contains both. */
      readonly upper: EventSet;
    }
  | { readonly code: 'nonlocal'; readonly set: EventSet; readonly switches: readonly number[] };

/** Loops, 2.5: every event of a non-singleton strongly connected component lies at one switch (paper §3.1). */
export function checkCycles(system: TransitionSystem): BrokenCondition | undefined {
  for (const { states, edges } of cyclicComponents(system)) {
    const [first] = edges;
    const place = (edge: Edge) => system.labels[edge.label]!.at.switch;
    const elsewhere = edges.find((edge) => place(edge) !== place(first!));
    if (elsewhere) return { code: 'cycle', states, edges: [first!, elsewhere] };
  }
  return undefined;
}

/** Condition 1, *determined*: all paths with the same events end in equal configurations (spec 2.2). */
export function checkDetermined(structure: EventStructure, classOf: readonly number[]): BrokenCondition | undefined {
  const first = new Map<EventSet, EventStructure['collected'][number]>();
  for (const pair of structure.collected) {
    const before = first.get(pair.set);
    if (!before) first.set(pair.set, pair);
    else if (classOf[before.state] !== classOf[pair.state])
      return { code: 'undetermined', set: pair.set, paths: [before.path(), pair.path()] };
  }
  return undefined;
}

/** Condition 2, *finite-complete*: the union of two sets of F that have an upper bound in F is in F (spec 2.2). */
export function checkComplete({ eventSets }: EventStructure, limits: Limits): BrokenCondition | undefined {
  const family = new Set(eventSets);
  const maximal = maximalSets(eventSets);
  for (const [i, a] of eventSets.entries()) {
    checkTime(limits);
    const above = maximal.filter((set) => isSubset(a, set));
    for (const b of eventSets.slice(0, i)) {
      // If one set contains the other (as in a chain), their union is the larger one, which is in F.
      if (isSubset(b, a)) continue;
      const upper = above.find((set) => isSubset(b, set));
      const union = a | b;
      if (upper !== undefined && !family.has(union)) return { code: 'incomplete', sets: [b, a], union, upper };
    }
  }
  return undefined;
}

/** Condition 4, *locally determined*: every minimally inconsistent set lies at one switch (paper §2; spec 2.2). */
export function checkLocal(structure: EventStructure, limits: Limits): BrokenCondition | undefined {
  for (const set of minimallyInconsistent(structure, limits)) {
    const switches = [...new Set(members(set).map((id) => structure.events[id]!.at.switch))].sort((a, b) => a - b);
    if (switches.length > 1) return { code: 'nonlocal', set, switches };
  }
  return undefined;
}

/**
 * The minimally inconsistent sets (paper §2). X is inconsistent iff it is a subset of no maximal consistent set, that
 * is, iff it meets the complement of each. So the minimally inconsistent sets are the minimal hitting sets of these
 * complements, built up one complement at a time (Berge).
 */
export function minimallyInconsistent(structure: EventStructure, limits: Limits): EventSet[] {
  const everything = setOf(structure.events.map(({ id }) => id));
  let minimal: { readonly set: EventSet; readonly ids: readonly number[] }[] = [{ set: emptySet, ids: [] }];
  for (const maximal of structure.maximal) {
    checkTime(limits);
    const complement = withoutAll(everything, maximal);
    const kept = minimal.filter(({ set }) => (set & complement) !== emptySet);
    const missing = minimal.filter(({ set }) => (set & complement) === emptySet);
    if (missing.length === 0) continue;
    const keptWith: EventSet[][] = structure.events.map(() => []);
    for (const { set, ids } of kept) for (const id of ids) keptWith[id]!.push(set);
    minimal = kept;
    for (const event of members(complement)) {
      for (const { set, ids } of missing) {
        const larger = set | singleton(event);
        // If a smaller hitting set is within this one, it contains the new event: else it would be within `set`, which
        // is minimal.
        if (!keptWith[event]!.some((rival) => isSubset(rival, larger)))
          minimal.push({ set: larger, ids: [...ids, event] });
      }
      if (minimal.length > limits.inconsistentSets)
        throw new LimitReached(`more than ${limits.inconsistentSets} minimally inconsistent sets of events`);
    }
  }
  return minimal.map(({ set }) => set);
}
