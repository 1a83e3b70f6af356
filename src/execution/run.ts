import type { Taken } from './rules.js';
import { type NetworkState, noPacketUnderWay, type Setting } from './state.js';

/** An execution that the rules allow, with everything that the rules know of it: what the definitions read (spec 4). */
export interface Run {
  readonly setting: Setting;
  /** `states[0]` is the initial state, `states[i + 1]` the one after `taken[i]`. */
  readonly states: readonly NetworkState[];
  readonly taken: readonly Taken[];
  /** All input and output queues are empty: no packet is on its way. */
  readonly complete: boolean;
  /** Q is empty too. Emptying it by CTRLRECV changes no verdict: nothing follows that a CTRLRECV could be before. */
  readonly drained: boolean;
}

/**
 * What a step costs, so that a cheapest execution is a shortest one: for a complete execution every LINK, OUT and
 * CTRLRECV that a SW entails is counted with it, where they are no steps of their own, and CTRLRECV always, since Q is to be
 * emptied; for one that may stop anywhere, only what was needed to come there.
 */
export type Charge = 'complete' | 'prefix';

/** The run of these states and steps. */
export function runOf(setting: Setting, states: readonly NetworkState[], taken: readonly Taken[]): Run {
  const last = states[states.length - 1]!;
  const complete = noPacketUnderWay(last);
  return { setting, states, taken, complete, drained: complete && last.controllerQueue.length === 0 };
}
