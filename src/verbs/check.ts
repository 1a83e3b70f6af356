import { countRules, deployed } from '../compiler/artefact.js';
import { type Compilable, compile as compileTables } from '../compiler/compile.js';
import { analyse } from '../events/analysis.js';
import type { Semantics } from '../execution/execution.js';
import { explore } from '../explore/explorer.js';
import { type Reading, readProgram } from '../language/read-program.js';
import { defaultLimits, LimitReached } from '../netkat/limits.js';
import { describe, describeLinks, describeText } from '../report/describe.js';
import type { Result, ShownCheck } from '../report/result.js';
import type { Budget } from '../theorems/engine.js';
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
    program: { file, sha256: sha256(source), ...describeText(reading.text) },
    options: { semantics, packets, controller },
    warnings: [],
    checks: {},
  };
  if (!reading.ok) return { reading, result: { ...base, rejected: rejectText(reading) } };

  const limits = { ...defaultLimits, deadline: deadlineOf(options) };
  const wanted = checkNames.filter((name) => isWanted(name, options.spec ?? 'both'));
  try {
    const analysis = analyse(reading.program, options.unroll ?? 4 * packets, limits);
    const described = {
      ...base,
      program: { ...base.program, ...describeLinks(reading.program, analysis.system) },
      ...describe(reading.program, analysis, limits),
    };
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
    const checks: Partial<Record<CheckName, ShownCheck>> = {};
    for (const name of wanted) {
      const { status, states, ...more } = explore(problem, name, budgetOf(name, options));
      checks[name] = { status, states, counterexample: null, ...more };
    }
    return { reading, result: { ...described, ...compiled, rejected: null, checks } };
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

/** More entries than this are counted, not listed. */
const maxEntries = 1_000;

/** The rules and their numbers, unless the program needs more than switches have, or too long. */
function rulesOf(compilable: Compilable): Pick<Result, 'rules' | 'tables'> {
  const deadline = Math.min(compilable.limits.deadline, performance.now() + countingTime_ms);
  try {
    const compiled = compileTables({ ...compilable, limits: { ...compilable.limits, deadline } });
    const rules = countRules(compiled);
    return { rules, ...(rules.total > maxEntries ? {} : { tables: deployed(compiled) }) };
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
