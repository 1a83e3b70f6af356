import type { Covered, LimitName } from '../../engines/verdict.js';
import type { Counterexample, Semantics, ShownEventSet, ShownLocation } from '../../execution/execution.js';
import type { ReplayVerdict } from '../../execution/replay-verdict.js';
import type { StateVector } from '../../language/program.js';
import type { Field, ShownHeaders } from '../../netkat/fields.js';
import type { Tables } from '../../tables/tables.js';
import type { ByCheck } from '../../theorems/checks.js';

/** Why a program is rejected, in the order of precedence (interface.md). */
export type RejectionCode =
  | 'syntax'
  | 'name'
  | 'topology'
  | 'egress'
  | 'forwarding-loop'
  | 'cycle'
  | 'undetermined'
  | 'incomplete'
  | 'nonlocal';

export interface ShownEdge {
  readonly from: StateVector;
  readonly to: StateVector;
  readonly formula: string;
  readonly at: ShownLocation;
}

export interface ShownEvent {
  readonly id: number;
  readonly formula: string;
  readonly at: ShownLocation;
  readonly occurrence: number;
  /** The switch whose clock the event belongs to; absent if it belongs to none (spec 2.5). */
  readonly clock?: number;
  /** Of an event named by its history: the history's length, and the id of the event before it in it. */
  readonly time?: number;
  readonly after?: number | null;
}

/** A block of the state (spec 2.4). */
export interface ShownBlock {
  readonly indices: readonly number[];
  /** The switches of its events, ascending. */
  readonly switches: readonly number[];
  readonly ordered: boolean;
  readonly clock: number | null;
  /** Its part of the state vector. */
  readonly states: readonly StateVector[];
  readonly edges: readonly { readonly from: StateVector; readonly to: StateVector; readonly event: string }[];
  /** The ids of its events. */
  readonly events: ShownEventSet;
  /** F of the block alone, as far as it is listed. */
  readonly eventSets: readonly ShownEventSet[];
  /** Its part of the vector after each of these event-sets. */
  readonly g: readonly StateVector[];
  /** False where the list of event-sets stops before its end. */
  readonly complete?: boolean;
}

/** What breaks a condition, by its code. */
export type RejectionDetails =
  | {
      /** syntax, name, topology: every diagnostic of the file. */
      readonly diagnostics: readonly {
        readonly code: string;
        readonly rule: string;
        readonly message: string;
        readonly line: number;
        readonly column: number;
      }[];
    }
  | {
      /** egress, forwarding-loop: a packet's way, in one state. */
      readonly state: StateVector;
      readonly host: string;
      readonly path: readonly { readonly at: ShownLocation; readonly headers: ShownHeaders }[];
      readonly finishes: ShownLocation | null;
    }
  /** cycle: the states of a component, and two events of it at different switches. */
  | { readonly states: readonly StateVector[]; readonly edges: readonly [ShownEdge, ShownEdge] }
  /** undetermined: one set of events, two paths that collect it. */
  | { readonly set: readonly ShownEvent[]; readonly paths: readonly [readonly ShownEdge[], readonly ShownEdge[]] }
  | {
      /** incomplete: two sets of F within a third, whose union is not in F. */
      readonly sets: readonly [readonly ShownEvent[], readonly ShownEvent[]];
      readonly union: readonly ShownEvent[];
      readonly upper: readonly ShownEvent[];
    }
  /** nonlocal: a minimally inconsistent set, and the switches of its events. */
  | { readonly set: readonly ShownEvent[]; readonly switches: readonly number[] }
  /** nonlocal, of an `ordered` block: two of its events at different switches. */
  | { readonly edges: readonly [ShownEdge, ShownEdge]; readonly switches: readonly number[] };

export interface Rejection {
  readonly code: RejectionCode;
  readonly message: string;
  /** From 1; null where no one place of the text is to blame. */
  readonly line: number | null;
  readonly column: number | null;
  readonly details: RejectionDetails;
}

/** What executions within the bounds use of a program, and what any packet can. */
export interface ProgramCoverage {
  /** How many packets enter at most. */
  readonly packets: number;
  /** Whether all executions with so many packets were explored; else more may happen in them. */
  readonly complete: boolean;
  /** Those that happen in no execution that was explored. */
  readonly events: { readonly all: number; readonly never: ShownEventSet };
  /** Those by which switches go in some. */
  readonly states: { readonly all: number; readonly used: readonly StateVector[] };
  /** Those whose own branch no packet can ever run. */
  readonly edges: { readonly all: number; readonly unused: readonly ShownEdge[] };
  /** Where those branches of the policy begin that no packet can ever run. */
  readonly branches: {
    readonly all: number;
    readonly unused: readonly { readonly line: number; readonly column: number }[];
  };
}

/** The verdict on one check. `why` and `limit` are there where the status is `unknown`. */
export interface ShownCheck {
  readonly status: 'proved' | 'holds' | 'violated' | 'unknown';
  readonly states: number;
  readonly counterexample: Counterexample | null;
  /**
   * How far a check that is proved was explored all the same, to test proof and exploration by each other; absent if it
   * was not.
   */
  readonly crossCheck?: {
    /** Every execution with at most this many packets was explored; null if not even those without any. */
    readonly packets: number | null;
    readonly states: number;
    /** Whether it came to its end: all executions within the bounds. */
    readonly complete: boolean;
  };
  /** What was covered, if an exploration has come to its end. */
  readonly covered?: Covered;
  readonly limit?: LimitName;
  readonly why?: string;
  /** What switches did with the counterexample, once it has been replayed on them. */
  readonly replay?: ReplayVerdict;
  /**
   * If a proof was tried and the check only `holds`, why it is not `proved`; if it is `proved`, which part of the claim
   * the proof leaves out.
   */
  readonly unproved?: string;
  /** Of a property: that nothing of which it demands anything occurs in any execution that was explored. */
  readonly vacuous?: true;
  /** Of a property: that no packet can break it in any configuration, however many packets enter. */
  readonly always?: true;
  /** Of a property of configurations: how many trees were looked at, each for all packets that nothing tells apart. */
  readonly trees?: number;
  /** Of a property, if it was asked for: an execution that satisfies its premise and keeps it (`--witness`). */
  readonly witness?: ShownWitness;
}

/** An execution that shows that a property demands something, and that it is met; or why there is none. */
export type ShownWitness =
  | (Pick<Counterexample, 'steps' | 'account'> & { readonly status: 'found' })
  | { readonly status: 'none' }
  | { readonly status: 'unknown'; readonly why: string };

/**
 * The verdict on what switches run: whether the tables do what the rules over configurations do. `obligations` is how
 * many claims were put to Z3.
 */
export interface ShownTablesCheck {
  readonly status: 'proved' | 'violated' | 'unknown';
  readonly obligations: number;
  /**
   * A counterexample of the kind `compiler`: an execution whose last step the tables take otherwise. It has no steps if
   * no such execution is known.
   */
  readonly counterexample: Counterexample | null;
  /** Why the status is `unknown`, if it is. */
  readonly why?: string;
}

/** An execution that breaks nothing, for comparison: the packets enter that break another result of the program. */
export interface Replay extends Pick<Counterexample, 'packet' | 'explanation' | 'steps' | 'account'> {
  /** The semantics of the result whose packets these are. */
  readonly follows: Semantics;
}

/**
 * What there is to say of one program: the JSON of interface.md, to the letter, with some keys more. Reports are made
 * from it alone.
 */
export interface Result {
  readonly tool: { readonly name: 'snk-verify'; readonly version: string };
  readonly program: {
    readonly file: string;
    readonly sha256: string;
    /** The program's text, to which all its places refer; absent if it is very long. */
    readonly text?: string;
    /** The links of the text that give rise to edges of the transition system, in UTF-16 units of `text`. */
    readonly links?: readonly { readonly start: number; readonly end: number; readonly edges: readonly number[] }[];
  };
  readonly rejected: Rejection | null;
  /** Why nothing is known of the program: its file cannot be read. Then there are no checks. */
  readonly error?: { readonly message: string };
  /** What the program declares, and the header fields by which its packets are told apart. */
  readonly network?: {
    readonly switches: readonly number[];
    readonly hosts: readonly {
      readonly name: string;
      readonly at: ShownLocation;
      readonly ip: string;
      readonly mac: string;
    }[];
    /** One-way links. */
    readonly links: readonly { readonly from: ShownLocation; readonly to: ShownLocation }[];
    readonly fields: readonly Field[];
  };
  /** Where things stand in the text, from 1, columns in code points. */
  readonly places?: {
    readonly policy: { readonly line: number; readonly column: number };
    /** Declarations of hosts, by their ports. */
    readonly hosts: readonly { readonly at: ShownLocation; readonly line: number; readonly column: number }[];
    /** The links of the policy, by occurrence. */
    readonly links: readonly {
      readonly from: ShownLocation;
      readonly to: ShownLocation;
      readonly line: number;
      readonly column: number;
    }[];
  };
  readonly ets?: {
    readonly initial: StateVector;
    readonly states: readonly StateVector[];
    readonly edges: readonly ShownEdge[];
    /** False where the lists stop before their end. */
    readonly complete?: boolean;
  };
  readonly nes?: {
    readonly events: readonly ShownEvent[];
    readonly eventSets: readonly ShownEventSet[];
    readonly blocks: readonly ShownBlock[];
    readonly locallyDetermined: boolean;
    /** The bound on the length of paths if there are loops (spec 2.5). */
    readonly bound: number | null;
    /** False where the list of event-sets stops before its end. */
    readonly complete?: boolean;
  };
  /** The properties that the program declares, and those of a file beside it; absent if there are none. */
  readonly properties?: readonly {
    readonly name: string;
    /** What it says, as it is written. */
    readonly text: string;
    readonly file: string;
    readonly line: number;
    readonly column: number;
  }[];
  /** What follows from the event structure; absent if it could not be built, or is too large to be worked out. */
  readonly relations?: {
    /** `g(X)`: a state that has the configuration of each event-set, in the order of `nes.eventSets`. */
    readonly states: readonly StateVector[];
    /** For each event, the minimal sets that enable it (X ⊢ e). */
    readonly causes: readonly (readonly ShownEventSet[])[];
    /** The minimally inconsistent sets (not con). */
    readonly conflicts: readonly ShownEventSet[];
  };
  /** The tables of each switch; absent if the program needs more than switches have, or if they are very long. */
  readonly tables?: Pick<Tables, 'widths' | 'blocks' | 'switches'>;
  /** Absent if the program needs more than switches have. */
  readonly rules?: {
    /** Forwarding rules that do not drop, over all switches and event-sets, each guarded by one event-set's tag. */
    readonly guarded: number;
    /** The same after rules have been shared by wildcards in tags (paper §5.3). */
    readonly shared: number;
    /** Every entry of every table, as deployed. */
    readonly total: number;
  };
  readonly options: { readonly semantics: Semantics; readonly packets: number; readonly controller: boolean };
  /** Only where it was asked for. */
  readonly coverage?: ProgramCoverage;
  /** Oddities that are no errors. */
  readonly warnings: readonly string[];
  /**
   * `tables` is there only under `tagged`, the one semantics that is compiled, and only if the program fits into
   * tables.
   */
  readonly checks: ByCheck<ShownCheck> & { readonly tables?: ShownTablesCheck };
  /** Executions for comparison; only there where results are compared. */
  readonly replays?: readonly Replay[];
}
