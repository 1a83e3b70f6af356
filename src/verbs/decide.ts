import { memoryLimit_bytes } from '../base/memory.js';
import type { Budget, Engine, Problem } from '../engines/engine.js';
import { capabilities } from '../execution/semantics.js';
import { allReductions, showReductions } from '../network/reductions/reductions.js';
import type { Result, ShownCheck, ShownTablesCheck } from '../report/result/result.js';
import { exploring } from '../search/explorer.js';
import { exploringInWorker } from '../search/in-worker.js';
import { boundedEngine } from '../smt/bounded/engine.js';
import { openSession, type SolverSession } from '../smt/solver/session.js';
import type { Tables } from '../tables/tables.js';
import { type ByCheck, type Check, type CheckName, checks as everyCheck } from '../theorems/checks.js';
import type { CheckOptions } from './check-options.js';
import { checkTables, different, type TabledProblem, unknownByTables } from './check-tables.js';
import { openCheckpoint } from './checkpoint.js';
import { deadlineOf, sha256, version } from './common.js';
import { inParallel } from './in-parallel.js';

/** The compiler took too long: why, in words. */
export interface Late {
  readonly late: string;
}

/** What there is to decide. */
interface Question {
  readonly problem: Problem;
  /** The hash of the program's text. */
  readonly program: string;
  readonly tables: Tables | Late | undefined;
  readonly wanted: readonly Check[];
  readonly options: CheckOptions;
  /** The Z3 that is asked about tables. */
  readonly session: SolverSession;
}

/** Memory for visited states, in bytes, unless Node may use less (--max-old-space-size). */
const maxBytes = 2 * 2 ** 30;

/** Time for compiling, in milliseconds: checks are not to wait for the compiler for ever. */
export const compilingTime_ms = 10_000;

/**
 * The verdicts: on the tables first, since a difference between tables and program makes all other verdicts unknown.
 */
export async function decide(question: Question): Promise<Result['checks']> {
  const { problem, tables, wanted, options } = question;
  const { engine = 'all' } = options;
  const isTabled = capabilities[problem.options.semantics].compiled && tables !== undefined;
  if (!isTabled || ('late' in tables && engine === 'explore')) return decideEach(question, () => problem);
  if ('late' in tables) return { ...(await decideEach(question, () => problem)), tables: notProved(tables.late) };
  const tabled: TabledProblem = { ...problem, tables };
  const byZ3 =
    engine !== 'explore' ? await checkTables(tabled, budgetOf('tables', options), question.session) : undefined;
  if (byZ3?.status === 'violated')
    return { ...Object.fromEntries(wanted.map(({ name }) => [name, unknownByTables(0)])), tables: byZ3 };

  // What Z3 has proved for all packets is still compared in every step of the exploration for Lemma 3, but not once
  // more in those for the other checks.
  const isProved = engine === 'all' && byZ3?.status === 'proved';
  const checks = await decideEach(question, ({ ofStates }) => (isProved && !ofStates ? problem : tabled));
  const counterexample = Object.values(checks)
    .map(different)
    .find((found) => found !== undefined);
  if (counterexample) {
    // Z3's proof covers all packets and all states about which the compiler promises anything, so either it or the
    // exploration is wrong.
    if (byZ3?.status === 'proved')
      throw new Error(`tables are proved, but an execution differs: ${counterexample.explanation}`);
    const rest = wanted.map(({ name }) => [name, unknownByTables(checks[name]!.states)]);
    return { ...Object.fromEntries(rest), tables: { status: 'violated', obligations: 0, counterexample } };
  }
  if (byZ3) return { ...checks, tables: byZ3 };
  // Without Z3 there is no verdict on tables that we compiled ourselves: all that was explored was compared with them.
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

/** Decides each check; with tables, up to the first difference between them and the program. */
async function decideEach(
  { program, wanted, options }: Question,
  posed: (check: Check) => Problem,
): Promise<ByCheck<ShownCheck>> {
  // A solver's session answers one question after the other.
  const atOnce = options.engine === 'smt' ? 1 : (options.workers ?? 1);
  const decided = await withEngine(options, (engine) =>
    inParallel(atOnce, wanted, (check) => decideOne(engine, posed(check), check, program, options)),
  );
  return Object.fromEntries(wanted.map(({ name }, i) => [name, decided[i]!]));
}

/** Runs work with the engine that is asked for, and afterwards frees what the engine holds, whatever happens. */
async function withEngine<Result>(
  { engine = 'all', workers = 1, reduce = allReductions }: CheckOptions,
  use: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  if (engine !== 'smt') return use((workers > 1 ? exploringInWorker : exploring)(reduce));
  const session = openSession();
  try {
    return await use(boundedEngine(session));
  } finally {
    await session.close();
  }
}

/** One check, from where a checkpoint of it stands if there is one. */
async function decideOne(
  engine: Engine,
  problem: Problem,
  check: Check,
  program: string,
  options: CheckOptions,
): Promise<ShownCheck> {
  const { force = false, resume, reduce = allReductions } = options;
  const { bound } = problem.structure;
  const tables = problem.tables ? sha256(JSON.stringify(problem.tables)) : 'none';
  const chosen = { force, unroll: bound ?? 'none', tables, reduce: showReductions(reduce) };
  const of = { version, program, options: { ...problem.options, ...chosen } };
  const checkpoint = resume && openCheckpoint(resume, check.name, of);
  if (checkpoint?.decided) return checkpoint.decided;
  const verdict = await engine(problem, check, { ...budgetOf(check.name, options), keeper: checkpoint?.keeper });
  const { status, states, ...more } = verdict;
  const shown: ShownCheck = { status, states, counterexample: null, ...more };
  if (status !== 'unknown') checkpoint?.decide(shown);
  return shown;
}

/** How many stages share the time that is left: this one, the theorems that are explored after it, and the proofs. */
const stagesFrom = (stage: CheckName | 'tables'): number => {
  const later =
    stage === 'tables' ? everyCheck : everyCheck.slice(everyCheck.findIndex(({ name }) => name === stage) + 1);
  return 2 + later.length;
};

function budgetOf(stage: CheckName | 'tables', options: CheckOptions): Budget {
  const name = stage === 'tables' ? 'lemma3' : stage;
  const { maxStates = 20_000_000, onProgress } = options;
  return {
    maxStates,
    deadline: deadlineOf(options, stagesFrom(stage)),
    maxBytes: Math.min(maxBytes, memoryLimit_bytes()),
    onProgress: onProgress && ((states, packets) => onProgress(name, states, packets)),
  };
}
