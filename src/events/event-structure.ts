import { greatest } from '../base/extremes.js';
import { checkTime, LimitReached, type Limits } from '../base/limits.js';
import type { Location } from '../netkat/policy.js';
import { hasCycle } from './components.js';
import { compareNumberLists, contains, type EventSet, emptySet, isSubset, members, singleton } from './event-set.js';
import type { Edge, TransitionSystem } from './transition-system.js';

/** The event `label#occurrence` (spec 2.1). */
export interface Event {
  readonly id: number;
  readonly label: number;
  /** The j of `ℓ#j`, counted from 1. */
  readonly occurrence: number;
  readonly at: Location;
}

/** A path from the initial state: its edges, in order. */
export type Path = readonly Edge[];

/** A set of F and a state in which some path with these events ends, with one such path. */
export interface Collected {
  readonly set: EventSet;
  readonly state: number;
  readonly path: () => Path;
}

/** A network event structure (paper §2, Def. 5; §3.1), before its conditions are checked (spec 2.1, 2.3). */
export interface EventStructure {
  readonly events: readonly Event[];
  /** `eventsOf[label]` are the ids of the label's events, by occurrence. */
  readonly eventsOf: readonly (readonly number[])[];
  /** F: the event-sets, by size, then lexicographically. The first is the empty one. */
  readonly eventSets: readonly EventSet[];
  /**
   * `stateOf[i]` is the state whose configuration is `g(eventSets[i])`; of several such states, the one with the least
   * vector. All of them give equal trees (spec 2.2), but best-effort mixes configurations in the middle of a path,
   * where they may differ all the same.
   */
  readonly stateOf: readonly number[];
  /** Every pair of a set of F and a state in which a path with that set ends. */
  readonly collected: readonly Collected[];
  /**
   * The maximal consistent sets of these events. They are exact even if loops were unrolled only up to the bound (spec
   * 2.5).
   */
  readonly maximal: readonly EventSet[];
  /** The bound on the length of paths, null if there are no loops. */
  readonly bound: number | null;
  /** The sets of F that paths longer than the bound would extend; none if there are no loops. */
  readonly frontier: readonly EventSet[];
}

/**
 * The candidate event structure of a transition system: events of paths, F, and consistency (spec 2.1, 2.3).
 * @param unroll bound on the length of paths, used only if there are loops (spec 2.5)
 * @throws LimitReached
 */
export function eventStructure(system: TransitionSystem, unroll: number, limits: Limits): EventStructure {
  const bound = hasCycle(system) ? unroll : null;
  const outgoing: Edge[][] = system.states.map(() => []);
  for (const edge of system.edges) outgoing[edge.from]!.push(edge);

  const { pairs, truncated } = collect(system, outgoing, bound, limits);
  const occurrences = system.labels.map((_, label) =>
    greatest(
      pairs.map(({ counts }) => counts[label]!),
      0,
    ),
  );

  const eventsOf: number[][] = [];
  const events: Event[] = [];
  for (const [label, { at }] of system.labels.entries()) {
    eventsOf.push([]);
    for (let occurrence = 1; occurrence <= occurrences[label]!; occurrence++) {
      eventsOf[label]!.push(events.length);
      events.push({ id: events.length, label, occurrence, at });
    }
  }
  const setOfCounts = (counts: readonly number[]): EventSet => {
    let set = emptySet;
    for (const [label, count] of counts.entries())
      for (const event of eventsOf[label]!.slice(0, count)) set |= singleton(event);
    return set;
  };

  const collected = pairs.map((pair) => ({
    set: setOfCounts(pair.counts),
    state: pair.state,
    path: () => pathOf(pair),
  }));
  const stateOf = new Map<EventSet, number>();
  const vector = (state: number) => system.states[state]!;
  for (const { set, state } of collected) {
    const before = stateOf.get(set);
    if (before === undefined || compareNumberLists(vector(state), vector(before)) < 0) stateOf.set(set, state);
  }
  const byMembers = [...stateOf.keys()].map((set) => ({ set, ids: members(set) }));
  const eventSets = byMembers.sort((a, b) => compareNumberLists(a.ids, b.ids)).map(({ set }) => set);

  return {
    events,
    eventsOf,
    eventSets,
    stateOf: eventSets.map((set) => stateOf.get(set)!),
    collected,
    maximal: maximalSets(bound === null ? eventSets : consistentSets(outgoing, occurrences, limits).map(setOfCounts)),
    bound,
    frontier: truncated.map(setOfCounts),
  };
}

interface Pair {
  readonly counts: readonly number[];
  readonly state: number;
  readonly length: number;
  /**
   * The pair before this one on the path, and the edge that leads from there; paths share their beginnings in this way.
   */
  readonly last: { readonly before: Pair; readonly edge: Edge } | undefined;
}

function pathOf(pair: Pair): Path {
  const path: Edge[] = [];
  for (let { last } = pair; last; last = last.before.last) path.push(last.edge);
  return path.reverse();
}

/** Every pair of a state and the number of edges of each label on a path to it, breadth first. */
function collect(
  system: TransitionSystem,
  outgoing: readonly (readonly Edge[])[],
  bound: number | null,
  limits: Limits,
): { pairs: Pair[]; truncated: (readonly number[])[] } {
  const pairs: Pair[] = [{ counts: system.labels.map(() => 0), state: 0, length: 0, last: undefined }];
  const seen = new Set([`0|${pairs[0]!.counts}`]);
  const truncated: (readonly number[])[] = [];
  for (const pair of pairs) {
    checkTime(limits);
    const { counts, state, length } = pair;
    // Paths with equal counts are equally long, so each pair has one length.
    if (bound !== null && length >= bound) {
      if (outgoing[state]!.length > 0) truncated.push(counts);
      continue;
    }
    for (const edge of outgoing[state]!) {
      const next = counts.with(edge.label, counts[edge.label]! + 1);
      const key = `${edge.to}|${next}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (seen.size > limits.paths)
        throw new LimitReached(`more than ${limits.paths} sets of events on paths through the transition system`);
      pairs.push({ counts: next, state: edge.to, length: length + 1, last: { before: pair, edge } });
    }
  }
  return { pairs, truncated };
}

/**
 * What can happen together on paths of any length, as numbers of edges of each label. Each number is cut off at the
 * number of the label's events, since no set of events asks for more (spec 2.5: con is decided exactly).
 */
function consistentSets(
  outgoing: readonly (readonly Edge[])[],
  occurrences: readonly number[],
  limits: Limits,
): (readonly number[])[] {
  const all: { counts: readonly number[]; state: number }[] = [{ counts: occurrences.map(() => 0), state: 0 }];
  const seen = new Set([`0|${all[0]!.counts}`]);
  for (const { counts, state } of all) {
    for (const { label, to } of outgoing[state]!) {
      const next = counts.with(label, Math.min(counts[label]! + 1, occurrences[label]!));
      const key = `${to}|${next}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (seen.size > limits.paths) throw new LimitReached(`more than ${limits.paths} consistent sets of events`);
      all.push({ counts: next, state: to });
    }
  }
  return all.map(({ counts }) => counts);
}

/** Of these sets, those that are within no other. */
export function maximalSets(sets: readonly EventSet[]): EventSet[] {
  const maximal: EventSet[] = [];
  const bySize = [...new Set(sets)].map((set) => ({ set, size: members(set).length }));
  for (const { set } of bySize.sort((a, b) => b.size - a.size))
    if (!maximal.some((larger) => isSubset(set, larger))) maximal.push(set);
  return maximal;
}

/** `con(X)`: X is a subset of some set of F (paper §3.1; spec 2.3). */
export const isConsistent = (structure: EventStructure, set: EventSet): boolean =>
  structure.maximal.some((larger) => isSubset(set, larger));

/** `X ⊢ e`: con(X), and some Y in F has `e ∈ Y ⊆ X ∪ {e}` (Winskel 1.1.12; spec 2.3). */
export const enables = (structure: EventStructure, set: EventSet, event: number): boolean =>
  isConsistent(structure, set) &&
  structure.eventSets.some((y) => contains(y, event) && isSubset(y, set | singleton(event)));

/** The index of a set in F, or undefined if it is no event-set, so that `g` is not defined of it. */
export function eventSetIndex(structure: EventStructure, set: EventSet): number | undefined {
  const index = structure.eventSets.indexOf(set);
  return index < 0 ? undefined : index;
}
