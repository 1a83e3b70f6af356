import { deadlineOf } from './common.js';

/** How long a check may take (`CheckOptions`). */
interface Times {
  readonly timeout_ms?: number | undefined;
  readonly until?: number | undefined;
}

/**
 * When Z3 is to be done with the tables. With an end for all of it, they have a quarter of what there is: proofs come
 * after them, and are of little use without them.
 */
export const forTables = (times: Times): number => deadlineOf(times, 4);

/**
 * When Z3 is to be done with the proofs. Half of the time of a check: a violation that is found by search in some time
 * is found within twice that, however long a proof is tried in vain. Where there is an end for all of it (`prove`),
 * proofs are what is asked for: all but a quarter.
 */
export const forProofs = ({ timeout_ms = 600_000, until }: Times): number =>
  deadlineOf({ timeout_ms: timeout_ms / 2, until }, 4 / 3);

/**
 * When a search is to be done: what the proofs have left of the time of a check; or an equal share of what is left to
 * the end, with another for what comes after the searches.
 * @param searches how many are to come, this one included
 */
export const forSearch = (times: Times, searches: number, proofs_ms: number): number =>
  deadlineOf(times, searches + 1) - (times.until === undefined ? proofs_ms : 0);
