import type { Problem } from '../engines/engine.js';
import type { Result } from '../report/result/result.js';
import { attempt } from '../smt/proofs/attempt.js';
import type { SolverSession } from '../smt/solver/session.js';
import { checks as everyCheck } from '../theorems/checks.js';

/**
 * How much Z3 may do for one obligation of `check`, in its own units: some 10 seconds on one core. This is no clock, so
 * whether something is proved does not depend on what else the machine has to do. Of all models in `models/`, one
 * obligation of `cyclic` takes most, 5,365,630; without loops none takes more than 5,005.
 */
export const checkEffort = 20_000_000;

/**
 * A proof for a program with loops is about rules with endlessly many events; tables hold only the events of paths up
 * to a length.
 */
const ofTablesUpTo = (events: number): string =>
  `tables hold the first ${events} events of the loop, so switches that run them do what is proved up to these`;

/** How proofs are asked for. */
interface Asking {
  /** As `performance.now()` will say it. */
  readonly deadline: number;
  /** Whether nothing but the deadline ends an attempt. */
  readonly isPatient: boolean;
  readonly session: SolverSession;
}

/**
 * The checks, with `proved` in the place of `holds` where there is a proof for any number of packets (under `tagged`),
 * and otherwise the reason why there is none. Proofs of violated checks are tried too, to test ourselves.
 * @throws if something is proved that is violated
 */
export async function proveChecks(
  problem: Problem,
  checks: Result['checks'],
  { deadline, isPatient, session }: Asking,
): Promise<Result['checks']> {
  const explored = everyCheck.filter(({ name }) => ['holds', 'violated'].includes(checks[name]?.status ?? ''));
  const effort = isPatient ? undefined : checkEffort;
  const attempts = await attempt(session, problem, explored, deadline, { effort });
  const proved = { ...checks };
  for (const [name, found] of attempts) {
    const shown = checks[name]!;
    if (found.kind === 'proved' && shown.status === 'violated')
      throw new Error(`${name} has a proof, and an execution that violates it`);
    if (shown.status !== 'holds') continue;
    const { bound } = problem.structure;
    // A proof is about the rules. It covers switches that run tables only if the tables are proved to do what the rules
    // say.
    const isOfTables = checks.tables?.status !== 'unknown';
    const why = found.kind === 'proved' ? 'what the tables do is not proved' : found.why;
    if (found.kind !== 'proved' || !isOfTables) proved[name] = { ...shown, unproved: why };
    else if (bound === null) proved[name] = { ...shown, status: 'proved' };
    else proved[name] = { ...shown, status: 'proved', unproved: ofTablesUpTo(bound) };
  }
  return proved;
}
