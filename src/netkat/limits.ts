/**
 * Bounds on the structures that are built before exploration, so that a program whose structures explode ends in an
 * honest `unknown` rather than in a hang or out of memory (spec 4.5).
 */
export interface Limits {
  /** Kinds of packets at one host that the program can tell apart. */
  readonly packetClasses: number;
  /** States of the transition system. */
  readonly states: number;
  /** Formulas that reach one place of the policy in one state (spec 1.5). */
  readonly formulas: number;
  /** Pairs of a state and a set of events collected on a path to it (spec 2.1). */
  readonly paths: number;
  /** Minimally inconsistent sets of events (spec 2.2). */
  readonly inconsistentSets: number;
}

export const defaultLimits: Limits = {
  packetClasses: 100_000,
  // graphlib's search for components recurses, and overflows the stack at some 3,000 states in a row.
  states: 1_500,
  formulas: 20_000,
  paths: 20_000,
  inconsistentSets: 20_000,
};

/** A bound was met: the verdict is `unknown`, and the message names the bound. */
export class LimitReached extends Error {}
