import type { EventStructure } from '../events/event-structure.js';
import type { TransitionSystem } from '../events/transition-system.js';
import type { Counterexample, ExecutionOptions } from '../execution/execution.js';
import type { Program } from '../language/program.js';
import type { Limits } from '../netkat/limits.js';

/** What is checked of a program (spec 4; interface.md). */
export type CheckName = 'lemma3' | 'theorem1.paper' | 'theorem1.causal';

/** What an engine is asked: whether a check holds of every execution with so many packets (spec 3.2). */
export interface Problem {
  readonly program: Program;
  readonly system: TransitionSystem;
  readonly structure: EventStructure;
  readonly options: ExecutionOptions;
  readonly limits: Limits;
}

/** What bounds an engine's work. */
export interface Budget {
  /** States visited for one check. */
  readonly maxStates: number;
  /** `performance.now()` past which to stop. */
  readonly deadline: number;
  /** Memory for visited states, in bytes. */
  readonly maxBytes: number;
  readonly onProgress: ((states: number, packets: number) => void) | undefined;
}

/** Why an engine gave up; `unroll` is the bound on loops (spec 2.4). */
export type LimitName = 'max-states' | 'timeout' | 'memory' | 'unroll' | 'size';

/** What an engine found out about one check, within the bounds (spec 4.5). */
export type Outcome =
  | { readonly status: 'holds'; readonly states: number }
  | { readonly status: 'violated'; readonly states: number; readonly counterexample: Counterexample }
  | { readonly status: 'unknown'; readonly states: number; readonly limit: LimitName; readonly why: string };

/** An engine decides checks of a problem. The explorer is one; others have the same face. */
export type Engine = (problem: Problem, check: CheckName, budget: Budget) => Outcome;
