import type { StateVector } from '../../language/program.js';
import type { Result, ShownBlock, ShownEdge } from '../result/result.js';

/** The transition system of a block, or of the whole state. */
export interface Automaton {
  /** The indices of the vector that its states are of. */
  readonly indices: readonly number[];
  /** Whether it is of all indices, so that its states need no names of their own. */
  readonly isWhole: boolean;
  /** The first is the initial one. */
  readonly states: readonly StateVector[];
  readonly edges: readonly ShownEdge[];
}

/** For states that are whole vectors. */
export const wholeName = { isWhole: true, indices: [] } as const;

/**
 * The transition systems of the blocks in which something happens; of the whole state, where blocks are not known or
 * only one of them matters.
 */
export function automataOf(
  { initial, states, edges }: NonNullable<Result['ets']>,
  blocks: readonly ShownBlock[],
): Automaton[] {
  const happening = blocks.filter(({ edges }) => edges.length > 0);
  if (happening.length < 2) {
    const others = states.filter((state) => String(state) !== String(initial));
    return [{ indices: [...initial.keys()], isWhole: true, states: [initial, ...others], edges }];
  }
  return happening.map((block) => ({
    indices: block.indices,
    isWhole: false,
    states: block.states,
    edges: block.edges.map(({ from, to, event }) => {
      const [, formula, at] = /^(.*) at (.*)$/.exec(event)!;
      return { from, to, formula: formula!, at: at! };
    }),
  }));
}

/** Whether an edge of the whole system is one of a block. */
export function isSameEdge({ indices }: Automaton, whole: ShownEdge, edge: ShownEdge): boolean {
  const isPart = (state: StateVector, part: StateVector) => indices.every((index, i) => state[index] === part[i]);
  return (
    whole.formula === edge.formula && whole.at === edge.at && isPart(whole.from, edge.from) && isPart(whole.to, edge.to)
  );
}
