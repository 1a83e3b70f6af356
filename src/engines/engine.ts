import type { Limits } from '../base/limits.js';
import type { EventStructure } from '../events/event-structure.js';
import type { TransitionSystem } from '../events/transition-system.js';
import type { ExecutionOptions } from '../execution/execution.js';
import type { Program } from '../language/program.js';
import type { Tables } from '../tables/tables.js';
import type { Check } from '../theorems/checks.js';
import type { Verdict } from './verdict.js';

/** What an engine is asked about: every execution of a program with so many packets (spec 3.2). */
export interface Problem {
  readonly program: Program;
  readonly system: TransitionSystem;
  readonly structure: EventStructure;
  readonly options: ExecutionOptions;
  readonly limits: Limits;
  /**
   * The tables that switches run (`tagged` only), of this program. An engine that is given them compares every step with them
   * when it is asked of every state (`Check.ofStates`, Lemma 3), and answers the first difference in a reachable state with a counterexample of the kind
   * `compiler`. (Asked about complete executions it may, but need not: it may leave out steps that only the comparison depends on.)
   */
  readonly tables?: Tables;
}

/** Keeps what an engine has done of a check, so that it can go on another time; all of it is plain data. */
export interface Keeper {
  /** What was kept the last time, if anything was. */
  readonly kept: unknown;
  /** Called now and then: whether it is kept is the keeper's choice. */
  readonly offer: (work: () => unknown) => void;
  /** Called when the engine stops at a limit: it is kept. */
  readonly keep: (work: () => unknown) => void;
}

/** What bounds an engine's work on one check. */
export interface Budget {
  readonly maxStates: number;
  /** `performance.now()` past which to stop. */
  readonly deadline: number;
  /** Memory for visited states, in bytes. */
  readonly maxBytes: number;
  readonly onProgress: ((states: number, packets: number) => void) | undefined;
  readonly keeper?: Keeper | undefined;
}

/** An engine decides a check of a problem: the explorer at once, one that asks a solver in its own time. */
export type Engine = (problem: Problem, check: Check, budget: Budget) => Verdict | Promise<Verdict>;
