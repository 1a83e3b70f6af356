import type { Term } from '../solver/term.js';

/** What is looked for among executions. */
export interface ExecutionGoal {
  /** Whether an execution breaks the check. */
  readonly violated: Term;
  /** CTRLSENDs at the end that belong to the goal; in `figure6` there may be one for each event. */
  readonly informs: readonly { readonly switch: number; readonly event: number | undefined; readonly on: Term }[];
  /** Switches whose E_n may be no event-set at the end, each with a term that says whether it is none. */
  readonly lost: readonly { readonly switch: number; readonly on: Term }[];
  /** Whether a set by which an execution is judged comes to the bound on unrolled loops (spec 2.5). */
  readonly beyond: Term;
}
