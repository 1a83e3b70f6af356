import type { EventSet } from '../events/event-set.js';
import type { EventStructure } from '../events/event-structure.js';
import type { Copy } from './state.js';

/** What a switch detects, carries and tells when it takes a packet: what SW asks of a variant. */
export interface Detection {
  /** E'. */
  readonly detected: EventSet;
  /** The digest of every output. */
  readonly digest: EventSet;
  /** E_n after the step. */
  readonly eventSet: EventSet;
  /** What is put into Q, item by item. */
  readonly told: readonly EventSet[];
}

/** A variant of the rules of Figure 6: the places where spec 3.1 says something of its own. */
export interface Variant {
  /** The tag that IN gives a packet at a switch with this E_n. */
  readonly stamp: (eventSet: EventSet) => EventSet | null;
  /** The set whose configuration processes the copy at a switch with this E_n. */
  readonly processedBy: (copy: Copy, eventSet: EventSet) => EventSet;
  /** SW, but for the forwarding. `matching` are the events that the arriving packet matches, by id. */
  readonly detect: (
    structure: EventStructure,
    eventSet: EventSet,
    digest: EventSet,
    matching: readonly number[],
  ) => Detection;
  /** CTRLRECV: R after an item of Q is taken. */
  readonly receive: (structure: EventStructure, known: EventSet, item: EventSet) => EventSet;
  /** CTRLSEND: what E_n may become; one possibility, but for `figure6`, which chooses one event of R. */
  readonly send: (eventSet: EventSet, known: EventSet) => readonly EventSet[];
}
