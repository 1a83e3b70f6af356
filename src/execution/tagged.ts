import { contains, emptySet, singleton } from '../events/event-set.js';
import { enables, isConsistent } from '../events/event-structure.js';
import { figure6 } from './figure6.js';
import type { Variant } from './variant.js';

/** Figure 6 with two repairs (spec 3.1). */
export const tagged: Variant = {
  ...figure6,
  detect: (structure, eventSet, digest, matching) => {
    const before = eventSet | digest;
    // Repair (a): only new events, one by one in order of id, as long as they are consistent with each other.
    let detected = emptySet;
    for (const e of matching) {
      const isNew = !contains(before, e) && enables(structure, before, e);
      if (isNew && isConsistent(structure, before | detected | singleton(e))) detected |= singleton(e);
    }
    const all = before | detected;
    // Repair (b): the controller is told of the causes too.
    return { detected, digest: all, eventSet: all, told: detected === emptySet ? [] : [all] };
  },
  // Repair (b) again: CTRLSEND adds all of R.
  send: (eventSet, known) => [eventSet | known],
};
