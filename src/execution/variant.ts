import type { EventSet } from '../events/event-set.js';
import type { EventStructure } from '../events/event-structure.js';
import type { Copy } from './state.js';

/**
 * A variant of the rules of Figure 6: the places where spec 3.1 says something of its own. `eventSet` is E_n, `digest` is d,
 * both before the step; `known` is R; `matching` are the events that the arriving packet matches, by id.
 */
export interface Variant {
  /** IN: the tag of a packet that enters at a switch with this E_n. */
  readonly stamp: (eventSet: EventSet) => EventSet | null;
  /** SW: the set whose configuration processes the copy at a switch with this E_n. */
  readonly processedBy: (copy: Copy, eventSet: EventSet) => EventSet;
  /** SW: E', the events that the switch detects. */
  readonly detect: (
    structure: EventStructure,
    eventSet: EventSet,
    digest: EventSet,
    matching: readonly number[],
  ) => EventSet;
  /** SW: the digest of every output. */
  readonly passOn: (eventSet: EventSet, digest: EventSet, detected: EventSet) => EventSet;
  /** SW: E_n after the step. */
  readonly learn: (eventSet: EventSet, digest: EventSet, detected: EventSet) => EventSet;
  /** SW: what is put into Q, item by item. */
  readonly tell: (
    structure: EventStructure,
    eventSet: EventSet,
    digest: EventSet,
    detected: EventSet,
    matching: readonly number[],
  ) => readonly EventSet[];
  /** CTRLRECV: R after an item of Q is taken. */
  readonly receive: (structure: EventStructure, known: EventSet, item: EventSet) => EventSet;
  /** CTRLSEND: what E_n may become; one possibility, but for `figure6`, which chooses one event of R. */
  readonly send: (eventSet: EventSet, known: EventSet) => readonly EventSet[];
}
