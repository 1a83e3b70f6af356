import type { Taken } from './rules.js';
import { type NetworkState, noPacketUnderWay, type Setting } from './state.js';

/** An execution that the rules allow, with all its states and transitions. The definitions of spec 4 read this. */
export interface Run {
  readonly setting: Setting;
  /** `states[0]` is the initial state, `states[i + 1]` the one after `taken[i]`. */
  readonly states: readonly NetworkState[];
  readonly taken: readonly Taken[];
  /** All input and output queues are empty: no packet is on its way. */
  readonly complete: boolean;
  /**
   * The run is complete and Q is empty too. To empty Q by CTRLRECV changes no verdict: no step follows that such a
   * CTRLRECV could be ≺.
   */
  readonly drained: boolean;
}

/**
 * How steps are counted, so that a cheapest execution is a shortest one. In a `complete` execution every LINK, OUT and
 * CTRLRECV that a SW entails is counted with that SW where it is no step of its own, and every CTRLRECV is counted,
 * since Q is to be emptied. In a `prefix`, which may stop anywhere, only what was needed to come there is counted.
 */
export type Charge = 'complete' | 'prefix';

/** The run of these states and steps. */
export function runOf(setting: Setting, states: readonly NetworkState[], taken: readonly Taken[]): Run {
  const last = states[states.length - 1]!;
  const complete = noPacketUnderWay(last);
  return { setting, states, taken, complete, drained: complete && last.controllerQueue.length === 0 };
}
