import type { Term } from './script.js';

/** What is looked for among executions. */
export interface ExecutionGoal {
  /** Whether an execution breaks the check. */
  readonly violated: Term;
  /** Steps at the end that belong to the goal: `figure6` may take a CTRLSEND for each event. */
  readonly informs: readonly { readonly switch: number; readonly event: number | undefined; readonly on: Term }[];
  /** Switches whose E_n, at the end, may be no event-set, with whether it is none. */
  readonly lost: readonly { readonly switch: number; readonly on: Term }[];
  /** Whether what an execution is judged by comes to the bound on unrolled loops (spec 2.5). */
  readonly beyond: Term;
}
