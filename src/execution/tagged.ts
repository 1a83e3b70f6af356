import { contains, emptySet, singleton } from '../events/event-set.js';
import { enables, isConsistent } from '../events/event-structure.js';
import { figure6 } from './figure6.js';
import type { Variant } from './variant.js';

/** Figure 6 with two repairs (spec 3.1). */
export const tagged: Variant = {
  ...figure6,
  // Repair (a): only new events, one by one in order of id, as long as they are consistent with each other.
  detect: (structure, eventSet, digest, matching) => {
    const heard = eventSet | digest;
    let detected = emptySet;
    for (const e of matching) {
      const isNew = !contains(heard, e) && enables(structure, heard, e);
      if (isNew && isConsistent(structure, heard | detected | singleton(e))) detected |= singleton(e);
    }
    return detected;
  },
  // Repair (b): the controller is told of the causes too.
  tell: (_structure, eventSet, digest, detected) => (detected === emptySet ? [] : [eventSet | digest | detected]),
  // Repair (b) again: CTRLSEND adds all of R.
  send: (eventSet, known) => [eventSet | known],
};
