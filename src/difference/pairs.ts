import { checkTime, LimitReached, type Limits } from '../base/limits.js';
import { compareNumberLists } from '../events/event-set.js';
import type { Block, Edge, TransitionSystem } from '../events/transition-system.js';
import type { StateVector } from '../language/program.js';
import { compareLocations } from '../netkat/topology.js';
import { type Box, overlap, packetOutside, sameBox, type Which } from './joint-fields.js';

/** A transition system with the packets of each of its labels. */
export interface Side {
  readonly system: TransitionSystem;
  /** By label. */
  readonly boxes: readonly Box[];
}

export type Sides = Readonly<Record<Which, Side>>;

export const otherSide: Readonly<Record<Which, Which>> = { old: 'new', new: 'old' };

/** States of the blocks of a part, by their indices, in the order of the blocks. */
type Tuple = readonly number[];

/**
 * What two programs can be in after the same labels: of each the states in which paths with these labels end. (They are
 * several only where edges with one label leave one state; then they have equal configurations, spec 2.2.)
 */
export interface Pair {
  readonly states: Readonly<Record<Which, readonly Tuple[]>>;
  /** The labels on a shortest path to the pair, as labels of the old program. */
  readonly path: readonly number[];
}

/** A label of one program that leaves a pair, and that the other one does not have there. */
export interface LabelDifference {
  readonly pair: Pair;
  readonly which: Which;
  readonly label: number;
  /** A label of the other program that overlaps, if every packet of the label matches one of them. */
  readonly overlaps: number | undefined;
  /** A packet, as an index of a value for each joint field. */
  readonly packet: readonly number[];
  /** Whose label the packet matches. */
  readonly matches: Which;
}

/**
 * A part of the state of two programs: blocks of either with what they have labels in common with. Each part moves by
 * itself, so that the pairs of two programs are the product of those of the parts, which is never listed.
 */
export interface StatePart {
  readonly blocks: Readonly<Record<Which, readonly Block[]>>;
  /** Breadth first. */
  readonly pairs: readonly Pair[];
  readonly labels: readonly LabelDifference[];
}

/**
 * Pairs the states of two transition systems from the initial ones on, label by label (spec 7). @throws LimitReached
 */
export function pairStates(sides: Sides, limits: Pick<Limits, 'states' | 'deadline'>): StatePart[] {
  const equals = equalLabels(sides);
  const blocks = { old: sides.old.system.blocks, new: sides.new.system.blocks };
  /** Blocks by their numbers, those of the new program after those of the old. */
  const all = [...blocks.old, ...blocks.new];
  const blockOf = { old: ownersOf(blocks.old, 0), new: ownersOf(blocks.new, blocks.old.length) };
  const root = all.map((_, i) => i);
  const find = (i: number): number => (root[i] === i ? i : find(root[i]!));
  const join = (a: number, b: number): void => {
    const [least, most] = [find(a), find(b)].sort((x, y) => x - y);
    root[most!] = least!;
  };
  for (const [old, label] of equals.old) join(blockOf.old.get(old)!, blockOf.new.get(label)!);
  for (;;) {
    const groups = new Map<number, number[]>();
    for (const i of all.keys()) groups.set(find(i), [...(groups.get(find(i)) ?? []), i]);
    const parts = [...groups.values()].map((own) =>
      exploredPart(sides, equals, limits, {
        old: own.filter((i) => i < blocks.old.length).map((i) => all[i]!),
        new: own.filter((i) => i >= blocks.old.length).map((i) => all[i]!),
      }),
    );
    // Whether a packet matches another label of the other program is a matter of that label's block too.
    let isStable = true;
    for (const { labels } of parts)
      for (const { which, label } of labels)
        for (const one of overlapping(sides, which, label)) {
          const [a, b] = [blockOf[which].get(label)!, blockOf[otherSide[which]].get(one)!];
          if (find(a) === find(b)) continue;
          join(a, b);
          isStable = false;
        }
    if (isStable) return parts;
  }
}

/** For each label of either program the label of the other one with the same packets at the same place. */
function equalLabels({ old, new: now }: Sides): Readonly<Record<Which, ReadonlyMap<number, number>>> {
  const equals = { old: new Map<number, number>(), new: new Map<number, number>() };
  for (const [i, a] of old.system.labels.entries())
    for (const [j, b] of now.system.labels.entries())
      if (compareLocations(a.at, b.at) === 0 && sameBox(old.boxes[i]!, now.boxes[j]!)) {
        equals.old.set(i, j);
        equals.new.set(j, i);
      }
  return equals;
}

/** The block that has each label. */
const ownersOf = (blocks: readonly Block[], first: number): ReadonlyMap<number, number> =>
  new Map(blocks.flatMap(({ edges }, i) => edges.map(({ label }) => [label, first + i] as const)));

/** The labels of the other program at the same place that a packet of a label can match too. */
function overlapping(sides: Sides, which: Which, label: number): number[] {
  const [own, other] = [sides[which], sides[otherSide[which]]];
  return [...other.system.labels.keys()].filter(
    (one) =>
      compareLocations(other.system.labels[one]!.at, own.system.labels[label]!.at) === 0 &&
      overlap(own.boxes[label]!, other.boxes[one]!),
  );
}

function exploredPart(
  sides: Sides,
  equals: ReturnType<typeof equalLabels>,
  limits: Pick<Limits, 'states' | 'deadline'>,
  blocks: StatePart['blocks'],
): StatePart {
  const steps = { old: stepper(blocks.old), new: stepper(blocks.new) };
  const pairs: Pair[] = [{ states: { old: [blocks.old.map(() => 0)], new: [blocks.new.map(() => 0)] }, path: [] }];
  const seen = new Set([keyOf(pairs[0]!)]);
  const labels: LabelDifference[] = [];
  for (const pair of pairs) {
    checkTime(limits);
    const leaving = { old: steps.old.labels(pair.states.old), new: steps.new.labels(pair.states.new) };
    for (const label of leaving.old) {
      const equal = equals.old.get(label);
      if (equal === undefined || !leaving.new.includes(equal)) continue;
      const next: Pair = {
        states: { old: steps.old.after(pair.states.old, label), new: steps.new.after(pair.states.new, equal) },
        path: [...pair.path, label],
      };
      const key = keyOf(next);
      if (seen.has(key)) continue;
      seen.add(key);
      if (pairs.push(next) > limits.states)
        throw new LimitReached(
          `more than ${limits.states.toLocaleString('en')} pairs of states of blocks that the two programs have in common`,
        );
    }
    for (const which of ['old', 'new'] as const)
      for (const label of leaving[which]) {
        const equal = equals[which].get(label);
        const theirs = leaving[otherSide[which]];
        if (equal === undefined || !theirs.includes(equal)) labels.push(lonely(sides, pair, { which, label, theirs }));
      }
  }
  return { blocks, pairs, labels };
}

/** A label that leaves a pair on one side alone: what tells it from the labels of the other side. */
function lonely(
  sides: Sides,
  pair: Pair,
  { which, label, theirs }: { readonly which: Which; readonly label: number; readonly theirs: readonly number[] },
): LabelDifference {
  const [own, other] = [sides[which], sides[otherSide[which]]];
  const box = own.boxes[label]!;
  const near = overlapping(sides, which, label).filter((one) => theirs.includes(one));
  const difference = { pair, which, label };
  const boxes = near.map((one) => other.boxes[one]!);
  const unmatched = packetOutside(box, boxes);
  if (unmatched) return { ...difference, overlaps: undefined, packet: unmatched, matches: which };
  for (const [i, one] of near.entries()) {
    const mine = packetOutside(box, [boxes[i]!]);
    if (mine) return { ...difference, overlaps: one, packet: mine, matches: which };
    const foreign = packetOutside(boxes[i]!, [box]);
    if (foreign) return { ...difference, overlaps: one, packet: foreign, matches: otherSide[which] };
  }
  throw new Error('assertion: a label that equals none of the others differs from each that it overlaps');
}

/** Steps of some blocks together: one block takes an edge, the others stay. */
function stepper(blocks: readonly Block[]) {
  const outgoing = blocks.map(({ states, edges }) => {
    const from: Edge[][] = states.map(() => []);
    for (const edge of edges) from[edge.from]!.push(edge);
    return from;
  });
  const edgesOf = (tuple: Tuple, i: number): readonly Edge[] => outgoing[i]![tuple[i]!]!;
  return {
    /** The labels of edges that leave any of some states, ascending. */
    labels: (tuples: readonly Tuple[]): number[] => {
      const labels = tuples.flatMap((tuple) => tuple.flatMap((_, i) => edgesOf(tuple, i).map(({ label }) => label)));
      return [...new Set(labels)].sort((a, b) => a - b);
    },
    /** The states to which edges with a label lead from any of some states. */
    after: (tuples: readonly Tuple[], label: number): Tuple[] => {
      const next = tuples.flatMap((tuple) =>
        tuple.flatMap((_, i) =>
          edgesOf(tuple, i)
            .filter((edge) => edge.label === label)
            .map(({ to }) => tuple.with(i, to)),
        ),
      );
      return [...new Map(next.map((tuple) => [String(tuple), tuple])).values()].sort(compareNumberLists);
    },
  };
}

const keyOf = ({ states }: Pair): string => `${states.old.join('|')} ${states.new.join('|')}`;

/** The state of a block in a pair, as its part of the vector: the first of those in which paths end. */
export const partIn = ({ blocks }: StatePart, { states }: Pair, which: Which, block: number): StateVector =>
  blocks[which][block]!.states[states[which][0]![block]!]!;
