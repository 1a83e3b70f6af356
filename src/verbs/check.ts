import { assertArguments, textOption } from '../base/arguments.js';
import { LimitReached } from '../base/limits.js';
import { limitMemory } from '../base/memory.js';
import { assertOptions, assertProgram } from '../base/options.js';
import { during } from '../base/phase.js';
import { countRules, deployedTables } from '../compiler/artefact.js';
import type { Problem } from '../engines/engine.js';
import type { Semantics } from '../execution/execution.js';
import { capabilities } from '../execution/semantics.js';
import type { Reading } from '../language/read-program.js';
import { describe, describeLinks, describeProperties, describeText, listProduct } from '../report/result/describe.js';
import { placesOf } from '../report/result/places.js';
import type { Result, ShownCheck } from '../report/result/result.js';
import type { SolverSession } from '../smt/solver/session.js';
import { sharedSession } from '../smt/solver/shared-session.js';
import type { Tables } from '../tables/tables.js';
import { askedOf } from './asked.js';
import { type CheckOptions, checkOptions } from './check-options.js';
import { suits } from './check-tables.js';
import { openCheckpoint } from './checkpoint.js';
import { sha256, version } from './common.js';
import { coverageOf } from './coverage.js';
import { compilingTime_ms, decide, type Late } from './decide.js';
import { keepingProofs } from './kept-proofs.js';
import { type Accepted, accepted, analysed, compiled, executionOptions, read } from './load.js';
import { withWitness } from './witness-of.js';

/** What was read, and what there is to say of it. */
export interface Checked {
  readonly reading: Reading;
  readonly result: Result;
  /** Why the tables that were given cannot be of this program: then nothing was checked. */
  readonly unfit?: readonly string[];
  /** What was asked for and is not there, in words: then nothing was checked. */
  readonly unasked?: readonly string[];
}

/**
 * Checks a program: Lemma 3, Theorem 1 and the properties that it declares, in every execution within the bounds (spec
 * 4, 6), of switches that run tables (under `tagged`); and those tables. Never throws on account of the program. `file`
 * is the name that is shown.
 * @throws CheckpointError if `resume` is of something else
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { check } from 'snk-verify';
 *
 * const file = 'models/firewall.snk';
 * const source = readFileSync(file, 'utf8');
 * const { result } = await check(source, file, { packets: 2 });
 * console.log(result.checks.lemma3?.status); // proved
 * ```
 */
export async function check(source: Uint8Array | string, file: string, options: CheckOptions = {}): Promise<Checked> {
  assertProgram('check', source, file);
  assertOptions('check', options, checkOptions);
  limitMemory(options.maxMemory_bytes);
  const execution = executionOptions(options);
  const text = read(source, file, options.properties);
  const { reading } = text;
  const base = {
    tool: { name: 'snk-verify', version } as const,
    program: { file, sha256: sha256(source), ...describeText(reading.text) },
    options: execution,
    warnings: [],
    checks: {},
  };
  if (!text.ok) return { reading, result: { ...base, rejected: text.rejection } };

  const asked = askedOf(text.program, options);
  if (!asked.ok) return { reading, result: { ...base, rejected: null }, unasked: asked.problems };
  const { wanted } = asked;
  const unknown = (why: string): Checked => {
    const check: ShownCheck = { status: 'unknown', states: 0, counterexample: null, limit: 'size', why };
    const checks = Object.fromEntries(wanted.map(({ name }) => [name, check]));
    return { reading, result: { ...base, rejected: null, checks } };
  };
  const session = sessionFor(base.program.sha256, execution.semantics, options);
  const meaning = analysed(text, options);
  if (!meaning.ok) return unknown(meaning.why);
  const { analysis, limits } = meaning;
  try {
    const product = listProduct(analysis.system);
    const described = {
      ...base,
      program: { ...base.program, ...describeLinks(text.program, product) },
      ...describe(text.reading, analysis, limits, product),
      places: placesOf(text.reading),
      ...describeProperties(text.program),
    };
    const loaded = accepted(meaning, options);
    if (!loaded.ok) return { reading, result: { ...described, rejected: loaded.rejection } };
    const { program, system, structure } = loaded;
    const problem: Problem = { program, system, structure, options: execution, limits };
    const fitting = options.tables && suits(options.tables, problem, base.program.sha256);
    if (fitting?.kind === 'unfit') return { reading, result: { ...described, rejected: null }, unfit: fitting.reasons };
    const made = compiledFor(loaded);
    const warnings = [...described.warnings, ...(fitting?.warnings ?? [])];
    const tables = options.tables ?? made.tables;
    const question = { problem, file, program: base.program.sha256, tables, wanted, options, session };
    const verdicts = await during({ doing: 'deciding the checks of', file }, () => decide(question));
    const checks = withWitness(verdicts, problem, wanted, options);
    const coverage = options.coverage ? { coverage: coverageOf(loaded, problem, options) } : {};
    return { reading, result: { ...described, ...made.shown, ...coverage, warnings, rejected: null, checks } };
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    return unknown(error.message);
  }
}

/**
 * The result of a file that cannot be read, so that it is not missed in a list of results. `message` says why.
 * @example
 * ```ts
 * import { unread } from 'snk-verify';
 *
 * const result = unread('gone.snk', 'there is no such file');
 * console.log(result.error?.message); // there is no such file
 * ```
 */
export function unread(file: string, message: string, options: CheckOptions = {}): Result {
  assertArguments('unread', { file: [file, textOption], message: [message, textOption] });
  assertOptions('unread', options, checkOptions);
  return {
    tool: { name: 'snk-verify', version },
    program: { file, sha256: '' },
    error: { message },
    rejected: null,
    options: executionOptions(options),
    warnings: [],
    checks: {},
  };
}

/** More entries than this are counted, not listed. */
const maxEntries = 1_000;

/** The tables and what is said of them, unless the program needs more than switches have, or too long. */
function compiledFor(program: Accepted): {
  readonly tables?: Tables | Late;
  readonly shown: Pick<Result, 'rules' | 'tables'>;
} {
  const deadline = Math.min(program.limits.deadline, performance.now() + compilingTime_ms);
  const made = compiled({ ...program, limits: { ...program.limits, deadline } });
  if (!made.ok) return made.isTime ? { tables: { late: made.why }, shown: {} } : { shown: {} };
  const { tables, compilation } = made;
  const rules = countRules(compilation);
  return { tables, shown: { rules, ...(rules.total > maxEntries ? {} : { tables: deployedTables(compilation) }) } };
}

/**
 * The Z3 that proves; with a folder for checkpoints, what it proves is kept there from the start.
 * @throws CheckpointError
 */
function sessionFor(program: string, semantics: Semantics, { resume, engine }: CheckOptions): SolverSession {
  const session = sharedSession();
  if (!resume) return session;
  const proves = engine !== 'explore' && capabilities[semantics].compiled;
  // Written at once: a program may take long to analyse, and whoever can keep nothing, or goes on from another program,
  // hears of it before that.
  const checkpoint = openCheckpoint(resume, proves ? 'proofs' : 'program', { version, program, options: {} });
  return proves ? keepingProofs(session, checkpoint) : session;
}
