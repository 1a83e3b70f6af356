import { LimitReached } from '../base/limits.js';
import { outgoingEdges } from './components.js';
import type { AreAlike } from './conditions.js';
import type { Block, TransitionSystem } from './transition-system.js';

/** Two states of a block between which there is no difference: neither in configurations nor in what can follow. */
export interface AlikeStates {
  readonly block: Block;
  /** By their indices; the first is the nearer to the initial state. */
  readonly states: readonly [number, number];
}

/** Configurations of so many pairs of states of a block are compared; beyond that, no states are said to be alike. */
const maxPairs = 100;

/** For each state that is like an earlier one of its block, the two. */
export function alikeStates({ blocks }: TransitionSystem, areAlike: AreAlike): AlikeStates[] {
  return blocks.flatMap((block) => {
    const classes = classesOf(block, areAlike);
    return block.states.flatMap((_, state): AlikeStates[] => {
      const first = classes.indexOf(classes[state]!);
      return first < state ? [{ block, states: [first, state] }] : [];
    });
  });
}

/** The coarsest partition in which states of one class have equal configurations, and edges to the same classes. */
function classesOf(block: Block, areAlike: AreAlike): readonly number[] {
  const alone = [...block.states.keys()];
  let classes = refined(
    block,
    block.states.map(() => 0),
  );
  let pairs = 0;
  for (;;) {
    const leaders: number[] = [];
    const compared = classes.map((own, state): number => {
      const before = leaders.filter((leader) => classes[leader] === own);
      const same = before.find((leader) => {
        pairs++;
        return pairs <= maxPairs && isSame(block, areAlike, leader, state);
      });
      if (same === undefined) leaders.push(state);
      return same ?? state;
    });
    if (pairs > maxPairs) return alone;
    const next = refined(block, compared);
    if (new Set(next).size === new Set(classes).size) return next;
    classes = next;
  }
}

/** Whether two states have equal configurations; a limit that is met must not hide what else there is to say. */
function isSame(block: Block, areAlike: AreAlike, a: number, b: number): boolean {
  try {
    return areAlike(block, a, b);
  } catch (error) {
    if (error instanceof LimitReached) return false;
    throw error;
  }
}

/** Splits classes until states of one class have edges with the same labels to the same classes. */
function refined(block: Block, start: readonly number[]): readonly number[] {
  const outgoing = outgoingEdges(block);
  let classes = start;
  for (let size = 0; ; ) {
    const names = new Map<string, number>();
    classes = block.states.map((_, state) => {
      const edges = outgoing[state]!.map(({ label, to }) => `${label}>${classes[to]}`);
      const key = `${classes[state]}|${[...new Set(edges)].sort()}`;
      const name = names.get(key) ?? state;
      names.set(key, name);
      return name;
    });
    if (names.size === size) return classes;
    size = names.size;
  }
}
