import fc from 'fast-check';
import { defaultLimits } from '../../src/base/limits.js';
import { type EventStructure, eventStructure } from '../../src/events/event-structure.js';
import { type Edge, type TransitionSystem, transitionSystem } from '../../src/events/transition-system.js';
import { arbitraryTerm, arbitraryWritten } from './arbitrary-program.js';

/** A transition system of given edges; its labels lie at switches 1, 2, 1, 2 …, and no packet runs through it. */
export function systemOf(
  states: number,
  labels: number,
  triples: readonly (readonly [from: number, label: number, to: number])[],
): TransitionSystem {
  const edges = new Map<string, Edge>();
  for (const [from, label, to] of triples) edges.set(`${from},${label},${to}`, { from, to, label, occurrences: [] });
  return {
    states: Array.from({ length: states }, (_, i) => [i]),
    configurations: [],
    labels: Array.from({ length: labels }, (_, i) => ({
      formula: [],
      text: 'true',
      at: { switch: 1 + (i % 2), port: 1 },
      distance: 0,
    })),
    edges: [...edges.values()].sort((a, b) => a.from - b.from || a.label - b.label || a.to - b.to),
  };
}

interface Shape {
  readonly states: number;
  readonly labels: number;
  readonly edges: number;
  readonly isAcyclic: boolean;
}

const systems = ({ states, labels, edges, isAcyclic }: Shape): fc.Arbitrary<TransitionSystem> =>
  fc.tuple(fc.integer({ min: 2, max: states }), fc.integer({ min: 1, max: labels })).chain(([n, m]) =>
    fc
      .array(fc.tuple(fc.nat({ max: n - 1 }), fc.nat({ max: m - 1 }), fc.nat({ max: n - 1 })), {
        minLength: n - 1,
        maxLength: edges,
      })
      .map((triples) => {
        const others = triples.filter(([from, , to]) => from !== to);
        const forward = others.map(([a, l, b]) => [Math.min(a, b), l, Math.max(a, b)] as const);
        return reachable(systemOf(n, m, isAcyclic ? forward : others));
      }),
  );

/** Only the edges that some path takes, as in a system made from a program. */
function reachable(system: TransitionSystem): TransitionSystem {
  const reached = new Set([0]);
  for (const state of reached) for (const { from, to } of system.edges) if (from === state) reached.add(to);
  return { ...system, edges: system.edges.filter(({ from }) => reached.has(from)) };
}

/**
 * A tree whose paths are some words over the labels: many events that exclude each other, and unions that are missing.
 */
const trees: fc.Arbitrary<TransitionSystem> = fc
  .array(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 4 })
  .map((words) => {
    const states = new Map([['', 0]]);
    const triples = words.flatMap((word) =>
      word.map((label, i) => {
        const [from, to] = [word.slice(0, i), word.slice(0, i + 1)].map((prefix) => {
          const key = String(prefix);
          if (!states.has(key)) states.set(key, states.size);
          return states.get(key)!;
        });
        return [from!, label, to!] as const;
      }),
    );
    return systemOf(states.size, 4, triples);
  });

export const arbitraryAcyclic = fc.oneof(systems({ states: 6, labels: 4, edges: 9, isAcyclic: true }), trees);
export const arbitraryCyclic = systems({ states: 4, labels: 3, edges: 6, isAcyclic: false });
export const arbitrarySystem = fc.oneof(arbitraryAcyclic, arbitraryCyclic);

/**
 * The transition systems of random programs, if few paths run through them; without the configurations that packets
 * meet.
 */
export const systemOfProgram: fc.Arbitrary<TransitionSystem> = fc
  .oneof({ weight: 4, arbitrary: arbitraryWritten }, { weight: 1, arbitrary: arbitraryTerm })
  .map((program): TransitionSystem => ({ ...transitionSystem(program, defaultLimits), configurations: [] }))
  .filter(({ states, labels, edges }) => states.length <= 6 && labels.length <= 4 && edges.length <= 9);

/** Loops are unrolled to paths of so many edges in these tests. */
export const unroll = 3;

export const structureOf = (system: TransitionSystem): EventStructure => eventStructure(system, unroll, defaultLimits);

/** Small enough that all subsets of the events can be tried. */
export const isSmall = ({ events }: EventStructure): boolean => events.length <= 7;
