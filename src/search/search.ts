import { explainMemory, type UsedUp, usedUpMemory } from '../base/memory.js';
import type { Budget } from '../engines/engine.js';
import type { LimitName } from '../engines/verdict.js';
import type { Machine } from '../network/machine.js';
import { decodeState, encodeState, type NetworkState } from '../network/state.js';
import type { Emit, Transition } from '../network/steps.js';
import { grown, type SavedStore, stateStore } from './state-store.js';

/** What can end a search. */
export type SearchLimit = Exclude<LimitName, 'size' | 'unroll' | 'tables'>;

/**
 * What a search has found: that no state is a goal; a cheapest way to a goal; or a limit, met before either was known.
 */
export type Found =
  | {
      readonly kind: 'none';
      readonly states: number;
      readonly transitions: number;
      /** The memory that the states take up, without the room that is held for more. */
      readonly bytes: number;
      /** The highest cost of a state. */
      readonly depth: number;
      /** Whether, before the bound was reached, one more packet led to no new state: then no number of packets does. */
      readonly exhausted: boolean;
    }
  | {
      readonly kind: 'goal';
      readonly states: number;
      readonly packets: number;
      readonly cost: number;
      readonly steps: readonly { readonly from: NetworkState; readonly action: Transition }[];
      readonly state: NetworkState;
    }
  | {
      readonly kind: 'limit';
      readonly limit: SearchLimit;
      /** Which memory was used up, in words, if that is the limit. */
      readonly why: string | undefined;
      readonly states: number;
      /** Up to how many packets every execution was explored; -1 if not even those without any. */
      readonly covered: number;
    };

/** How far a search has come. */
interface Front {
  /** How many packets have entered. */
  layer: number;
  /** The first state of the layer; while packets enter, that of the next layer. */
  layerStart: number;
  /** By cost, the states to expand; some may have been reached at a lower cost since they were put here. */
  buckets: number[][];
  /** Where reading goes on: at index `next` of `buckets[total]`, or, while packets enter, of `layerStates`. */
  total: number;
  next: number;
  /** The states of the layer that have been expanded. */
  layerStates: number[];
  entering: boolean;
  /** How many transitions all layers so far have had. */
  transitions: number;
  depth: number;
}

/** A search between two steps, as plain data that shares memory with the search. */
export interface SavedSearch {
  readonly store: SavedStore;
  readonly cost: Int32Array;
  readonly parent: Int32Array;
  readonly branch: Int32Array;
  readonly front: Front;
}

/** How a search is interrupted, and goes on another time. */
export interface Pauses {
  /**
   * Where the search was interrupted; undefined if it begins. The machine must number things as it did then
   * (network/memory.ts).
   */
  readonly resume: SavedSearch | undefined;
  /** Is called now and then, so that the progress can be kept. */
  readonly offer: (save: () => SavedSearch) => void;
  /** Is called when the search stops at a limit. */
  readonly stop: (save: () => SavedSearch) => void;
}

/** Bytes that a state takes besides its row: its end and hash, two slots, cost, parent and branch. */
const perState = 4 * 7;

/** States expanded between two looks at the memory, with a word of progress; and between two looks at the clock. */
const stride = 512;
const clockStride = 32;

/** The states that a search has reached, by number, each with the cheapest way to it in its layer. */
interface Reached {
  readonly front: Front;
  readonly count: () => number;
  readonly read: (id: number) => NetworkState;
  /** Notes that a state can be reached at a cost, in the layer that is being filled. */
  readonly reach: (state: NetworkState, from: number, nth: number, total: number) => void;
  readonly cost: (id: number) => number;
  /** The state before, -1 for the initial state. */
  readonly parent: (id: number) => number;
  /** Which step of its parent led to a state: n for step n of `proceed`, `~n` for step n of `enter`, counted from 0. */
  readonly branch: (id: number) => number;
  readonly save: () => SavedSearch;
  /** Memory held, in bytes. */
  readonly bytes: () => number;
  /** Memory that the states take up, in bytes, without the room that is held for more. */
  readonly bytesUsed: () => number;
}

/**
 * Exhaustive search for a goal with the fewest packets, and among those the fewest steps (interface.md).
 *
 * Layer by layer: all states that p packets can reach, cheapest first (Dijkstra, with one bucket for each number of
 * steps), before the IN steps that lead to layer p + 1. A state is visited in the first layer that reaches it and never
 * again: whatever follows it with more packets used up follows it with fewer. So the number of packets need not be part
 * of a state, and what finished packets leave behind costs nothing.
 */
export function search(
  machine: Machine,
  packets: number,
  isGoal: (state: NetworkState) => boolean,
  budget: Budget,
  pauses?: Pauses,
): Found {
  const reached = reachedStates(machine, pauses?.resume);
  const { front, read, reach, cost, count } = reached;
  const limitMet = limitWatch(reached, budget, pauses);
  const stopped = (met: LimitMet): Found => {
    pauses?.stop(reached.save);
    return { kind: 'limit', ...met, states: count(), covered: front.entering ? front.layer : front.layer - 1 };
  };

  /** All that the states of the layer lead to without another packet. */
  const fillLayer = (): Found | undefined => {
    for (; !front.entering && front.total < front.buckets.length; front.total++, front.next = 0) {
      // A bucket grows while it is read: some steps are free of charge.
      const bucket = front.buckets[front.total] ?? [];
      for (; front.next < bucket.length; front.next++) {
        const { total, layer } = front;
        const id = bucket[front.next]!;
        if (cost(id) !== total) continue;
        const met = limitMet();
        if (met) return stopped(met);
        front.depth = Math.max(front.depth, total);
        const state = read(id);
        if (isGoal(state)) {
          const steps = stepsTo(machine, reached, id, packets);
          return { kind: 'goal', states: count(), packets: layer, cost: total, steps, state };
        }
        let nth = 0;
        machine.proceed(state, (next, _action, charge) => reach(next, id, nth++, total + charge), packets - layer);
        front.layerStates.push(id);
      }
    }
    return undefined;
  };

  /** No goal, if no packet can lead to one. */
  const finished = (): Found | undefined => {
    if (front.entering) return undefined;
    // (In the last layer states may have been left out, since no packet follows; so that layer proves nothing.)
    const exhausted = front.layer < packets && front.layerStates.length === 0;
    if (front.layer === packets || exhausted) {
      const { transitions, depth } = front;
      return { kind: 'none', states: count(), transitions, bytes: reached.bytesUsed(), depth, exhausted };
    }
    Object.assign(front, { entering: true, next: 0, layerStart: count(), buckets: [] });
    return undefined;
  };

  /** All that the states of the layer lead to by one more packet: the next layer begins. */
  const enterPackets = (): Found | undefined => {
    for (; front.next < front.layerStates.length; front.next++) {
      const met = limitMet();
      if (met) return stopped(met);
      const id = front.layerStates[front.next]!;
      const state = read(id);
      if (!machine.admits(state)) continue;
      let nth = 0;
      const left = packets - front.layer - 1;
      machine.enter(state, (next, _action, charge) => reach(next, id, ~nth++, cost(id) + charge), left);
    }
    Object.assign(front, { entering: false, next: 0, total: 0, layer: front.layer + 1, layerStates: [] });
    return undefined;
  };

  for (;;) {
    const found = fillLayer() ?? finished() ?? enterPackets();
    if (found) return found;
  }
}

/** The states of a search that goes on, or else the initial state. */
function reachedStates(machine: Machine, saved: SavedSearch | undefined): Reached {
  const store = stateStore(saved?.store);
  const { eventSets, queues } = machine.initial;
  let cost = saved ? roomFor(saved.cost) : new Int32Array(1 << 10);
  let parent = saved ? roomFor(saved.parent) : new Int32Array(1 << 10);
  let branch = saved ? roomFor(saved.branch) : new Int32Array(1 << 10);
  const front: Front = saved ? { ...saved.front } : start();

  const words: number[] = [];
  const reach = (state: NetworkState, from: number, nth: number, total: number) => {
    if (from >= 0) front.transitions++;
    const { id, isNew } = store.add(words, encodeState(state, words));
    if (isNew && id >= cost.length) {
      cost = grown(cost, id * 2);
      parent = grown(parent, id * 2);
      branch = grown(branch, id * 2);
    }
    if (!isNew && (id < front.layerStart || cost[id]! <= total)) return;
    cost[id] = total;
    parent[id] = from;
    branch[id] = nth;
    let bucket = front.buckets[total];
    if (!bucket) {
      bucket = [];
      front.buckets[total] = bucket;
    }
    bucket.push(id);
  };
  if (!saved) reach(machine.initial, -1, 0, 0);

  return {
    front,
    count: store.count,
    read: (id) => decodeState(words, store.read(id, words), eventSets.length, queues.length),
    reach,
    cost: (id) => cost[id]!,
    parent: (id) => parent[id]!,
    branch: (id) => branch[id]!,
    save: () => {
      const count = store.count();
      const [c, p, b] = [cost, parent, branch].map((array) => array.subarray(0, count));
      return { store: store.save(), cost: c!, parent: p!, branch: b!, front };
    },
    bytes: () => store.bytes() + 4 * 3 * cost.length + 16 * store.count(),
    bytesUsed: () => store.used() + perState * store.count(),
  };
}

type LimitMet = Pick<Extract<Found, { kind: 'limit' }>, 'limit' | 'why'>;

/** Says at each step which limit is met, if one is; looks at the clock and the memory now and then. */
function limitWatch(
  { front, count, save, bytes }: Reached,
  budget: Budget,
  pauses: Pauses | undefined,
): () => LimitMet | undefined {
  let expanded = 0;
  return () => {
    if (count() > budget.maxStates) return { limit: 'max-states', why: undefined };
    if (expanded++ % clockStride !== 0) return undefined;
    pauses?.offer(save);
    if (isTimeOver(budget, count())) return { limit: 'timeout', why: undefined };
    if ((expanded - 1) % stride !== 0) return undefined;
    budget.onProgress?.(count(), front.layer);
    const why = memoryMet(bytes(), budget);
    return why === undefined ? undefined : { limit: 'memory', why };
  };
}

function isTimeOver({ deadline, enough }: Budget, states: number): boolean {
  const now = performance.now();
  return now > deadline || (enough !== undefined && now > enough.time && states >= enough.states);
}

/** The steps that lead to a goal, taken once more, with versions of R numbered in the order in which they come. */
function stepsTo(machine: Machine, { read, parent, branch }: Reached, goal: number, packets: number) {
  const way: number[] = [];
  for (let id = goal; parent(id) >= 0; id = parent(id)) way.push(id);
  const steps: { from: NetworkState; action: Transition; by: number }[] = [];
  let left = packets;
  let which = [0];
  let versions = 1;
  for (const id of way.reverse()) {
    const state = read(parent(id));
    const from = { ...state, versions: state.versions.map((version, i) => ({ ...version, which: which[i]! })) };
    const nth = branch(id);
    const taken: { next: NetworkState; action: Transition; by: number }[] = [];
    const note: Emit = (next, action, _cost, by) => taken.push({ next, action, by });
    if (nth >= 0) machine.proceed(from, note, left);
    else machine.enter(from, note, --left);
    const { next, action, by } = taken[nth >= 0 ? nth : ~nth]!;
    which = next.versions.map((version) => version.which ?? versions++);
    steps.push({ from, action, by });
  }
  return machine.undone(steps);
}

/** Which memory is used up, in words, if one is: that for states, or all that there is. */
function memoryMet(bytes: number, { maxBytes }: Budget): string | undefined {
  const usedUp: UsedUp | undefined =
    bytes > maxBytes ? { of: 'memory', limit_MiB: Math.round(maxBytes / 2 ** 20) } : usedUpMemory();
  return usedUp && explainMemory(usedUp);
}

const start = (): Front => ({
  layer: 0,
  layerStart: 0,
  buckets: [],
  total: 0,
  next: 0,
  layerStates: [],
  entering: false,
  transitions: 0,
  depth: 0,
});

/** A saved array with room for more. */
const roomFor = (saved: Int32Array): Int32Array => grown(saved, Math.max(1 << 10, saved.length * 2));
