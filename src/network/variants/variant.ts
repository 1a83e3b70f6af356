import type { Semantics } from '../../execution/execution.js';
import type { SetId } from '../knowledge.js';

/** What the controller is told by one message: a set of events, or, where switches do not detect events, a label. */
export type Item = number;

/**
 * What the variants of the rules differ in. The rules themselves (which packet moves where) are in `machine.ts`; read a
 * variant beside the paper's Figure 6. `eventSet` is E_n, `digest` is d, both before the step; `known` is R.
 */
export interface Variant {
  readonly name: Semantics;
  /**
   * Whether both repairs of spec 3.1 are made: what a switch knows is consistent and has the causes of all its events,
   * and a CTRLSEND sends all of R. What rests on Lemma 3 asks for it.
   */
  readonly repaired: boolean;
  /** Whose configuration processes a packet: that of its tag, which IN sets to E_n; or that of E_n at each switch. */
  readonly forwardsBy: 'tag' | 'version';
  /** SW: E', the events that the switch detects; `labels` are those that the arriving packet matches. */
  readonly detect: (eventSet: SetId, digest: SetId, labels: readonly number[]) => SetId;
  /** SW: the digest of every output. */
  readonly passOn: (eventSet: SetId, digest: SetId, detected: SetId) => SetId;
  /** SW: E_n after the step. */
  readonly learn: (eventSet: SetId, digest: SetId, detected: SetId) => SetId;
  /** SW: the items put into Q. */
  readonly tell: (eventSet: SetId, digest: SetId, detected: SetId, labels: readonly number[]) => readonly Item[];
  /** CTRLRECV: R after an item is taken. */
  readonly receive: (known: SetId, item: Item) => SetId;
  /** CTRLSEND: what E_n may be after it, one entry a choice. */
  readonly send: (eventSet: SetId, known: SetId) => readonly SetId[];
  /** The events that an item in Q says have happened (Lemma 3 speaks of `Q ∪ R`). */
  readonly says: (item: Item) => SetId;
  /** Whether receiving an item twice is as good as once, so that Q may forget what R covers. */
  readonly itemsAreSets: boolean;
}
