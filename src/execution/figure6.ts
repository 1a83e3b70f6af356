import { members, setOf, singleton } from '../events/event-set.js';
import { enables } from '../events/event-structure.js';
import type { Variant } from './variant.js';

/** Figure 6 to the letter (spec 3.1). */
export const figure6: Variant = {
  stamp: (eventSet) => eventSet,
  // The packet's own tag decides; `null` does not occur, since only best-effort leaves a packet without a tag.
  processedBy: (copy, eventSet) => copy.tag ?? eventSet,
  // E' = {e : (E_n ∪ d) ⊢ e and the packet matches e}, events that the switch knows already among them.
  detect: (structure, eventSet, digest, matching) =>
    setOf(matching.filter((e) => enables(structure, eventSet | digest, e))),
  passOn: (eventSet, digest, detected) => digest | eventSet | detected,
  learn: (eventSet, digest, detected) => eventSet | digest | detected,
  // Q receives the events of E' one by one.
  tell: (_structure, _eventSet, _digest, detected) => members(detected).map(singleton),
  receive: (_structure, known, item) => known | item,
  send: (eventSet, known) => members(known).map((e) => eventSet | singleton(e)),
};
