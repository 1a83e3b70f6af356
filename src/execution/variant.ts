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
  /** The items that are put into Q. */
  readonly told: readonly EventSet[];
}

/** A variant of the rules of Figure 6: the parts of the rules in which the variants of spec 3.1 differ. */
export interface Variant {
  /** The tag that IN gives a packet at a switch with this E_n. */
  readonly stamp: (eventSet: EventSet) => EventSet | null;
  /** The set whose configuration processes the copy at a switch with this E_n. */
  readonly processedBy: (copy: Copy, eventSet: EventSet) => EventSet;
  /** SW without the forwarding. `matching` are the ids of the events that the arriving packet matches, ascending. */
  readonly detect: (
    structure: EventStructure,
    eventSet: EventSet,
    digest: EventSet,
    matching: readonly number[],
  ) => Detection;
  /** CTRLRECV: R after an item of Q is taken. */
  readonly receive: (structure: EventStructure, known: EventSet, item: EventSet) => EventSet;
  /** CTRLSEND: what E_n may become. There is one possibility; in `figure6` there is one for each event of R. */
  readonly send: (eventSet: EventSet, known: EventSet) => readonly EventSet[];
}
