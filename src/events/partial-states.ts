import { checkTime, LimitReached, type Limits } from '../base/limits.js';
import type { StateVector } from '../language/program.js';
import { undetermined } from '../netkat/fields.js';
import type { Block, TransitionSystem } from './transition-system.js';

/**
 * A vector of which some components are not known: for each component the index of its value among those that it can
 * take, or `undetermined`.
 */
export type PartialState = readonly number[];

/** For each component the values that it has in reachable states, ascending. */
export type ComponentValues = readonly (readonly number[])[];

export const reachableValues = ({ initial, blocks }: TransitionSystem): ComponentValues => {
  const blockOf = blocksByIndex(blocks);
  return initial.map((value, index) => {
    const block = blockOf.get(index);
    const place = block?.indices.indexOf(index) ?? 0;
    return [...new Set(block ? block.states.map((part) => part[place]!) : [value])].sort((a, b) => a - b);
  });
};

/** The block of each index of the vector. */
const blocksByIndex = (blocks: readonly Block[]): ReadonlyMap<number, Block> =>
  new Map(blocks.flatMap((block) => block.indices.map((index) => [index, block] as const)));

/** Whether a partial state stands for some reachable state of a block. */
export const isReachable = (values: ComponentValues, block: Block, state: PartialState): boolean =>
  block.indices.every((index) => state[index] === undetermined) ||
  block.states.some((part) => agrees(values, block, part, state));

/** Whether a state of a block is one of those for which a partial state stands. */
export const agrees = (
  values: ComponentValues,
  { indices }: Pick<Block, 'indices'>,
  part: StateVector,
  state: PartialState,
): boolean => indices.every((index, i) => state[index] === undetermined || values[index]![state[index]!] === part[i]);

/**
 * Splits the states of a system into the fewest parts on which `ask` needs no further component: it answers with the
 * component that it needs, or undefined. Blocks for which nothing asks do not multiply. @throws LimitReached
 */
export function splitStates(
  { blocks }: TransitionSystem,
  values: ComponentValues,
  limits: Pick<Limits, 'packetClasses' | 'deadline'>,
  ask: (state: PartialState) => number | undefined,
): void {
  const blockOf = blocksByIndex(blocks);
  let settled = 0;
  const work: PartialState[] = [values.map(() => undetermined)];
  for (let state = work.pop(); state; state = work.pop()) {
    checkTime(limits);
    const component = ask(state);
    if (component === undefined) settled++;
    else
      for (let value = values[component]!.length - 1; value >= 0; value--) {
        const next = state.with(component, value);
        if (isReachable(values, blockOf.get(component)!, next)) work.push(next);
      }
    if (settled + work.length > limits.packetClasses)
      throw new LimitReached(`more than ${limits.packetClasses} states that one packet tells apart`);
  }
}
