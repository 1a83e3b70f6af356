import type { EventSet } from '../events/event-set.js';
import type { EventStructure } from '../events/event-structure.js';
import type { Copy } from './state.js';

/**
 * A variant of the rules of Figure 6: the parts of the rules in which the variants of spec 3.1 differ. `eventSet` is
 * E_n, `digest` is d, both before the step; `known` is R; `matching` are the ids of the events that the arriving packet
 * matches, ascending.
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
  /** CTRLSEND: what E_n may become. There is one possibility; in `figure6` there is one for each event of R. */
  readonly send: (eventSet: EventSet, known: EventSet) => readonly EventSet[];
}
