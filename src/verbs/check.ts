import { countRules } from '../compiler/artefact.js';
import { type Compilable, compile as compileTables } from '../compiler/compile.js';
import type { RuleCounts } from '../compiler/tables.js';
import { analyse } from '../events/analysis.js';
import type { Semantics } from '../execution/execution.js';
import { explore } from '../explore/explorer.js';
import { type Reading, readProgram } from '../language/read-program.js';
import { defaultLimits, LimitReached } from '../netkat/limits.js';
import { describe } from '../report/describe.js';
import type { Result, ShownCheck } from '../report/result.js';
import { attempt } from '../smt/proofs/attempt.js';
import { sharedSession } from '../smt/shared-session.js';
import type { Budget, Problem } from '../theorems/engine.js';
import { type CheckName, checkNames } from '../theorems/verdict.js';
import { deadlineOf, rejectProgram, rejectText, sha256, version } from './common.js';

/** How to check a program; the defaults are those of the command line (interface.md). */
export interface CheckOptions {
  /** Default `tagged`. */
  readonly semantics?: Semantics;
  /** Which definition of Theorem 1; default `both`. */
  readonly spec?: 'paper' | 'causal' | 'both';
  /** How many packets enter at most; default 3. */
  readonly packets?: number;
  /** Whether there are CTRLSEND steps; default true. */
  readonly controller?: boolean;
  /**
   * `all`: explore, then try to prove for any number of packets what holds within the bounds (under `tagged`); `explore`:
   * within the bounds alone. Default `all`.
   */
  readonly engine?: 'explore' | 'all';
  /** Check although the program is not locally determined (spec 2.2, condition 4); default false. */
  readonly force?: boolean;
  /** Bound on the length of paths if the transition system has loops (spec 2.4); default 4 × packets. */
  readonly unroll?: number;
  /** States visited for one check, past which it is `unknown`; default 20 million. */
  readonly maxStates?: number;
  /** Time for one check, and for what comes before the first, in milliseconds; past it a check is `unknown`. Default 10 minutes. */
  readonly timeout_ms?: number;
  /** Called now and then while states are explored. */
  readonly onProgress?: (check: CheckName, states: number, packets: number) => void;
}

/** Memory for visited states, in bytes. */
const maxBytes = 2 * 2 ** 30;

/** What was read, and what there is to say of it. */
export interface Checked {
  readonly reading: Reading;
  readonly result: Result;
}

/**
 * Checks a program: Lemma 3 and Theorem 1, by exploring every execution within the bounds (spec 4). Never throws on
 * account of the program. `file` is the name that is shown.
 */
export async function check(source: Uint8Array | string, file: string, options: CheckOptions = {}): Promise<Checked> {
  const { semantics = 'tagged', packets = 3, controller = true } = options;
  const reading = readProgram(source, file);
  const base = {
    tool: { name: 'snk-verify', version } as const,
    program: { file, sha256: sha256(source) },
    options: { semantics, packets, controller },
    warnings: [],
    checks: {},
  };
  if (!reading.ok) return { reading, result: { ...base, rejected: rejectText(reading) } };

  const limits = { ...defaultLimits, deadline: deadlineOf(options) };
  const wanted = checkNames.filter((name) => isWanted(name, options.spec ?? 'both'));
  try {
    const analysis = analyse(reading.program, options.unroll ?? 4 * packets, limits);
    const described = { ...base, ...describe(reading.program, analysis) };
    const rejected = rejectProgram(reading, analysis, options.force ?? false);
    if (rejected || !analysis.structure) return { reading, result: { ...described, rejected } };
    const compiled = rulesOf({
      program: reading.program,
      system: analysis.system,
      structure: analysis.structure,
      limits,
    });
    const problem = {
      program: reading.program,
      system: analysis.system,
      structure: analysis.structure,
      options: { semantics, packets, controller },
      limits,
    };
    const proves = (options.engine ?? 'all') === 'all' && semantics === 'tagged';
    // The solver is loaded in its worker while executions are explored here.
    if (proves) void sharedSession().evaluate('', provingTime_ms);
    const checks: Partial<Record<CheckName, ShownCheck>> = {};
    for (const name of wanted) {
      const { status, states, ...more } = explore(problem, name, budgetOf(name, options));
      checks[name] = { status, states, counterexample: null, ...more };
    }
    const proved = proves ? await proveChecks(problem, checks, deadlineOf(options)) : checks;
    return { reading, result: { ...described, ...compiled, rejected: null, checks: proved } };
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    const unknown: ShownCheck = {
      status: 'unknown',
      states: 0,
      counterexample: null,
      limit: 'size',
      why: error.message,
    };
    const checks = Object.fromEntries(wanted.map((name) => [name, unknown]));
    return { reading, result: { ...base, rejected: null, checks } };
  }
}

/** Time for proofs, in milliseconds, of all checks of a program. */
const provingTime_ms = 20_000;

/**
 * The checks, with `proved` in the place of `holds` where that has a proof for any number of packets, and else why there is none.
 * @throws if something is proved that is violated
 */
async function proveChecks(
  problem: Problem,
  checks: Readonly<Partial<Record<CheckName, ShownCheck>>>,
  deadline: number,
): Promise<Partial<Record<CheckName, ShownCheck>>> {
  const explored = checkNames.filter((name) => ['holds', 'violated'].includes(checks[name]?.status ?? ''));
  const until = Math.min(deadline, performance.now() + provingTime_ms);
  const attempts = await attempt(sharedSession(), problem, explored, until);
  const proved: Partial<Record<CheckName, ShownCheck>> = { ...checks };
  for (const [name, found] of attempts) {
    const shown = checks[name]!;
    if (found.kind === 'proved' && shown.status === 'violated')
      throw new Error(`${name} has a proof, and an execution that violates it`);
    if (shown.status === 'holds')
      proved[name] = found.kind === 'proved' ? { ...shown, status: 'proved' } : { ...shown, unproved: found.why };
  }
  return proved;
}

/** Time for counting rules, in milliseconds: checks are not to wait for the compiler. */
const countingTime_ms = 2_000;

/** The numbers of rules, unless the program needs more than switches have, or too long. */
function rulesOf(compilable: Compilable): { readonly rules?: RuleCounts } {
  const deadline = Math.min(compilable.limits.deadline, performance.now() + countingTime_ms);
  try {
    return { rules: countRules(compileTables({ ...compilable, limits: { ...compilable.limits, deadline } })) };
  } catch (error) {
    if (error instanceof LimitReached) return {};
    throw error;
  }
}

const isWanted = (name: CheckName, spec: 'paper' | 'causal' | 'both'): boolean =>
  name === 'lemma3' || spec === 'both' || name === `theorem1.${spec}`;

function budgetOf(name: CheckName, options: CheckOptions): Budget {
  const { maxStates = 20_000_000, onProgress } = options;
  return {
    maxStates,
    deadline: deadlineOf(options),
    maxBytes,
    onProgress: onProgress && ((states, packets) => onProgress(name, states, packets)),
  };
}
