import { defaultLimits } from '../../src/base/limits.js';
import type { Budget, Problem } from '../../src/engines/engine.js';
import type { Verdict } from '../../src/engines/verdict.js';
import { analyse, unrollFor } from '../../src/events/analysis.js';
import type { Counterexample, Semantics } from '../../src/execution/execution.js';
import type { Setting } from '../../src/execution/state.js';
import { rerunSteps } from '../../src/execution/validate.js';
import { readProgram } from '../../src/language/read-program.js';
import { explore } from '../../src/search/explorer.js';
import { type TheoremName, theorems } from '../../src/theorems/checks.js';
import { withinLimits } from '../../src/verbs/load.js';
import {
  bruteForce,
  type Check,
  checks,
  type Entry,
  type OracleResult,
  type OracleVerdict,
} from '../oracle/brute-force.js';

/** What to run a program with. */
export interface Scenario {
  readonly source: string;
  readonly semantics: Semantics;
  readonly controller: boolean;
  readonly packets: number;
  readonly unroll: number;
}

export const nameOfCheck: Readonly<Record<Check, TheoremName>> = {
  lemma3: 'lemma3',
  paper: 'theorem1.paper',
  causal: 'theorem1.causal',
};

export const budget: Budget = {
  maxStates: 300_000,
  deadline: Number.POSITIVE_INFINITY,
  maxBytes: 2 ** 29,
  onProgress: undefined,
};

/**
 * The problem that a scenario poses, or why there is none; locality is asked for only if `strict` (else
 * `--force`).
 */
export function problemOf(
  { source, semantics, controller, packets, unroll }: Scenario,
  strict = false,
): Problem | string {
  const reading = readProgram(source, 'random.snk');
  if (!reading.ok) return reading.diagnostics[0]!.code;
  const { program } = reading;
  const meaning = withinLimits(() => ({
    ok: true as const,
    ...analyse(program, unrollFor(packets, unroll), defaultLimits),
  }));
  // No engine is asked about a program whose structure is too large to be judged.
  if (!meaning.ok) return meaning.why;
  const { system, structure, broken } = meaning;
  if (broken && 'fault' in broken) return broken.fault.kind;
  if (!structure || (broken && 'code' in broken && (strict || broken.code !== 'nonlocal'))) return broken!.code;
  return { program, system, structure, options: { semantics, controller, packets }, limits: defaultLimits };
}

export interface Comparison {
  readonly check: Check;
  readonly explorer: Verdict;
  readonly oracle: OracleVerdict;
}

export const fewest = (verdict: Verdict): number | undefined =>
  verdict.status === 'violated' ? verdict.counterexample.steps.filter(({ rule }) => rule === 'IN').length : undefined;

/** Both verdicts on every check. */
export function compare(
  problem: Problem,
  histories: number,
  entries?: readonly Entry[],
): { comparisons: Comparison[]; oracle: OracleResult } {
  const { program, system, structure, options } = problem;
  const { semantics, controller, packets } = options;
  const oracle = bruteForce({ program, system, structure, semantics, controller }, packets, {
    histories,
    hops: 16,
    ...(entries ? { entries } : {}),
  });
  const comparisons = checks.map((check) => {
    return { check, explorer: explore(problem, theorems[nameOfCheck[check]], budget), oracle: oracle[check] };
  });
  return { comparisons, oracle };
}

/** What explorer and oracle say that cannot both be true, in words. */
export function contradiction(problem: Problem, { check, explorer, oracle }: Comparison): string | undefined {
  if (explorer.status === 'unknown') return undefined;
  if (oracle.status === 'unknown') return undefined;
  if (explorer.status !== oracle.status)
    return `${check}: the explorer says ${explorer.status}, the oracle ${oracle.status}`;
  if (explorer.status !== 'violated' || oracle.status !== 'violated') return undefined;
  const packets = fewest(explorer)!;
  if (packets !== oracle.packetsNeeded)
    return `${check}: ${packets} packets for the explorer, ${oracle.packetsNeeded} for the oracle`;
  const { program, system, structure, options } = problem;
  const longest = lengthDrained({ program, system, structure, ...options }, oracle.counterexample, check);
  const { steps } = explorer.counterexample;
  if (steps.length > longest) return `${check}: ${steps.length} steps for the explorer, ${longest} for the oracle`;
  return undefined;
}

/** The length of the oracle's counterexample once its Q is emptied, as it is in the explorer's complete executions. */
function lengthDrained(setting: Setting, { kind, steps }: Counterexample, check: Check): number {
  if (check === 'lemma3' || kind === 'undefined-configuration') return steps.length;
  const validation = rerunSteps(setting, steps);
  if (validation.kind !== 'possible') throw new Error(`the oracle's counterexample is no execution: ${validation.why}`);
  return steps.length + validation.run.states.at(-1)!.controllerQueue.length;
}
