import type { Problem } from '../engines/engine.js';
import { type Attempt, attempt } from '../smt/proofs/attempt.js';
import type { SolverSession } from '../smt/solver/session.js';
import type { Check, CheckName } from '../theorems/checks.js';

/**
 * How much Z3 may do for one obligation of `check`, in its own units: some 10 seconds on one core. This is no clock, so
 * whether something is proved does not depend on what else the machine has to do. Of all models in `models/`, one
 * obligation of `cyclic` takes most, 5,365,630; without loops none takes more than 5,005.
 */
export const checkEffort = 20_000_000;

/** What became of the proofs of some checks. */
export interface Attempts {
  readonly of: ReadonlyMap<CheckName, Attempt>;
  /** How long they took, in milliseconds. */
  readonly took_ms: number;
}

/** How proofs are asked for. */
interface Asking {
  /** As `performance.now()` will say it. */
  readonly deadline: number;
  /** Whether nothing but the deadline ends an attempt. */
  readonly isPatient: boolean;
  readonly session: SolverSession;
}

/** Tries to prove theorems for any number of packets, under `tagged`, before anything is explored. */
export async function proveChecks(
  problem: Problem,
  wanted: readonly Check[],
  { deadline, isPatient, session }: Asking,
): Promise<Attempts> {
  const begun = performance.now();
  const effort = isPatient ? undefined : checkEffort;
  const theorems = wanted.filter(({ kind }) => kind !== 'property' && kind !== 'strong');
  const of = await attempt(session, problem, theorems, deadline, { effort });
  return { of, took_ms: performance.now() - begun };
}

/** Where no proofs are tried. */
export const noAttempts: Attempts = { of: new Map(), took_ms: 0 };
