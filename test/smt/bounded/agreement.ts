import fc from 'fast-check';
import type { Problem } from '../../../src/engines/engine.js';
import type { Verdict } from '../../../src/engines/verdict.js';
import { explore } from '../../../src/search/explorer.js';
import { boundedEngine } from '../../../src/smt/bounded/engine.js';
import type { SolverSession } from '../../../src/smt/solver/session.js';
import { checkNames, type TheoremName, theorems } from '../../../src/theorems/checks.js';
import { budget, fewest, problemOf, type Scenario } from '../../search/differential.js';
import { arbitraryScenario } from '../../search/oracle.js';

/** A verdict in short: `holds`, `unknown`, or `2/14` for one that 2 packets break in 14 steps. */
export const inShort = (verdict: Verdict): string =>
  verdict.status === 'violated' ? `${fewest(verdict)}/${verdict.counterexample.steps.length}` : verdict.status;

/** What the solver says of a check, within so much time. */
export const solved = (
  session: SolverSession,
  problem: Problem,
  check: TheoremName,
  time_ms: number,
): Promise<Verdict> =>
  boundedEngine(session)(problem, theorems[check], { ...budget, deadline: performance.now() + time_ms });

export interface Agreement {
  readonly explorer: Verdict;
  readonly solver: Verdict;
  /** What the two engines say that cannot both be true, in words. */
  readonly contradiction: string | undefined;
}

/**
 * Runs both engines on one check, each within so much time. Neither may say what the other denies, and both must name
 * the fewest packets.
 */
export async function compareEngines(
  session: SolverSession,
  problem: Problem,
  check: TheoremName,
  time_ms: number,
): Promise<Agreement> {
  const explorer = explore(problem, theorems[check], { ...budget, deadline: performance.now() + time_ms });
  const solver = await solved(session, problem, check, time_ms);
  return { explorer, solver, contradiction: contradictionOf(check, explorer, solver) };
}

function contradictionOf(check: TheoremName, explorer: Verdict, solver: Verdict): string | undefined {
  if (explorer.status === 'unknown' || solver.status === 'unknown') return undefined;
  const [a, b] = [inShort(explorer), inShort(solver)];
  // The solver's counterexample cannot be shorter than the explorer's, which is a shortest one; if it is longer, the
  // solver only had too little time.
  const packetsOf = (short: string) => short.split('/')[0];
  const isShorter = Number(b.split('/')[1]) < Number(a.split('/')[1]);
  return packetsOf(a) === packetsOf(b) && !isShorter ? undefined : `${check}: the explorer says ${a}, the solver ${b}`;
}

/** Random programs that are accepted and have events, each with a way to run it. */
const arbitraryEventful = (packets: fc.Arbitrary<number>): fc.Arbitrary<Scenario> =>
  arbitraryScenario(packets).filter((scenario) => {
    const problem = problemOf(scenario);
    return typeof problem !== 'string' && problem.structure.events.length > 0;
  });

/**
 * Compares the engines on random programs, and counts the verdicts that both have come to. @throws where they
 * contradict
 */
export async function engineAgreement(
  session: SolverSession,
  time_ms: number,
  options: { readonly packets: fc.Arbitrary<number> } & fc.Parameters<[Scenario]>,
): Promise<ReadonlyMap<string, number>> {
  const tally = new Map<string, number>();
  const { packets, ...parameters } = options;
  const property = fc.asyncProperty(arbitraryEventful(packets), async (scenario) => {
    const problem = problemOf(scenario);
    if (typeof problem === 'string') throw new Error(`rejected: ${problem}`);
    for (const check of checkNames) {
      const { explorer, solver, contradiction } = await compareEngines(session, problem, check, time_ms);
      if (contradiction) throw new Error(contradiction);
      const both = explorer.status === solver.status ? solver.status : 'undecided';
      const key = `${scenario.semantics} ${both}`;
      tally.set(key, (tally.get(key) ?? 0) + 1);
    }
  });
  await fc.assert(property, parameters);
  return tally;
}
