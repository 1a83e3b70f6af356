import type { Machine } from '../network/machine.js';
import type { NetworkState } from '../network/state.js';
import type { Transition } from '../network/steps.js';
import type { Way } from './retrace.js';

/** A way that ends in a goal. */
export interface RandomWalk {
  readonly steps: Way;
  readonly state: NetworkState;
  readonly packets: number;
}

/** Gives a whole number from 0 to below another: the same numbers, in turn, for the same seed. */
export function chance(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    // Marsaglia's xorshift.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/**
 * One execution, each step chosen by chance, up to the first goal, if it comes to one within so many steps. (Without
 * the reduction `symmetry`: every state on the way is one that a network really comes to.)
 */
export function randomWalk(
  machine: Machine,
  packets: number,
  isGoal: (state: NetworkState) => boolean,
  mostSteps: number,
  random: (below: number) => number,
): RandomWalk | undefined {
  const steps: { from: NetworkState; action: Transition }[] = [];
  let versions = 1;
  let left = packets;
  let state: NetworkState = {
    ...machine.initial,
    versions: machine.initial.versions.map((one) => ({ ...one, which: 0 })),
  };
  while (!isGoal(state)) {
    const choices: { next: NetworkState; action: Transition }[] = [];
    machine.proceed(state, (next, action) => choices.push({ next, action }), left);
    if (left > 0 && machine.admits(state))
      machine.enter(state, (next, action) => choices.push({ next, action }), left - 1);
    if (choices.length === 0 || steps.length >= mostSteps) return undefined;
    const { next, action } = choices[random(choices.length)]!;
    if (action.rule === 'IN') left--;
    steps.push({ from: state, action });
    state = { ...next, versions: next.versions.map((one) => ({ ...one, which: one.which ?? versions++ })) };
  }
  return { steps, state, packets: packets - left };
}
