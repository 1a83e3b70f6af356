import { LimitReached } from '../../base/limits.js';
import type { Check, CheckName } from '../../theorems/checks.js';
import { discharge } from '../solver/discharge.js';
import type { Discharge, Obligation } from '../solver/obligation.js';
import type { SolverSession } from '../solver/session.js';
import { obligationsOf, type Provable, proofOf, whyUnprovable } from './obligations.js';
import type { Rules } from './rules.js';

/**
 * The outcome of trying to prove a check. A check without a proof may hold all the same, though less likely so if one
 * of the conditions of the proof is refuted.
 */
export type Attempt =
  | { readonly kind: 'proved' }
  | { readonly kind: 'unknown'; readonly why: string; readonly isRefuted?: boolean };

/**
 * Tries to prove checks for any number of packets, under `tagged`.
 * @param deadline the time, by `performance.now()`, after which nothing more is proved; each check may use an equal
 * share
 * @param effort of the solver for one obligation; see `discharge`
 */
export async function attempt(
  session: SolverSession,
  provable: Provable,
  wanted: readonly Check[],
  deadline: number,
  { rules, effort }: { readonly rules?: Rules | undefined; readonly effort?: number | undefined } = {},
): Promise<ReadonlyMap<CheckName, Attempt>> {
  const unprovable = new Map(wanted.map((check) => [check, whyUnprovable(provable, check)]));
  const tried = wanted.filter((check) => unprovable.get(check) === undefined);
  let obligations: ReadonlyMap<CheckName, readonly Obligation[]> = new Map();
  try {
    if (tried.length > 0)
      obligations = obligationsOf({ ...provable, limits: { ...provable.limits, deadline } }, tried, rules);
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    return new Map(
      wanted.map((check) => [check.name, { kind: 'unknown', why: unprovable.get(check) ?? error.message }]),
    );
  }
  const failures = new Map<CheckName, readonly Failure[]>();
  let left = obligations.size;
  for (const [check, own] of obligations) {
    const until = performance.now() + (deadline - performance.now()) / left--;
    const discharges = await discharge([session], own, until, effort);
    failures.set(
      check,
      discharges.flatMap((result, i) => (result.kind === 'proved' ? [] : [{ ...own[i]!, result }])),
    );
  }
  return new Map(
    wanted.map((check): [CheckName, Attempt] => {
      const without = unprovable.get(check);
      if (without !== undefined) return [check.name, { kind: 'unknown', why: without }];
      const failed = proofOf(check).flatMap((name) => failures.get(name)!);
      if (failed.length === 0) return [check.name, { kind: 'proved' }];
      const isRefuted = failed.some(({ result }) => result.kind === 'refuted');
      return [check.name, { kind: 'unknown', why: explain(failed), ...(isRefuted ? { isRefuted } : {}) }];
    }),
  );
}

interface Failure extends Obligation {
  readonly result: Exclude<Discharge, { kind: 'proved' }>;
}

/** Why a check is not proved. Refuted obligations say more than open ones, so they are named if there are any. */
function explain(failures: readonly Failure[]): string {
  const refuted = failures.filter(({ result }) => result.kind === 'refuted');
  if (refuted.length > 0) return refuted.map(({ name, claim }) => `${name} does not follow (${claim})`).join('; ');
  const [first] = failures.flatMap(({ name, result }) =>
    result.kind === 'unknown' ? [`${name} is open: ${result.why}`] : [],
  );
  return first!;
}
