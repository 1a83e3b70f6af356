import type { Knowledge } from '../../network/knowledge.js';
import { type NetworkState, newest } from '../../network/state.js';
import type { Variant } from '../../network/variants/variant.js';

/**
 * Whether a state breaks Lemma 3, global consistency, or its companions (paper §4.3; spec 4.2): the union of all E_n,
 * digests, Q and R is consistent, and every E_n is an event-set. (`con(Q ∪ R)` follows from the first.)
 */
export function breaksLemma3(k: Knowledge, variant: Variant, state: NetworkState): boolean {
  let all = newest(state).set;
  for (const { item } of state.controllerQueue) all = k.union(all, variant.says(item));
  for (const queue of state.queues) for (const { digest } of queue) all = k.union(all, digest);
  for (const eventSet of state.eventSets) {
    if (k.eventSetIndex(eventSet) < 0) return true;
    all = k.union(all, eventSet);
  }
  return !k.isConsistent(all);
}
