import { type Knowledge, nothing } from '../knowledge.js';
import type { Variant } from './variant.js';

/** The rules of the paper's Figure 6, to the letter (spec 3.1). */
export function figure6(k: Knowledge): Variant {
  return {
    name: 'figure6',
    repaired: false,
    forwardsBy: 'tag',

    // E' = {e : (E_n ∪ d) ⊢ e and the packet matches e}: events that the switch knows already are among them, and
    // nothing asks whether E' is consistent.
    detect: (eventSet, digest, labels) => {
      const heard = k.union(eventSet, digest);
      let detected = nothing;
      for (const event of k.eventsOf(labels, heard)) if (k.enables(heard, event)) detected = k.add(detected, event);
      return detected;
    },
    passOn: (eventSet, digest, detected) => k.union(k.union(digest, eventSet), detected),
    learn: (eventSet, digest, detected) => k.union(k.union(eventSet, digest), detected),

    // Q receives the events of E' one by one.
    tell: (_eventSet, _digest, detected) => events(k, detected),
    receive: (known, item) => k.union(known, item),
    // CTRLSEND adds any one event of R.
    send: (eventSet, known) => events(k, known).map((event) => k.union(eventSet, event)),
    says: (item) => item,
    itemsAreSets: true,
  };
}

/** The members of a set, each as a set of its own. */
const events = (k: Knowledge, set: number): number[] =>
  k.structure.events.filter(({ id }) => k.has(set, id)).map(({ id }) => k.add(nothing, id));
