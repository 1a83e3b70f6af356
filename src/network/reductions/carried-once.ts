import type { Knowledge } from '../knowledge.js';
import type { Observer } from '../observer.js';
import { type Copy, type NetworkState, put } from '../state.js';

/**
 * Copies in the input queues of a switch without what the switch knows already (part of the reduction `knowledge`):
 * events in their digests that are in E_n, and what happened before both. A step takes the union of the two before it
 * looks at either, and what a switch knows, and what happened before its steps, only grows until then.
 */
export function carriedOnce(
  k: Knowledge,
  observer: Observer,
  switchOf: readonly number[],
): (state: NetworkState) => NetworkState {
  const without = (copy: Copy, state: NetworkState, n: number): Copy => {
    const digest = k.minus(copy.digest, state.eventSets[n]!);
    const ghost = observer.without(copy.ghost, state.ghosts[n]!);
    return digest === copy.digest && ghost === copy.ghost ? copy : { kind: copy.kind, digest, ghost };
  };
  return (state) => {
    let { queues } = state;
    for (let queue = 0; queue < switchOf.length; queue++) {
      const copies = queues[queue]!;
      for (let i = 0; i < copies.length; i++) {
        const lighter = without(copies[i]!, state, switchOf[queue]!);
        if (lighter !== copies[i]) queues = put(queues, queue, put(queues[queue]!, i, lighter));
      }
    }
    return queues === state.queues ? state : { ...state, queues };
  };
}
