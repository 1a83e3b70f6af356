import type { Location } from '../../netkat/policy.js';

/** A copy that a rule sends. */
export interface HopOutput {
  readonly port: number;
  /** Header fields that are set, by index, with the index of the value. */
  readonly sets: readonly (readonly [field: number, value: number])[];
  /** The far end of the link that it takes, undefined if it takes none. */
  readonly to: Location | undefined;
  /** Where in the policy the copy is at that end: a position of the configurations, or the `pc` of the tables. */
  readonly position: number;
  /** Whether it leaves the network (in `best-effort` a copy may do both). */
  readonly finished: boolean;
}

/** What a switch does with some of the packets that arrive at one place. */
export interface HopRule {
  /** The event-sets, as a set of indices, under whose configuration (or tag) the rule applies. */
  readonly by: bigint;
  /** The position in which a packet must be; undefined: any. */
  readonly position: number | undefined;
  /** By field: the value that it must have; undefined: any. */
  readonly headers: readonly (number | undefined)[];
  readonly outputs: readonly HopOutput[];
  /** If several rules match, the one of lowest rank is applied; if none does, the packet is dropped. */
  readonly rank: number;
}

/** One hop of every packet, as rules: of the compiled tables, or of the configurations themselves. */
export interface HopRules {
  /** The rules, by rank, that can match what arrives at a place in a position; packets enter in position 0. */
  readonly rulesFor: (at: Location, position: number) => readonly HopRule[];
}

/** Whether some packet is matched by both. */
export const meet = (a: HopRule, b: HopRule): boolean =>
  (a.by & b.by) !== 0n &&
  (a.position === undefined || b.position === undefined || a.position === b.position) &&
  a.headers.every((value, f) => value === undefined || b.headers[f] === undefined || b.headers[f] === value);
