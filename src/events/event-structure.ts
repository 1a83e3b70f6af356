import { lazily } from '../base/lazily.js';
import { LimitReached, type Limits } from '../base/limits.js';
import type { StateVector } from '../language/program.js';
import type { Location } from '../netkat/policy.js';
import { outgoingEdges } from './components.js';
import { consistentEnds } from './consistent-ends.js';
import {
  compareNumberLists,
  contains,
  type EventSet,
  emptySet,
  isSubset,
  members,
  minimalSets,
  singleton,
  withoutAll,
} from './event-set.js';
import { lengthToFork, type Naming, namingOf } from './naming.js';
import {
  collectPaths,
  type History,
  labelsOfHistory,
  mostCounts,
  type Path,
  type PathEnd,
  type Paths,
  pathOf,
} from './paths.js';
import { type Block, type TransitionSystem, withPart } from './transition-system.js';

/** An event: `label#occurrence` (spec 2.1), or the one that its history names (spec 2.5). */
export interface Event {
  readonly id: number;
  readonly label: number;
  /** The j of `ℓ#j`, counted from 1; in a history, how often the label is in it. */
  readonly occurrence: number;
  readonly at: Location;
  /** Of an event named by its history: how long that is, and the event before it in it. */
  readonly history: { readonly time: number; readonly after: number | null } | undefined;
}

/** A set of F of a block and a state of the block in which some path with these events ends, with one such path. */
export interface Collected {
  readonly set: EventSet;
  readonly state: number;
  readonly length: number;
  readonly path: () => Path;
}

/** The structure of a block (spec 2.4), over the events of the whole. */
export interface BlockStructure {
  readonly block: Block;
  readonly naming: Naming;
  /** All its events. */
  readonly events: EventSet;
  /** F: the event-sets, by size, then lexicographically. The first is the empty one. */
  readonly eventSets: readonly EventSet[];
  readonly indexOf: ReadonlyMap<EventSet, number>;
  /** For each event-set the state after it; of several such states, the one with the least vector. */
  readonly stateOf: readonly number[];
  /** Every pair of a set of F and a state in which a path with that set ends. */
  readonly collected: readonly Collected[];
  /** For each event-set the events that some path with it goes on with. */
  readonly goesOn: ReadonlyMap<EventSet, EventSet>;
  /** The minimal X with X ⊢ e, for an event e of the block: smaller ones first. */
  readonly causesOf: (event: number) => readonly EventSet[];
  /** The maximal consistent sets of these events. They are exact even if loops were unrolled only up to the bound. */
  readonly maximal: readonly EventSet[];
  /** The bound on the length of paths, null if there are no loops. */
  readonly bound: number | null;
  /** The sets of F that paths longer than the bound would extend; none if there are no loops. */
  readonly frontier: readonly EventSet[];
}

/**
 * A network event structure (paper §2, Def. 5; §3.1), before its conditions are checked (spec 2.1, 2.3): the product of
 * the structures of its blocks (spec 2.4). What lists the product is made when it is asked for.
 */
export interface EventStructure {
  readonly events: readonly Event[];
  /** `eventsOf[label]` are the ids of the label's events, in order. */
  readonly eventsOf: readonly (readonly number[])[];
  readonly blocks: readonly BlockStructure[];
  /** For each event the block to which it belongs. */
  readonly blockOf: readonly BlockStructure[];
  /** The vector whose configuration is `g(X)`, or undefined if X is no event-set. */
  readonly stateAfter: (set: EventSet) => StateVector | undefined;
  /** F, by size, then lexicographically; the first is the empty one. @throws LimitReached if there are too many */
  readonly eventSets: readonly EventSet[];
  /**
   * `stateOf[i]` is the state, among those that the system lists, whose configuration is `g(eventSets[i])`; of several
   * such states, the one with the least vector. All of them give equal trees (spec 2.2), but best-effort mixes
   * configurations in the middle of a path, where they may differ all the same. @throws LimitReached
   */
  readonly stateOf: readonly number[];
  /** The maximal consistent sets of the product. @throws LimitReached if there are too many to be listed */
  readonly maximal: readonly EventSet[];
  /** How far loops were unrolled. */
  readonly unrolling: Unrolling;
  /**
   * The bound on the length of paths of blocks with loops: of clocks whose paths branch only if there are no others.
   */
  readonly bound: number | null;
  /** The sets of F of each block that paths longer than its bound would extend. */
  readonly frontier: readonly EventSet[];
}

/** How far loops are unrolled (spec 2.5). */
export interface Unrolling {
  /** How many events in a row are listed of a clock whose paths branch. */
  readonly clock: number;
  /** The length of paths of other blocks with loops; they are never cut shorter than the conditions ask for. */
  readonly paths: number;
}

/** The conditions are asked of paths of so many edges of a block with loops that is no clock (spec 2.5). */
export const conditionBound = ({ states }: Block): number => Math.max(8, 2 * states.length);

/**
 * The candidate event structure of a transition system: events of paths, F, and consistency (spec 2.1, 2.3–2.5).
 * @throws LimitReached
 */
export function eventStructure(system: TransitionSystem, unrolling: Unrolling, limits: Limits): EventStructure {
  const named = system.blocks.map((block) => ({ block, naming: namingOf(block, system.labels) }));
  const paths = named.reduce(
    (most, { block, naming }) =>
      naming.hasLoops && naming.clock === null ? Math.max(most, conditionBound(block)) : most,
    unrolling.paths,
  );
  const found = named.map(({ block, naming }): BlockPaths => {
    const bound = !naming.hasLoops ? null : isBranchingClock(block, naming) ? clockBound(block, unrolling) : paths;
    return { block, naming, bound, paths: collectPaths(block, naming, bound, limits) };
  });
  const names = found.flatMap(({ naming, paths }, block) => namesIn(naming, paths, block));
  names.sort((a, b) => a.label - b.label || compareHistories(a.history, b.history) || a.occurrence - b.occurrence);
  const idOfHistory = new Map(names.flatMap(({ history }, id) => (history ? [[history, id] as const] : [])));
  const events = names.map(({ label, occurrence, history }, id): Event => {
    const { at } = system.labels[label]!;
    const after = history?.before === undefined ? null : idOfHistory.get(history.before)!;
    return { id, label, occurrence, at, history: history && { time: history.time, after } };
  });
  const eventsOf = system.labels.map((): number[] => []);
  for (const { id, label } of events) eventsOf[label]!.push(id);
  const setOfHistory = new Map<History, EventSet>();
  for (const { paths } of found)
    for (const history of paths.histories)
      setOfHistory.set(
        history,
        singleton(idOfHistory.get(history)!) | (history.before ? setOfHistory.get(history.before)! : emptySet),
      );
  const setOf = ({ counted }: Naming, { counts, histories }: Pick<PathEnd, 'counts' | 'histories'>): EventSet => {
    let set = emptySet;
    for (const history of histories) if (history) set |= setOfHistory.get(history)!;
    for (const [place, count] of counts.entries())
      for (const event of eventsOf[counted[place]!]!.slice(0, count)) set |= singleton(event);
    return set;
  };
  const blocks = found.map((one) => blockStructure(one, (end) => setOf(one.naming, end), limits));
  const blockOf = names.map(({ block }) => blocks[block]!);
  return productStructure(system, { events, eventsOf, blocks, blockOf, unrolling }, limits);
}

/** No more histories of a clock than this are listed; executions that go further are said to be beyond the list. */
const maxHistories = 1_000;

/** How long the histories of a clock are that are listed. */
function clockBound(block: Block, { clock }: Unrolling): number {
  const outgoing = outgoingEdges(block);
  let ends = new Map([[0, 1]]);
  let listed = 1;
  let length = 0;
  while (length < clock) {
    const next = new Map<number, number>();
    for (const [state, paths] of ends) for (const { to } of outgoing[state]!) next.set(to, (next.get(to) ?? 0) + paths);
    for (const paths of next.values()) listed += paths;
    if (listed > maxHistories && length > 0) break;
    ends = next;
    length++;
  }
  // A history that leads to two states is a reason to reject the program, however long it is.
  return Math.max(length, lengthToFork(block));
}

/** Whether a block is a clock that can go on in several ways: it has a great many histories, even of a few events. */
const isBranchingClock = ({ edges }: Block, { clock }: Naming): boolean =>
  clock !== null && new Set(edges.map(({ from }) => from)).size < edges.length;

interface BlockPaths {
  readonly block: Block;
  readonly naming: Naming;
  readonly bound: number | null;
  readonly paths: Paths;
}

/** An event before it has an id. */
interface Name {
  readonly block: number;
  readonly label: number;
  readonly occurrence: number;
  readonly history: History | undefined;
}

function namesIn({ counted }: Naming, { ends, histories }: Paths, block: number): Name[] {
  const most = mostCounts({ counted }, ends);
  const byCount = counted.flatMap((label, place) =>
    Array.from({ length: most[place]! }, (_, i): Name => ({ block, label, occurrence: i + 1, history: undefined })),
  );
  const byHistory = histories.map((history): Name => {
    const occurrence = labelsOfHistory(history).filter((label) => label === history.label).length;
    return { block, label: history.label, occurrence, history };
  });
  return [...byCount, ...byHistory];
}

/** By time, then by labels, first difference first (spec 2.5). */
function compareHistories(a: History | undefined, b: History | undefined): number {
  return a && b ? compareNumberLists(labelsOfHistory(a), labelsOfHistory(b)) : 0;
}

function blockStructure(
  { block, naming, bound, paths }: BlockPaths,
  setOf: (end: Pick<PathEnd, 'counts' | 'histories'>) => EventSet,
  limits: Limits,
): BlockStructure {
  const collected = paths.ends.map((end): Collected => {
    return { set: setOf(end), state: end.state, length: end.length, path: () => pathOf(end) };
  });
  const states = new Map<EventSet, number>();
  for (const { set, state } of collected) {
    const before = states.get(set);
    if (before === undefined || compareNumberLists(block.states[state]!, block.states[before]!) < 0)
      states.set(set, state);
  }
  const eventSets = inOrder([...states.keys()]);
  // Of a clock, what can happen together is on one history, and all of those up to the bound are listed.
  const isExact = bound === null || naming.clock !== null;
  const goesOn = new Map<EventSet, EventSet>();
  for (const { from, to } of paths.steps) {
    const set = setOf(from);
    goesOn.set(set, (goesOn.get(set) ?? emptySet) | withoutAll(setOf(to), set));
  }
  // What some path goes on from is within a larger set.
  const consistent = isExact
    ? eventSets.filter((set) => !goesOn.has(set))
    : consistentEnds(block, naming, paths, limits).map(setOf);
  return {
    block,
    naming,
    events: collected.reduce((all, { set }) => all | set, emptySet),
    eventSets,
    indexOf: new Map(eventSets.map((set, i) => [set, i])),
    stateOf: eventSets.map((set) => states.get(set)!),
    collected,
    goesOn,
    causesOf: causesIn(eventSets, naming),
    maximal: maximalSets(consistent),
    bound,
    frontier: [...new Set(paths.truncated.map(setOf))],
  };
}

/** The minimal X with X ⊢ e: of the event-sets with e only minimal ones matter, for the others include one of those. */
function causesIn(eventSets: readonly EventSet[], { clock }: Naming): BlockStructure['causesOf'] {
  // An event of a clock comes after one event-set, its history, so the smallest one with it says which.
  if (clock !== null) return (event) => [withoutAll(eventSets.find((set) => contains(set, event))!, singleton(event))];
  const known = new Map<number, readonly EventSet[]>();
  return (event) => {
    const found = known.get(event);
    if (found) return found;
    const minimal = minimalSets(eventSets.filter((set) => contains(set, event)));
    const causes = minimal.map((set) => withoutAll(set, singleton(event)));
    known.set(event, causes);
    return causes;
  };
}

/** Sets by size, then lexicographically. */
function inOrder(sets: readonly EventSet[]): EventSet[] {
  const byMembers = sets.map((set) => ({ set, ids: members(set) }));
  return byMembers.sort((a, b) => compareNumberLists(a.ids, b.ids)).map(({ set }) => set);
}

/**
 * The structure of some blocks together.
 * @param most how many events its event-sets have at most, as far as they are listed
 */
export function productStructure(
  system: TransitionSystem,
  { events, eventsOf, blocks, blockOf, unrolling }: Pick<EventStructure, ProductPart>,
  limits: Pick<Limits, 'paths'>,
  most = Number.POSITIVE_INFINITY,
): EventStructure {
  const stateAfter = (set: EventSet): StateVector | undefined => {
    let state = system.initial;
    for (const { block, events: own, indexOf, stateOf } of blocks) {
      const index = indexOf.get(set & own);
      if (index === undefined) return undefined;
      if (block.states.length > 1) state = withPart(state, block, block.states[stateOf[index]!]!);
    }
    return state;
  };
  const eventSets = lazily(() => inOrder(unions(blocks, ({ eventSets }) => eventSets, 'event-sets', limits, most)));
  const stateOf = lazily(() => {
    const numbers = new Map(system.states.map((state, i) => [String(state), i]));
    return eventSets().map((set) => numbers.get(String(stateAfter(set)!))!);
  });
  const maximal = lazily(() => unions(blocks, ({ maximal }) => maximal, 'maximal consistent sets', limits));
  const looping = blocks.filter(({ bound }) => bound !== null);
  const others = looping.filter(({ block, naming }) => !isBranchingClock(block, naming));
  return {
    events,
    eventsOf,
    blocks,
    blockOf,
    unrolling,
    stateAfter,
    get eventSets() {
      return eventSets();
    },
    get stateOf() {
      return stateOf();
    },
    get maximal() {
      return maximal();
    },
    bound: (others[0] ?? looping[0])?.bound ?? null,
    frontier: blocks.flatMap(({ frontier }) => frontier),
  };
}

/** The parts of a structure of which the rest is made. */
type ProductPart = 'events' | 'eventsOf' | 'blocks' | 'blockOf' | 'unrolling';

/** The unions of one set of each block, those of at most `most` events. @throws LimitReached */
function unions(
  blocks: readonly BlockStructure[],
  setsOf: (block: BlockStructure) => readonly EventSet[],
  what: string,
  limits: Pick<Limits, 'paths'>,
  most = Number.POSITIVE_INFINITY,
): EventSet[] {
  const tooMany = (): LimitReached =>
    new LimitReached(
      `the ${blocks.length} blocks of the state have more than ${limits.paths.toLocaleString('en')} ${what} together, ` +
        'which would have to be listed one by one',
    );
  let all: EventSet[] = [emptySet];
  for (const block of blocks) {
    const sets = setsOf(block);
    // Of a product that is listed only in part, one block more is made before what is too large is left out.
    if (most === Number.POSITIVE_INFINITY && all.length * sets.length > limits.paths) throw tooMany();
    all = all.flatMap((set) => sets.map((own) => set | own));
    if (most < Number.POSITIVE_INFINITY) all = all.filter((set) => members(set).length <= most);
    if (all.length > limits.paths) throw tooMany();
  }
  return all;
}

/** Of these sets, those that are within no other. */
function maximalSets(sets: readonly EventSet[]): EventSet[] {
  const maximal: EventSet[] = [];
  const bySize = [...new Set(sets)].map((set) => ({ set, size: members(set).length }));
  for (const { set } of bySize.sort((a, b) => b.size - a.size))
    if (!maximal.some((larger) => isSubset(set, larger))) maximal.push(set);
  return maximal;
}

/** Whether con(X) holds as far as X is of a block. */
export const isConsistentIn = ({ events, maximal }: BlockStructure, set: EventSet): boolean =>
  maximal.some((larger) => isSubset(set & events, larger));

/** `con(X)`: X is a subset of some set of F (paper §3.1; spec 2.3), block by block (spec 2.4). */
export const isConsistent = ({ blocks }: EventStructure, set: EventSet): boolean =>
  blocks.every((block) => isConsistentIn(block, set));

/** `X ⊢ e`: con(X), and some Y in F has `e ∈ Y ⊆ X ∪ {e}` (Winskel 1.1.12; spec 2.3). */
export const enables = (structure: EventStructure, set: EventSet, event: number): boolean =>
  isConsistent(structure, set) && structure.blockOf[event]!.causesOf(event).some((cause) => isSubset(cause, set));

/** Whether a set is in F, so that `g` is defined of it (spec 2.3). */
export const isEventSet = ({ blocks }: EventStructure, set: EventSet): boolean =>
  blocks.every(({ events, indexOf }) => indexOf.has(set & events));

/** At most so many event-sets of the product, by size, then lexicographically; all of them if they are no more. */
export function someEventSets({ blocks }: EventStructure, most: number): EventSet[] {
  let all: EventSet[] = [emptySet];
  for (const { eventSets } of blocks)
    all = inOrder(eventSets.flatMap((own) => all.map((set) => set | own))).slice(0, most);
  return all;
}

/** How many event-sets the product has, which may be too many to be listed. */
export const countEventSets = ({ blocks }: EventStructure): number =>
  blocks.reduce((product, { eventSets }) => product * eventSets.length, 1);

/** The event-sets within a set, by size, then lexicographically; of the product only these are listed. */
export const eventSetsWithin = ({ blocks }: EventStructure, set: EventSet): EventSet[] =>
  inOrder(unions(blocks, ({ eventSets }) => eventSets.filter((own) => isSubset(own, set)), 'event-sets', within));

/** Events that one execution has are few. */
const within: Pick<Limits, 'paths'> = { paths: 1_000_000 };
