import { countRules, tablesOf } from '../compiler/artefact.js';
import { type Compilable, compile as compileTables } from '../compiler/compile.js';
import type { RuleCounts, Tables } from '../compiler/tables.js';
import { analyse } from '../events/analysis.js';
import type { Semantics } from '../execution/execution.js';
import { explore } from '../explore/explorer.js';
import { type Reading, readProgram } from '../language/read-program.js';
import { defaultLimits, LimitReached } from '../netkat/limits.js';
import { describe } from '../report/describe.js';
import type { Result, ShownCheck, ShownTablesCheck } from '../report/result.js';
import type { Budget, Problem } from '../theorems/engine.js';
import { type CheckName, checkNames } from '../theorems/verdict.js';
import { checkTables, different, suits, type TabledProblem, unknownByTables } from './check-tables.js';
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
   * `explore`: exhaustively, within the bounds. `all`, the default: also by Z3, whether the tables that switches run do what the
   * program says, for all packets.
   */
  readonly engine?: 'explore' | 'all';
  /** The tables that switches run (`tagged` only); default: those that the compiler makes of the program. */
  readonly tables?: Tables;
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
  /** Why the tables that were given cannot be of this program: then nothing was checked. */
  readonly unfit?: readonly string[];
}

/**
 * Checks a program: Lemma 3 and Theorem 1, by exploring every execution within the bounds (spec 4), of switches that run tables
 * (under `tagged`); and those tables. Never throws on account of the program. `file` is the name that is shown.
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
    const problem: Problem = {
      program: reading.program,
      system: analysis.system,
      structure: analysis.structure,
      options: { semantics, packets, controller },
      limits,
    };
    const fitting = options.tables && suits(options.tables, problem, base.program.sha256);
    if (fitting?.kind === 'unfit') return { reading, result: { ...described, rejected: null }, unfit: fitting.reasons };
    const compiled = compiledFor(problem, base.program);
    const warnings = [...described.warnings, ...(fitting?.warnings ?? [])];
    const checks = await decide(problem, options.tables ?? compiled.tables, wanted, options);
    return { reading, result: { ...described, ...compiled.counted, warnings, rejected: null, checks } };
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

/** The verdicts: on the tables first, since what they do otherwise than the program makes all else unknown. */
async function decide(
  problem: Problem,
  tables: Tables | Late | undefined,
  wanted: readonly CheckName[],
  options: CheckOptions,
): Promise<Result['checks']> {
  const { engine = 'all' } = options;
  const isTabled = problem.options.semantics === 'tagged' && tables !== undefined;
  if (!isTabled || ('late' in tables && engine === 'explore')) return exploreAll(problem, wanted, options);
  if ('late' in tables) return { ...exploreAll(problem, wanted, options), tables: notProved(tables.late) };
  const tabled: TabledProblem = { ...problem, tables };
  const byZ3 = engine === 'all' ? await checkTables(tabled, budgetOf('lemma3', options)) : undefined;
  if (byZ3?.status === 'violated')
    return { ...Object.fromEntries(wanted.map((name) => [name, unknownByTables(0)])), tables: byZ3 };

  const checks = exploreAll(tabled, wanted, options);
  const counterexample = Object.values(checks)
    .map(different)
    .find((found) => found !== undefined);
  if (counterexample) {
    // Z3 speaks for all packets and all states of which the compiler promises anything, so one of the two is at fault.
    if (byZ3?.status === 'proved')
      throw new Error(`tables are proved, but an execution differs: ${counterexample.explanation}`);
    const rest = wanted.map((name) => [name, unknownByTables(checks[name]!.states)]);
    return { ...Object.fromEntries(rest), tables: { status: 'violated', obligations: 0, counterexample } };
  }
  if (byZ3) return { ...checks, tables: byZ3 };
  // Without Z3 tables of our own are not a check of their own: whatever was explored was compared with them.
  if (!options.tables) return checks;
  const why = 'no step within the bounds differs, but --engine explore does not ask Z3 about all packets';
  return { ...checks, tables: notProved(why) };
}

const notProved = (why: string): ShownTablesCheck => ({
  status: 'unknown',
  obligations: 0,
  counterexample: null,
  why,
});

/** Explores each check; with tables, up to the first difference between them and the program. */
function exploreAll(
  problem: Problem,
  wanted: readonly CheckName[],
  options: CheckOptions,
): Partial<Record<CheckName, ShownCheck>> {
  const checks: Partial<Record<CheckName, ShownCheck>> = {};
  for (const name of wanted) {
    const isDifferent = Object.values(checks).some(different);
    const verdict = isDifferent ? unknownByTables(0) : explore(problem, name, budgetOf(name, options));
    const { status, states, ...more } = verdict;
    checks[name] = { status, states, counterexample: null, ...more };
  }
  return checks;
}

/** The compiler took too long: why, in words. */
interface Late {
  readonly late: string;
}

/** Time for compiling, in milliseconds: checks are not to wait for the compiler for ever. */
const compilingTime_ms = 10_000;

/** The tables and the numbers of their rules, unless the program needs more than switches have, or too long. */
function compiledFor(
  compilable: Compilable,
  origin: Tables['program'],
): { readonly tables?: Tables | Late; readonly counted: { readonly rules?: RuleCounts } } {
  const deadline = Math.min(compilable.limits.deadline, performance.now() + compilingTime_ms);
  try {
    const compiled = compileTables({ ...compilable, limits: { ...compilable.limits, deadline } });
    return { tables: tablesOf(compiled, origin), counted: { rules: countRules(compiled) } };
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    return error.isTime ? { tables: { late: error.message }, counted: {} } : { counted: {} };
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
