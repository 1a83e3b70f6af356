import type { Budget, Problem } from '../engines/engine.js';
import type { Verdict } from '../engines/verdict.js';
import type { Counterexample } from '../execution/execution.js';
import type { ShownCheck, ShownTablesCheck } from '../report/result/result.js';
import { explore } from '../search/explorer.js';
import type { SolverSession } from '../smt/solver/session.js';
import type { TableRefutation } from '../smt/tables/refutation.js';
import { proveTables } from '../smt/tables/validate.js';
import { mismatches } from '../tables/match-program.js';
import { explainDifference } from '../tables/table-difference.js';
import type { Tables } from '../tables/tables.js';
import { theorems } from '../theorems/checks.js';

/** A problem with the tables that switches run. */
export type TabledProblem = Problem & { readonly tables: Tables };

/** Whether an artefact can be that of a program. */
export type Fit =
  /** It speaks of something that the program does not have; each reason in a line. */
  | { readonly kind: 'unfit'; readonly reasons: readonly string[] }
  | { readonly kind: 'fits'; readonly warnings: readonly string[] };

/**
 * Whether tables can be those of a program. That they say to be compiled from another text is a warning only: what
 * counts is what they do, and a comment changes the text.
 */
export function suits(tables: Tables, { program, system, structure }: Problem, sha256: string): Fit {
  const reasons = mismatches(tables, program, system, structure);
  if (reasons.length > 0) return { kind: 'unfit', reasons };
  const said = tables.program.sha256;
  const warning = `the tables say that they are compiled from ${tables.program.file} with sha256 ${said.slice(0, 12)}…, which is another text than this; they are checked against this one`;
  return { kind: 'fits', warnings: said === sha256 ? [] : [warning] };
}

/**
 * How many packets more than the bound may be tried to find an execution that comes to a difference, and the time for
 * each number, in milliseconds.
 */
const morePackets = 3;
const lookingTime_ms = 5_000;

/**
 * Asks Z3 whether the tables do what the program says for every packet that can arrive. A difference comes with an
 * execution, if one is found.
 */
export async function checkTables(
  problem: TabledProblem,
  budget: Budget,
  session: SolverSession,
): Promise<ShownTablesCheck> {
  const validation = await proveTables(problem, problem.tables, [session], budget.deadline);
  const { obligations } = validation;
  switch (validation.kind) {
    case 'proved':
      return { status: 'proved', obligations, counterexample: null };
    case 'unknown':
      return { status: 'unknown', obligations, counterexample: null, why: validation.why };
    case 'refuted':
      return {
        status: 'violated',
        obligations,
        counterexample: reach(problem, budget) ?? withoutExecution(validation.refutation, problem),
      };
  }
}

/** An execution that comes to a difference, with the fewest packets; those that the bound allows first. */
function reach(problem: TabledProblem, budget: Budget): Counterexample | undefined {
  const { packets } = problem.options;
  for (let more = 0; more <= morePackets; more++) {
    const deadline = more === 0 ? budget.deadline : Math.min(budget.deadline, performance.now() + lookingTime_ms);
    const options = { ...problem.options, packets: packets + more };
    const found = different(explore({ ...problem, options }, theorems.lemma3, { ...budget, deadline }));
    if (found) return found;
  }
  return undefined;
}

const withoutExecution = ({ goal, difference }: TableRefutation, { options }: Problem): Counterexample => ({
  kind: 'compiler',
  packet: null,
  event: null,
  explanation: `${explainDifference(difference)}. So it is not so that ${goal.claim}; no execution that comes there was found with up to ${options.packets + morePackets} packets`,
  steps: [],
  occurrences: [],
});

/** The difference between tables and program that an engine has come upon, whatever it was asked. */
export function different(verdict: Verdict | ShownCheck): Counterexample | undefined {
  const { counterexample } = { counterexample: null, ...verdict };
  return counterexample?.kind === 'compiler' ? counterexample : undefined;
}

/** What is known of a check of the program if the tables do something else. */
export const unknownByTables = (states: number): ShownCheck => ({
  status: 'unknown',
  states,
  counterexample: null,
  limit: 'tables',
  why: 'the tables do something else than the program: see Tables',
});
