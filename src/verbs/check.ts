import { defaultLimits, LimitReached } from '../base/limits.js';
import { countRules, deployedTables, tablesOf } from '../compiler/artefact.js';
import { type Compilable, compileTables } from '../compiler/compile.js';
import type { Problem } from '../engines/engine.js';
import { analyse } from '../events/analysis.js';
import { type Reading, readProgram } from '../language/read-program.js';
import { describe, describeLinks, describeText } from '../report/result/describe.js';
import { placesOf } from '../report/result/places.js';
import type { Result, ShownCheck } from '../report/result/result.js';
import type { Tables } from '../tables/tables.js';
import { type CheckName, checkNames } from '../theorems/checks.js';
import type { CheckOptions } from './check-options.js';
import { suits } from './check-tables.js';
import { deadlineOf, rejectProgram, rejectText, sha256, version } from './common.js';
import { compilingTime_ms, decide, type Late } from './decide.js';
import { proveChecks } from './prove-checks.js';

/** What was read, and what there is to say of it. */
export interface Checked {
  readonly reading: Reading;
  readonly result: Result;
  /** Why the tables that were given cannot be of this program: then nothing was checked. */
  readonly unfit?: readonly string[];
}

/**
 * Checks a program: Lemma 3 and Theorem 1, in every execution within the bounds (spec 4), of switches that run tables (under
 * `tagged`); and those tables. Never throws on account of the program. `file` is the name that is shown.
 * @throws CheckpointError if `resume` is of something else
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
      places: placesOf(reading),
    };
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
    const tables = options.tables ?? compiled.tables;
    const decided = await decide({ problem, program: base.program.sha256, tables, wanted, options });
    const proves = (options.engine ?? 'all') === 'all' && semantics === 'tagged';
    const checks = proves ? await proveChecks(problem, decided, deadlineOf(options)) : decided;
    return { reading, result: { ...described, ...compiled.shown, warnings, rejected: null, checks } };
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

/** More entries than this are counted, not listed. */
const maxEntries = 1_000;

/** The tables and what is said of them, unless the program needs more than switches have, or too long. */
function compiledFor(
  compilable: Compilable,
  origin: Tables['program'],
): { readonly tables?: Tables | Late; readonly shown: Pick<Result, 'rules' | 'tables'> } {
  const deadline = Math.min(compilable.limits.deadline, performance.now() + compilingTime_ms);
  try {
    const compiled = compileTables({ ...compilable, limits: { ...compilable.limits, deadline } });
    const rules = countRules(compiled);
    const shown = { rules, ...(rules.total > maxEntries ? {} : { tables: deployedTables(compiled) }) };
    return { tables: tablesOf(compiled, origin), shown };
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    return error.isTime ? { tables: { late: error.message }, shown: {} } : { shown: {} };
  }
}

const isWanted = (name: CheckName, spec: 'paper' | 'causal' | 'both'): boolean =>
  name === 'lemma3' || spec === 'both' || name === `theorem1.${spec}`;
