/** The library's face: the verbs of the command line as functions. They read no files and print nothing. */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { countRules, tablesOf } from './compiler/artefact.js';
import { type Compilable, compile as compileTables } from './compiler/compile.js';
import type { RuleCounts, Tables } from './compiler/tables.js';
import { type Analysis, analyse } from './events/analysis.js';
import type { Semantics } from './execution/execution.js';
import { explore } from './explore/explorer.js';
import { firstReason } from './language/diagnostics.js';
import { type Reading, readProgram } from './language/read-program.js';
import { positionsOf } from './language/source.js';
import { defaultLimits, LimitReached } from './netkat/limits.js';
import { describe } from './report/describe.js';
import { reasonToReject } from './report/rejection.js';
import type { Rejection, Result, ShownCheck } from './report/result.js';
import type { Budget } from './theorems/engine.js';
import { type CheckName, checkNames } from './theorems/verdict.js';

export { readTables, type TablesReading } from './compiler/read-tables.js';
export type { RuleCounts, Tables } from './compiler/tables.js';
export type { Counterexample, Execution, Semantics, Step } from './execution/execution.js';
export type { Reading } from './language/read-program.js';
export { showDiagnostics } from './language/show-diagnostic.js';
export type { Rejection, Result, ShownCheck } from './report/result.js';
export { showResult } from './report/text.js';
export type { CheckName } from './theorems/verdict.js';

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

/** The version of this tool, as package.json has it. */
export const version: string = (
  createRequire(import.meta.url)('snk-verify/package.json') as { readonly version: string }
).version;

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
export function check(source: Uint8Array | string, file: string, options: CheckOptions = {}): Checked {
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
    const checks = wanted.map((name): [CheckName, ShownCheck] => {
      const verdict = explore(problem, name, budgetOf(name, options));
      const { status, states, ...more } = verdict;
      return [name, { status, states, counterexample: null, ...more }];
    });
    return { reading, result: { ...described, ...compiled, rejected: null, checks: Object.fromEntries(checks) } };
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

/** What the compiler made of a program, or why it made nothing. */
export interface CompileResult {
  readonly reading: Reading;
  readonly rejected: Rejection | null;
  /** Absent if the program is rejected, or needs more than switches have. */
  readonly compiled?: { readonly tables: Tables; readonly rules: RuleCounts };
  /** What it needs more of. */
  readonly limit?: string;
}

/** How to compile a program. */
export type CompileOptions = Pick<CheckOptions, 'force' | 'unroll' | 'timeout_ms'>;

/**
 * Compiles a program to the tables that switches run (paper §1, §4.1, §5.3). Never throws on account of the program.
 * `unroll` is 12 by default, as in `check` with its 3 packets.
 */
export function compile(source: Uint8Array | string, file: string, options: CompileOptions = {}): CompileResult {
  const reading = readProgram(source, file);
  if (!reading.ok) return { reading, rejected: rejectText(reading) };
  const limits = { ...defaultLimits, deadline: deadlineOf(options) };
  const { program } = reading;
  try {
    const analysis = analyse(program, options.unroll ?? 12, limits);
    const rejected = rejectProgram(reading, analysis, options.force ?? false);
    if (rejected || !analysis.structure) return { reading, rejected };
    const compiled = compileTables({ program, system: analysis.system, structure: analysis.structure, limits });
    const tables = tablesOf(compiled, { file, sha256: sha256(source) });
    return { reading, rejected: null, compiled: { tables, rules: countRules(compiled) } };
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    return { reading, rejected: null, limit: error.message };
  }
}

const sha256 = (source: Uint8Array | string): string => createHash('sha256').update(source).digest('hex');

const isWanted = (name: CheckName, spec: 'paper' | 'causal' | 'both'): boolean =>
  name === 'lemma3' || spec === 'both' || name === `theorem1.${spec}`;

const deadlineOf = ({ timeout_ms = 600_000 }: CheckOptions): number => performance.now() + timeout_ms;

function budgetOf(name: CheckName, options: CheckOptions): Budget {
  const { maxStates = 20_000_000, onProgress } = options;
  return {
    maxStates,
    deadline: deadlineOf(options),
    maxBytes,
    onProgress: onProgress && ((states, packets) => onProgress(name, states, packets)),
  };
}

function rejectText(reading: Extract<Reading, { ok: false }>): Rejection {
  const first = firstReason(reading.diagnostics)!;
  const diagnostics = reading.diagnostics.map(({ code, rule, message, line, column }) => {
    return { code, rule, message, line, column };
  });
  const { code, message, line, column } = first;
  return { code, message, line, column, details: { diagnostics } };
}

function rejectProgram(reading: Extract<Reading, { ok: true }>, analysis: Analysis, force: boolean): Rejection | null {
  const { broken } = analysis;
  if (!broken || (force && 'code' in broken && broken.code === 'nonlocal')) return null;
  const { rejection, occurrence } = reasonToReject(reading.program, analysis, broken);
  const start = occurrence === undefined ? undefined : reading.program.occurrences[occurrence - 1]?.start;
  const place = start === undefined ? undefined : positionsOf(reading.text, [start]).get(start);
  return { ...rejection, line: place?.line ?? null, column: place?.column ?? null };
}
