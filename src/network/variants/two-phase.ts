import { type Knowledge, nothing } from '../knowledge.js';
import type { Variant } from './variant.js';

/**
 * Per-packet consistent updates without events in the data plane (spec 3.1; Reitblatt et al., the paper's [31]):
 * E_n is the version that the switch was last told.
 */
export function twoPhase(k: Knowledge): Variant {
  return {
    name: 'two-phase',
    repaired: false,
    forwardsBy: 'tag',
    detect: () => nothing,
    passOn: () => nothing,
    learn: (eventSet) => eventSet,

    // One item for each label that the packet matches, whatever is known of its events.
    tell: (_eventSet, _digest, _detected, labels) => labels,
    receive: (known, label) => {
      for (const event of k.eventsOf([label], known)) {
        if (k.has(known, event) || !k.enables(known, event)) continue;
        const grown = k.add(known, event);
        if (k.isConsistent(grown)) return grown;
      }
      return known;
    },
    send: (_eventSet, known) => [known],
    says: () => nothing,
    itemsAreSets: false,
  };
}
