import fc from 'fast-check';
import { defaultLimits } from '../../src/base/limits.js';
import { type EventStructure, eventStructure } from '../../src/events/event-structure.js';
import {
  type Block,
  type Edge,
  productOf,
  type TransitionSystem,
  transitionSystem,
} from '../../src/events/transition-system.js';
import { withinLimits } from '../../src/verbs/load.js';
import { arbitraryTerm, arbitraryWritten } from './arbitrary-program.js';

type Triple = readonly [from: number, label: number, to: number];

/** No packet runs through a system that is made of edges alone. */
const nowhere: TransitionSystem['configurationOf'] = () => ({
  hop: () => {
    throw new Error('this transition system has no configurations');
  },
});

/** How a system of edges is made, besides its edges. */
interface Kind {
  readonly isOrdered?: boolean;
  /** The switch of each label, in turn: by default 1, 2, 1, 2 … */
  readonly switches?: readonly number[];
}

/** A transition system of one block with given edges; no packet runs through it. */
export const systemOf = (
  states: number,
  labels: number,
  triples: readonly Triple[],
  { isOrdered = false, switches = [1, 2] }: Kind = {},
): TransitionSystem => {
  const edges = new Map<string, Edge>();
  for (const [from, label, to] of triples) edges.set(`${from},${label},${to}`, { from, to, label, occurrences: [] });
  const block: Block = {
    indices: [0],
    isOrdered,
    states: Array.from({ length: states }, (_, i) => [i]),
    edges: [...edges.values()].sort((a, b) => a.from - b.from || a.label - b.label || a.to - b.to),
  };
  return systemOfBlocks([block], labels, switches);
};

const systemOfBlocks = (blocks: readonly Block[], labels: number, switches: readonly number[]): TransitionSystem =>
  productOf(
    {
      initial: blocks.map(() => 0),
      blocks,
      labels: Array.from({ length: labels }, (_, i) => ({
        formula: [],
        text: 'true',
        at: { switch: switches[i % switches.length]!, port: 1 },
        distance: 0,
      })),
      configurationOf: nowhere,
    },
    defaultLimits,
  );

/** The one block of a system that has no others. */
export function onlyBlock({ blocks }: TransitionSystem): Block {
  if (blocks.length !== 1) throw new Error(`the system has ${blocks.length} blocks`);
  return blocks[0]!;
}

/** Systems of one block each, side by side: each has labels and a component of its own. */
function beside(parts: readonly TransitionSystem[]): TransitionSystem {
  let first = 0;
  const switches: number[] = [];
  const blocks = parts.map((part, i): Block => {
    const block = onlyBlock(part);
    const edges = block.edges.map((edge) => ({ ...edge, label: edge.label + first }));
    first += part.labels.length;
    switches.push(...part.labels.map(({ at }) => at.switch));
    return { ...block, indices: [i], edges };
  });
  return systemOfBlocks(blocks, first, switches);
}

interface Shape {
  readonly states: number;
  readonly labels: number;
  readonly edges: number;
  readonly isAcyclic: boolean;
}

/** How a block's events are named, and where they lie. */
const kinds: fc.Arbitrary<Kind> = fc.record({
  isOrdered: fc.constantFrom(false, false, true),
  switches: fc.constantFrom([1, 2], [1]),
});

const systems = ({ states, labels, edges, isAcyclic }: Shape): fc.Arbitrary<TransitionSystem> =>
  fc.tuple(fc.integer({ min: 2, max: states }), fc.integer({ min: 1, max: labels }), kinds).chain(([n, m, kind]) =>
    fc
      .array(fc.tuple(fc.nat({ max: n - 1 }), fc.nat({ max: m - 1 }), fc.nat({ max: n - 1 })), {
        minLength: n - 1,
        maxLength: edges,
      })
      .map((triples) => {
        const others = triples.filter(([from, , to]) => from !== to);
        const forward = others.map(([a, l, b]) => [Math.min(a, b), l, Math.max(a, b)] as const);
        return systemOf(n, m, reachable(isAcyclic ? forward : others), kind);
      }),
  );

/** Only the edges that some path takes, as in a system made from a program. */
function reachable(triples: readonly Triple[]): readonly Triple[] {
  const reached = new Set([0]);
  for (const state of reached) for (const [from, , to] of triples) if (from === state) reached.add(to);
  return triples.filter(([from]) => reached.has(from));
}

/**
 * A tree whose paths are some words over the labels: many events that exclude each other, and unions that are missing.
 */
const trees: fc.Arbitrary<TransitionSystem> = fc
  .tuple(fc.array(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 4 }), kinds)
  .map(([words, kind]) => {
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
    return systemOf(states.size, 4, triples, kind);
  });

export const arbitraryAcyclic = fc.oneof(systems({ states: 6, labels: 4, edges: 9, isAcyclic: true }), trees);
/** A great many histories would take the slow definitions too long. */
const areFew = (system: TransitionSystem): boolean => {
  const small = withinLimits(() => ({ ok: true as const, events: structureOf(system).events }));
  return small.ok && small.events.length <= 25;
};

export const arbitraryCyclic = systems({ states: 4, labels: 3, edges: 6, isAcyclic: false }).filter(areFew);
export const arbitrarySystem = fc.oneof(arbitraryAcyclic, arbitraryCyclic);

/** Two or three small blocks side by side. */
export const arbitraryProduct: fc.Arbitrary<TransitionSystem> = fc
  .array(
    fc.oneof(
      systems({ states: 3, labels: 2, edges: 4, isAcyclic: true }),
      systems({ states: 2, labels: 2, edges: 2, isAcyclic: false }),
    ),
    { minLength: 2, maxLength: 3 },
  )
  .map(beside);

/**
 * The transition systems of random programs as one block, if few paths run through them; without the configurations
 * that packets meet.
 */
export const systemOfProgram: fc.Arbitrary<TransitionSystem> = fc
  .oneof({ weight: 4, arbitrary: arbitraryWritten }, { weight: 1, arbitrary: arbitraryTerm })
  .map((program): TransitionSystem => transitionSystem(program, defaultLimits, true))
  .filter(({ blocks, labels }) => {
    const [{ states, edges }] = blocks as [Block];
    return states.length <= 6 && labels.length <= 4 && edges.length <= 9;
  })
  .filter(areFew);

/** Loops are unrolled to paths of so many edges in these tests, or to as many as the conditions ask for. */
export const unroll = 3;

export const structureOf = (system: TransitionSystem): EventStructure =>
  eventStructure(system, { clock: unroll, paths: unroll }, defaultLimits);

/** Small enough that all subsets of the events can be tried. */
export const isSmall = ({ events }: EventStructure): boolean => events.length <= 7;
