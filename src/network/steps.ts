import type { Charge } from '../execution/run.js';
import type { Knowledge } from './knowledge.js';
import type { Observer } from './observer.js';
import type { PacketSpace } from './packet-space.js';
import type { Reductions } from './reductions/reductions.js';
import type { NetworkState } from './state.js';
import type { Variant } from './variants/variant.js';

/**
 * One transition, by indices that mean something only in the state it is taken from: for SW, the alternative of
 * `PacketSpace.forward`; for LINK, the input queue at its far end; for CTRLRECV, the place in Q; for CTRLSEND, the
 * version sent, and E_n after it.
 */
export type Transition =
  | { readonly rule: 'IN'; readonly ingress: number }
  | { readonly rule: 'SW'; readonly queue: number; readonly alternative: number }
  | { readonly rule: 'LINK'; readonly queue: number }
  | { readonly rule: 'OUT' }
  | { readonly rule: 'CTRLRECV'; readonly place: number }
  | { readonly rule: 'CTRLSEND'; readonly switch: number; readonly version: number; readonly eventSet: number };

/** Is called for each step that the rules allow, with the state that it leads to and its cost. */
export type EmitTransition = (next: NetworkState, action: Transition, cost: number) => void;

/** `by` is the automorphism that has renamed what the step leads to, 0 for none (symmetry.ts). */
export type Emit = (next: NetworkState, action: Transition, cost: number, by: number) => void;

export interface MachineSetting {
  readonly knowledge: Knowledge;
  readonly variant: Variant;
  readonly space: PacketSpace;
  readonly switches: readonly number[];
  /** Whether there are CTRLSEND steps (spec 3.1). */
  readonly controller: boolean;
  readonly observer: Observer;
  readonly charge: Charge;
  readonly reductions: Reductions;
  /**
   * Whether, once no packet enters any more, an execution is decided where the observer has nothing left to watch and
   * nobody listens. It is false where loops are unrolled up to a bound, since executions past it must be noticed, and
   * for Lemma 3 under `figure6`, since there the controller can break it.
   */
  readonly endsEarly: boolean;
  /** Whether nothing that follows a state is looked for, if no packet enters any more. */
  readonly isOver?: (state: NetworkState) => boolean;
  /** Whether tables are compared with the rules in every state, so that steps count by themselves. */
  readonly compares: boolean;
}
