import type { Action, Emit, Machine } from '../network/machine.js';
import { decode, encode, type NetworkState } from '../network/state.js';
import type { Budget } from '../theorems/engine.js';
import type { LimitName } from '../theorems/verdict.js';
import { grown, stateStore } from './state-store.js';

/** What can end a search. */
export type SearchLimit = Exclude<LimitName, 'size' | 'unroll' | 'tables'>;

/** What a search has found: no state is a goal; a cheapest way to one; or a limit was met before either was known. */
export type Found =
  | { readonly kind: 'none'; readonly states: number }
  | {
      readonly kind: 'goal';
      readonly states: number;
      readonly packets: number;
      readonly cost: number;
      readonly steps: readonly { readonly from: NetworkState; readonly action: Action }[];
      readonly state: NetworkState;
    }
  | { readonly kind: 'limit'; readonly limit: SearchLimit; readonly states: number };

/** States expanded between two looks at the clock. */
const stride = 512;

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
): Found {
  const store = stateStore();
  const { known, queues } = machine.initial;
  let cost = new Int32Array(1 << 10);
  let parent = new Int32Array(1 << 10);
  /** Which step of its parent led to a state: the how-manieth of `proceed` (from 0) or, as `~n`, of `enter`. */
  let branch = new Int32Array(1 << 10);

  const read = (id: number) => decode(store.words(), store.start(id), store.end(id), known.length, queues.length);
  const words: number[] = [];
  let buckets: number[][] = [];

  /** Notes that a state can be reached at a cost; `layerStart` is the first state of the layer that it would lie in. */
  const reach = (
    state: NetworkState,
    from: number,
    nth: number,
    total: number,
    into: number[][],
    layerStart: number,
  ) => {
    const { id, isNew } = store.add(words, encode(state, words));
    if (isNew && id >= cost.length) {
      cost = grown(cost, id * 2);
      parent = grown(parent, id * 2);
      branch = grown(branch, id * 2);
    }
    if (!isNew && (id < layerStart || cost[id]! <= total)) return;
    cost[id] = total;
    parent[id] = from;
    branch[id] = nth;
    let bucket = into[total];
    if (!bucket) {
      bucket = [];
      into[total] = bucket;
    }
    bucket.push(id);
  };

  let expanded = 0;
  /** The limit that is met, if one is; looks at the clock and the memory now and then. */
  const limitMet = (layer: number): SearchLimit | undefined => {
    if (store.count() > budget.maxStates) return 'max-states';
    if (expanded++ % stride !== 0) return undefined;
    budget.onProgress?.(store.count(), layer);
    if (performance.now() > budget.deadline) return 'timeout';
    if (store.bytes() + 4 * 3 * cost.length + 16 * store.count() > budget.maxBytes) return 'memory';
    return undefined;
  };

  const stepsTo = (goal: number) => {
    const steps: { from: NetworkState; action: Action }[] = [];
    for (let id = goal; parent[id]! >= 0; id = parent[id]!) {
      const from = read(parent[id]!);
      const nth = branch[id]!;
      const actions: Action[] = [];
      const note: Emit = (_next, action) => actions.push(action);
      if (nth >= 0) machine.proceed(from, note);
      else machine.enter(from, note);
      steps.push({ from, action: actions[nth >= 0 ? nth : ~nth]! });
    }
    return steps.reverse();
  };

  let layerStart = 0;
  reach(machine.initial, -1, 0, 0, buckets, layerStart);
  for (let layer = 0; ; layer++) {
    const layerStates: number[] = [];
    for (let total = 0; total < buckets.length; total++) {
      // A bucket grows while it is read: some steps are free of charge.
      for (const id of buckets[total] ?? []) {
        if (cost[id] !== total) continue;
        const limit = limitMet(layer);
        if (limit) return { kind: 'limit', limit, states: store.count() };
        const state = read(id);
        if (isGoal(state))
          return { kind: 'goal', states: store.count(), packets: layer, cost: total, steps: stepsTo(id), state };
        let nth = 0;
        machine.proceed(state, (next, _action, charge) => reach(next, id, nth++, total + charge, buckets, layerStart));
        layerStates.push(id);
      }
    }
    if (layer === packets) return { kind: 'none', states: store.count() };

    layerStart = store.count();
    buckets = [];
    for (const id of layerStates) {
      const limit = limitMet(layer);
      if (limit) return { kind: 'limit', limit, states: store.count() };
      const state = read(id);
      if (!machine.admits(state)) continue;
      let nth = 0;
      machine.enter(state, (next, _action, charge) => reach(next, id, ~nth++, cost[id]! + charge, buckets, layerStart));
    }
  }
}
