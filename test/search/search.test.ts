import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Machine } from '../../src/network/machine.js';
import type { NetworkState } from '../../src/network/state.js';
import type { Transition } from '../../src/network/steps.js';
import { search } from '../../src/search/search.js';

/** An edge of a graph that stands for a machine: an IN, free or not, or a step. */
interface Edge {
  readonly from: number;
  readonly to: number;
  readonly isEntry: boolean;
  readonly cost: number;
}

interface Graph {
  readonly edges: readonly Edge[];
  readonly goals: readonly number[];
  readonly packets: number;
}

const node = fc.nat({ max: 9 });
const graph: fc.Arbitrary<Graph> = fc.record({
  edges: fc.array(fc.record({ from: node, to: node, isEntry: fc.boolean(), cost: fc.nat({ max: 4 }) }), {
    minLength: 5,
    maxLength: 40,
  }),
  goals: fc.uniqueArray(node, { minLength: 1, maxLength: 2 }),
  packets: fc.nat({ max: 4 }),
});

/** A node as a state: only `global` says which. */
const stateOf = (global: number): NetworkState => ({
  global,
  turn: 0,
  versions: [{ set: 0, ghost: 0 }],
  controllerQueue: [],
  eventSets: [0],
  ghosts: [0],
  oldest: [0],
  queues: [[]],
});

/** The actions of a fake machine name edges. */
const actionOf = (edge: number, isEntry: boolean): Transition =>
  isEntry ? { rule: 'IN', ingress: edge } : { rule: 'CTRLRECV', place: edge };

const fake = ({ edges }: Graph, start = 0): Machine => {
  const out = (isEntry: boolean): Machine['enter'] => {
    return ({ global }, emit) => {
      for (const [i, edge] of edges.entries())
        if (edge.from === global && edge.isEntry === isEntry)
          emit(stateOf(edge.to), actionOf(i, isEntry), edge.cost, 0);
    };
  };
  const [enter, proceed] = [out(true), out(false)];
  const always = () => true;
  return { initial: stateOf(start), enter, proceed, isComplete: always, admits: always, undone: (way) => [...way] };
};

/** The best way to any goal, by relaxing every edge until nothing changes: fewest packets, then the least cost. */
function best({ edges, goals, packets }: Graph): { packets: number; cost: number } | undefined {
  const worst = Number.POSITIVE_INFINITY;
  const cost = Array.from({ length: packets + 1 }, () => Array<number>(10).fill(worst));
  cost[0]![0] = 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (const edge of edges)
      for (let p = 0; p <= packets; p++) {
        const q = edge.isEntry ? p + 1 : p;
        const reached = cost[p]![edge.from]! + edge.cost;
        if (q > packets || reached >= cost[q]![edge.to]!) continue;
        cost[q]![edge.to] = reached;
        changed = true;
      }
  }
  for (const [p, row] of cost.entries()) {
    const least = Math.min(...goals.map((goal) => row[goal]!));
    if (least < worst) return { packets: p, cost: least };
  }
  return undefined;
}

const budget = {
  maxStates: 1_000,
  deadline: Number.POSITIVE_INFINITY,
  maxBytes: 2 ** 30,
  onProgress: undefined,
};

describe('the search', () => {
  it('finds a goal with the fewest packets, and then the least cost, by a way that leads there', () => {
    let goals = 0;
    fc.assert(
      fc.property(graph, (g) => {
        const found = search(fake(g), g.packets, ({ global }) => g.goals.includes(global), budget);
        const expected = best(g);
        expect(found.kind).toBe(expected ? 'goal' : 'none');
        if (found.kind !== 'goal') return;
        goals++;
        expect({ packets: found.packets, cost: found.cost }).toEqual(expected);

        let at = 0;
        let cost = 0;
        let packets = 0;
        for (const { from, action } of found.steps) {
          const edge = g.edges[action.rule === 'IN' ? action.ingress : action.rule === 'CTRLRECV' ? action.place : -1]!;
          expect([from.global, edge.from]).toEqual([at, at]);
          at = edge.to;
          cost += edge.cost;
          packets += edge.isEntry ? 1 : 0;
        }
        expect({ at, packets, cost }).toEqual({ at: found.state.global, ...expected });
      }),
      { numRuns: 3_000, seed: 1 },
    );
    expect(goals).toBeGreaterThan(1_000);
  });

  it('visits every state that can be reached, once', () => {
    fc.assert(
      fc.property(graph, (g) => {
        const seen: number[] = [];
        const found = search(fake(g), g.packets, ({ global }) => seen.push(global) < 0, budget);
        const reachable = [...Array(10).keys()].filter((goal) => best({ ...g, goals: [goal] }));
        expect([...new Set(seen)].sort((a, b) => a - b)).toEqual(reachable);
        expect(found).toMatchObject({ kind: 'none', states: reachable.length });
      }),
    );
  });

  it('enters no packet from a state that does not admit it', () => {
    const g: Graph = { edges: [{ from: 0, to: 1, isEntry: true, cost: 1 }], goals: [1], packets: 1 };
    expect(search({ ...fake(g), admits: () => false }, 1, () => false, budget)).toMatchObject({
      kind: 'none',
      states: 1,
    });
  });

  const line: Graph = {
    edges: Array.from({ length: 2_000 }, (_, i) => ({ from: i, to: i + 1, isEntry: false, cost: 1 })),
    goals: [2_000],
    packets: 0,
  };
  it.each([
    ['max-states', { ...budget, maxStates: 100 }],
    ['timeout', { ...budget, deadline: 0 }],
    ['memory', { ...budget, maxStates: 1e6, maxBytes: 1 }],
  ] as const)('gives up at a limit: %s', (limit, small) => {
    expect(search(fake(line), 0, ({ global }) => global === 2_000, small)).toMatchObject({ kind: 'limit', limit });
  });
  it('tells how it gets on', () => {
    const told: number[] = [];
    search(fake(line), 0, () => false, { ...budget, maxStates: 1e6, onProgress: (states) => told.push(states) });
    expect(told.length).toBeGreaterThan(2);
  });
});
