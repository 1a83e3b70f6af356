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
    learn: (version) => version,

    // One item for each label that the packet matches, whatever is known of its events.
    tell: (_known, _digest, _detected, labels) => labels,
    receive: (controller, label) => {
      for (const event of k.eventsOf([label], controller)) {
        if (k.has(controller, event) || !k.enables(controller, event)) continue;
        const grown = k.add(controller, event);
        if (k.isConsistent(grown)) return grown;
      }
      return controller;
    },
    inform: (_version, controller) => [controller],
    says: () => nothing,
    itemsAreSets: false,
  };
}
