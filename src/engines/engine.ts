import type { Limits } from '../base/limits.js';
import type { EventStructure } from '../events/event-structure.js';
import type { TransitionSystem } from '../events/transition-system.js';
import type { ExecutionOptions } from '../execution/execution.js';
import type { Program } from '../language/program.js';
import type { Tables } from '../tables/tables.js';
import type { Check } from '../theorems/checks.js';
import type { Verdict } from './verdict.js';

/**
 * What an engine is asked about: all executions of a program with at most as many packets as the options say (spec
 * 3.2).
 */
export interface Problem {
  readonly program: Program;
  readonly system: TransitionSystem;
  readonly structure: EventStructure;
  readonly options: ExecutionOptions;
  readonly limits: Limits;
  /**
   * The tables that switches run (`tagged` only), of this program. An engine that is given them compares every step
   * with them when it is asked of every state (`Check.ofStates`, Lemma 3), and answers the first difference in a
   * reachable state with a counterexample of the kind `compiler`. (When it is asked about complete executions it may do
   * so, but need not: it may leave out steps that matter to the comparison only.)
   */
  readonly tables?: Tables;
}

/**
 * Keeps, as plain data, the work that an engine has done on a check, so that the engine can go on from there another
 * time.
 */
export interface Keeper {
  /** What was kept the last time, if anything was. */
  readonly kept: unknown;
  /** Called now and then with the work done so far; the keeper chooses whether to keep it. */
  readonly offer: (work: () => unknown) => void;
  /** Called when the engine stops at a limit; the work is kept. */
  readonly keep: (work: () => unknown) => void;
}

/**
 * An exploration has done enough once `performance.now()` is past `time` and it has visited so many states: then it
 * stops as if its time were over. (The states are no matter of how busy the machine is.)
 */
export interface Enough {
  readonly time: number;
  readonly states: number;
}

/** What bounds an engine's work on one check. */
export interface Budget {
  readonly maxStates: number;
  /** The engine stops when `performance.now()` is past this. */
  readonly deadline: number;
  /** Memory for visited states, in bytes. */
  readonly maxBytes: number;
  /** When an exploration has done enough that only tests what is known already; undefined if it is to find out. */
  readonly enough?: Enough | undefined;
  readonly onProgress: ((states: number, packets: number) => void) | undefined;
  readonly keeper?: Keeper | undefined;
}

/**
 * An engine decides a check of a problem. The explorer returns a verdict; an engine that asks a solver returns a
 * promise of one.
 */
export type Engine = (problem: Problem, check: Check, budget: Budget) => Verdict | Promise<Verdict>;
