import { type Knowledge, nothing } from '../knowledge.js';
import { figure6 } from './figure6.js';
import type { Variant } from './variant.js';

/** Figure 6 with two repairs (spec 3.1): the rules that the compiler implements. */
export function tagged(k: Knowledge): Variant {
  const figure = figure6(k);
  return {
    ...figure,
    name: 'tagged',
    repaired: true,

    // Repair (a): one event at a time in order of id, only new ones, and only while all stay consistent, since ⊢ does
    // not imply consistency.
    detect: (eventSet, digest, labels) => {
      const heard = k.union(eventSet, digest);
      let detected = nothing;
      let all = heard;
      for (const event of k.eventsOf(labels, heard)) {
        if (k.has(heard, event) || !k.enables(heard, event)) continue;
        const grown = k.add(all, event);
        if (!k.isConsistent(grown)) continue;
        detected = k.add(detected, event);
        all = grown;
      }
      return detected;
    },

    // Repair (b): the controller is told the whole set, and CTRLSEND adds all of R, since a switch that hears of an
    // event without its causes has no configuration.
    tell: (eventSet, digest, detected) => (detected === nothing ? [] : [figure.learn(eventSet, digest, detected)]),
    send: (eventSet, known) => [k.union(eventSet, known)],
  };
}
