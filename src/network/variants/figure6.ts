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
    detect: (known, digest, labels) => {
      const heard = k.union(known, digest);
      let detected = nothing;
      for (const event of k.eventsOf(labels, heard)) if (k.enables(heard, event)) detected = k.add(detected, event);
      return detected;
    },
    passOn: (known, digest, detected) => k.union(k.union(digest, known), detected),
    learn: (known, digest, detected) => k.union(k.union(known, digest), detected),

    // Q receives the events of E' one by one.
    tell: (_known, _digest, detected) => events(k, detected),
    receive: (controller, item) => k.union(controller, item),
    // CTRLSEND adds any one event of R.
    inform: (known, controller) => events(k, controller).map((event) => k.union(known, event)),
    says: (item) => item,
    itemsAreSets: true,
  };
}

/** The members of a set, each as a set of its own. */
const events = (k: Knowledge, set: number): number[] =>
  k.structure.events.filter(({ id }) => k.has(set, id)).map(({ id }) => k.add(nothing, id));
