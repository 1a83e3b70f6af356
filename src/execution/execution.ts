import type { ShownHeaders } from '../netkat/fields.js';
import type { Semantics } from './semantics.js';

export type { Semantics } from './semantics.js';

/**
 * How an execution runs: `packets` bounds how many enter (spec 3.2); `controller` false removes CTRLSEND (spec 3.1).
 */
export interface ExecutionOptions {
  readonly semantics: Semantics;
  readonly controller: boolean;
  readonly packets: number;
}

/** An event-set as the JSON writes it: ids of events, ascending (interface.md). */
export type ShownEventSet = readonly number[];

/** A location as the JSON writes it: `switch:port`. */
export type ShownLocation = string;

/** A host sends a packet. `tag` is the event-set that it is stamped with; null in `best-effort`. */
export interface InStep {
  readonly rule: 'IN';
  readonly packet: number;
  readonly at: ShownLocation;
  readonly headers: ShownHeaders;
  readonly tag: ShownEventSet | null;
}

/** A copy that a SW queues. */
export interface ShownOutput {
  readonly port: number;
  readonly headers: ShownHeaders;
  readonly digest: ShownEventSet;
}

/**
 * A switch takes the head packet of the input queue at `at`. `tag` is the set whose configuration processed it (in
 * `best-effort`, the version that the switch used), `detected` is E', `eventSet` is E_n after the step, `outputs` are
 * in the order in which they are queued.
 */
export interface SwitchStep {
  readonly rule: 'SW';
  readonly packet: number;
  readonly at: ShownLocation;
  readonly tag: ShownEventSet;
  readonly digestIn: ShownEventSet;
  readonly detected: ShownEventSet;
  readonly eventSet: ShownEventSet;
  readonly outputs: readonly ShownOutput[];
}

/** The head of the output queue at `from` crosses the link to `to`. */
export interface LinkStep {
  readonly rule: 'LINK';
  readonly packet: number;
  readonly from: ShownLocation;
  readonly to: ShownLocation;
}

/**
 * The head of the output queue at `at` leaves the network. `host` is null at an internal port (`best-effort`, spec
 * 3.1).
 */
export interface OutStep {
  readonly rule: 'OUT';
  readonly packet: number;
  readonly at: ShownLocation;
  readonly host: string | null;
}

/**
 * The controller takes `item` out of Q, into which the SW `steps[told]` had put it (the ≺ of spec 4.1 needs to know
 * `told`).
 */
export interface ReceiveStep {
  readonly rule: 'CTRLRECV';
  readonly item: ShownEventSet;
  readonly told: number;
}

/** The controller informs `switch`, whose set is `eventSet` after the step. */
export interface SendStep {
  readonly rule: 'CTRLSEND';
  readonly switch: number;
  readonly eventSet: ShownEventSet;
}

/** One transition of the network (spec 3), as interface.md writes it. */
export type Step = InStep | SwitchStep | LinkStep | OutStep | ReceiveStep | SendStep;

/** An execution from the initial state on. */
export type Execution = readonly Step[];

/**
 * What an execution can violate (interface.md, last paragraph; spec 4.2). `compiler` is about tables, not about
 * executions.
 */
export type ViolationKind =
  | 'inconsistent'
  | 'undefined-configuration'
  | 'mixture'
  | 'too-early'
  | 'too-late'
  | 'property'
  | 'compiler';

/** By the definition that is broken, an event occurs at the located packet of `steps[step]`. */
export interface Occurred {
  readonly event: number;
  readonly step: number;
}

/** A violation that anyone can re-run by the rules of spec 3: the one type of every counterexample (interface.md). */
export interface Counterexample {
  readonly kind: ViolationKind;
  /** The number of the packet at fault, in the order of entry. */
  readonly packet: number | null;
  readonly event: number | null;
  /** One paragraph in plain words. */
  readonly explanation: string;
  readonly steps: Execution;
  /** For Theorem 1: where the events occur, in that order, whether or not the network notices them. */
  readonly occurrences: readonly Occurred[];
  readonly account?: Account;
  /** Of a property of single configurations, which no execution need show: a packet in a state, and its tree there. */
  readonly inState?: {
    readonly state: readonly number[];
    readonly host: string;
    readonly headers: ShownHeaders;
    /** Null if it is too large to be shown. */
    readonly tree: ShownTree | null;
  };
}

/** A tree of hops (spec 1.4): a hop, whose `next` is empty where the packet is dropped; or an exit. */
export interface ShownTree {
  readonly kind: 'hop' | 'exit';
  readonly at: ShownLocation;
  readonly headers: ShownHeaders;
  readonly next: readonly ShownTree[];
}

/** What is known of an execution besides its steps; it is made for showing the execution. */
export interface Account {
  /** The pairs `a ≺ b` of indices of steps (spec 4.1) that do not follow from other pairs. */
  readonly before: readonly (readonly [number, number])[];
  /** What the controller is told in a step, and what it knows after a CTRLRECV. */
  readonly controller: readonly {
    readonly step: number;
    readonly told: readonly ShownEventSet[];
    readonly known: ShownEventSet | null;
  }[];
  /**
   * The tree that the packet at fault really had; null if no packet is to blame, or if the packet is still on its way.
   */
  readonly happened: ShownTree | null;
  /**
   * The packet's tree under the configuration of each event-set, whether that configuration was allowed to process the
   * packet, and whether the packet really had this tree.
   */
  readonly configurations: readonly {
    readonly eventSet: ShownEventSet;
    readonly allowed: boolean;
    readonly happened: boolean;
    readonly tree: ShownTree;
  }[];
}
