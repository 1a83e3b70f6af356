import { contains, emptySet, members, singleton } from '../events/event-set.js';
import { type EventStructure, enables, isConsistent } from '../events/event-structure.js';
import type { Variant } from './variant.js';

/** The first event with the label of an event: how an item of Q names a label (interface.md). */
const firstWithItsLabel = (structure: EventStructure, event: number): number =>
  structure.eventsOf[structure.events[event]!.label]![0]!;

/**
 * Per-packet consistent updates without events in the data plane: packets keep the version of their ingress switch
 * (spec 3.1).
 */
export const twoPhase: Variant = {
  stamp: (eventSet) => eventSet,
  // The packet's own tag decides; `null` does not occur, since only best-effort leaves a packet without a tag.
  processedBy: (copy, eventSet) => copy.tag ?? eventSet,
  // The switch itself detects nothing: it tells the controller, and learns only by CTRLSEND.
  detect: () => emptySet,
  passOn: () => emptySet,
  learn: (eventSet) => eventSet,
  // The controller is told one item for each label, however many events have that label.
  tell: (structure, _eventSet, _digest, _detected, matching) =>
    [...new Set(matching.map((e) => firstWithItsLabel(structure, e)))].map(singleton),
  receive: (structure, known, item) => {
    const label = structure.events[members(item)[0]!]!.label;
    const first = structure.eventsOf[label]!.find(
      (e) => !contains(known, e) && enables(structure, known, e) && isConsistent(structure, known | singleton(e)),
    );
    return first === undefined ? known : known | singleton(first);
  },
  send: (_eventSet, known) => [known],
};

/** No tags: each switch processes each packet by E_n, the version that it was last told (spec 3.1). */
export const bestEffort: Variant = {
  ...twoPhase,
  stamp: () => null,
  processedBy: (_copy, eventSet) => eventSet,
};
