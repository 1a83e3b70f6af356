import { memoryLimit_bytes } from '../base/memory.js';
import { during } from '../base/phase.js';
import type { Budget, Engine, Problem } from '../engines/engine.js';
import { capabilities } from '../execution/semantics.js';
import { allReductions, showReductions } from '../network/reductions/reductions.js';
import type { Result, ShownCheck, ShownTablesCheck } from '../report/result/result.js';
import { exploring } from '../search/explorer.js';
import { exploringInWorker } from '../search/in-worker.js';
import { boundedEngine } from '../smt/bounded/engine.js';
import type { Attempt } from '../smt/proofs/attempt.js';
import { openSession, type SolverSession } from '../smt/solver/session.js';
import type { Tables } from '../tables/tables.js';
import type { ByCheck, Check, CheckName } from '../theorems/checks.js';
import type { CheckOptions } from './check-options.js';
import { checkTables, different, type TabledProblem, unknownByTables } from './check-tables.js';
import { openCheckpoint } from './checkpoint.js';
import { deadlineOf, sha256, version } from './common.js';
import { type Explored, inOrder, provedCheck, shares } from './cross-check.js';
import { decideConfigurations, isOfConfigurations } from './decide-configurations.js';
import { inParallel } from './in-parallel.js';
import { type Attempts, noAttempts, proveChecks } from './prove-checks.js';
import { forProofs, forSearch, forTables } from './time-shares.js';

/** The compiler took too long: why, in words. */
export interface Late {
  readonly late: string;
}

/** What there is to decide. */
interface Question {
  readonly problem: Problem;
  /** The name of the program's file, and the hash of its text. */
  readonly file: string;
  readonly program: string;
  readonly tables: Tables | Late | undefined;
  readonly wanted: readonly Check[];
  readonly options: CheckOptions;
  /** The Z3 that is asked about tables, and for proofs. */
  readonly session: SolverSession;
}

/** Time for compiling, in milliseconds: checks are not to wait for the compiler for ever. */
export const compilingTime_ms = 10_000;

/**
 * The verdicts: on the tables first, since a difference between tables and program makes all other verdicts unknown;
 * then proofs; and then what is not proved is explored, and after it what is, as a cross-check.
 * @throws if something is proved that is violated
 */
export async function decide(question: Question): Promise<Result['checks']> {
  const alone = question.wanted.filter(isOfConfigurations);
  const decided = await decideExecutions({
    ...question,
    wanted: question.wanted.filter((one) => !alone.includes(one)),
  });
  const deadline = deadlineOf(question.options);
  const byTrees = alone.map((check) => [check.name, decideConfigurations(question.problem, check, deadline)]);
  const checks: ByCheck<ShownCheck> = { ...decided, ...Object.fromEntries(byTrees) };
  const { tables } = decided;
  return {
    ...Object.fromEntries(question.wanted.map(({ name }) => [name, checks[name]!])),
    ...(tables && { tables }),
  };
}

/** The verdicts on checks of executions, and on the tables. */
async function decideExecutions(question: Question): Promise<Result['checks']> {
  const { problem, file, wanted, options, session } = question;
  const { engine = 'all' } = options;
  const isCompiled = capabilities[problem.options.semantics].compiled;
  const tables = isCompiled ? question.tables : undefined;
  const tabled: TabledProblem | undefined = tables && !('late' in tables) ? { ...problem, tables } : undefined;
  const byZ3 = engine === 'explore' ? undefined : await judgeTables(tables, tabled, question);
  if (byZ3?.status === 'violated')
    return { ...Object.fromEntries(wanted.map(({ name }) => [name, unknownByTables(0)])), tables: byZ3 };

  const asking = { deadline: forProofs(options), isPatient: options.until !== undefined, session };
  const attempts =
    engine === 'all' && isCompiled
      ? await during({ doing: 'proving the checks of', file }, () => proveChecks(problem, wanted, asking))
      : noAttempts;
  // What Z3 has proved for all packets is still compared in every step of the exploration for Lemma 3, but not once
  // more in those for the other checks.
  const isProved = engine === 'all' && byZ3?.status === 'proved';
  // Properties, which are many, are compared only where tables are given and nothing else is.
  const isCompared = wanted.some(({ kind }) => kind !== 'property') || !options.tables;
  const posed = ({ ofStates, kind }: Check) =>
    tabled && (ofStates || !isProved) && !(kind === 'property' && isCompared) ? tabled : problem;
  // A proof is about the rules. It covers switches that run tables only if the tables are proved to do what the rules
  // say.
  const covers = byZ3?.status !== 'unknown';
  const explored = await exploreEach(question, posed, attempts, covers);
  const counterexample = Object.values(explored)
    .map(({ shown }) => different(shown))
    .find((found) => found !== undefined);
  if (counterexample) {
    // Z3's proof covers all packets and all states about which the compiler promises anything, so either it or the
    // exploration is wrong.
    if (byZ3?.status === 'proved')
      throw new Error(`tables are proved, but an execution differs: ${counterexample.explanation}`);
    const rest = wanted.map(({ name }) => [name, unknownByTables(explored[name]?.shown.states ?? 0)]);
    return { ...Object.fromEntries(rest), tables: { status: 'violated', obligations: 0, counterexample } };
  }
  const subject = { packets: problem.options.packets, listed: tabled ? problem.structure.bound : null };
  const concluded = wanted.map(({ name }) => [
    name,
    conclude(subject, name, explored[name], attempts.of.get(name), covers),
  ]);
  const checks: ByCheck<ShownCheck> = Object.fromEntries(concluded);
  if (byZ3) return { ...checks, tables: byZ3 };
  // Without Z3 there is no verdict on tables that we compiled ourselves: all that was explored was compared with them.
  if (!options.tables || !tabled) return checks;
  const why = 'no step within the bounds differs, but --engine explore does not ask Z3 about all packets';
  return { ...checks, tables: notProved(why) };
}

/** What Z3 says of the tables; undefined if there are none. */
async function judgeTables(
  tables: Tables | Late | undefined,
  tabled: TabledProblem | undefined,
  { options, session }: Question,
): Promise<ShownTablesCheck | undefined> {
  if (tables && 'late' in tables) return notProved(tables.late);
  return tabled && checkTables(tabled, budgetOf('lemma3', forTables(options), options), session);
}

const notProved = (why: string): ShownTablesCheck => ({
  status: 'unknown',
  obligations: 0,
  counterexample: null,
  why,
});

/**
 * Explores each check, those that are proved last; with tables, up to the first difference between them and the
 * program.
 */
async function exploreEach(
  question: Question,
  posed: (check: Check) => Problem,
  attempts: Attempts,
  covers: boolean,
): Promise<ByCheck<Explored>> {
  const { options } = question;
  const { crossCheck = 'budget' } = options;
  const isProved = ({ name }: Check) => covers && attempts.of.get(name)?.kind === 'proved';
  const order = inOrder(question.wanted, attempts).filter((check) => crossCheck !== 'off' || !isProved(check));
  const share = shares(order.filter(isProved).length, attempts.took_ms);
  let left = order.length;
  // A solver's session answers one question after the other.
  const atOnce = options.engine === 'smt' ? 1 : (options.workers ?? 1);
  const explored = await withEngine(options, (engine) =>
    inParallel(atOnce, order, (check) => {
      const enough = crossCheck === 'budget' && isProved(check) ? share() : undefined;
      const budget = { ...budgetOf(check.name, forSearch(options, left--, attempts.took_ms), options), enough };
      return exploreOne(engine, posed(check), check, question, budget);
    }),
  );
  return Object.fromEntries(order.map(({ name }, i) => [name, explored[i]!]));
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
async function exploreOne(
  engine: Engine,
  problem: Problem,
  check: Check,
  { program, options }: Question,
  budget: Budget,
): Promise<Explored> {
  const { force = false, isOneBlock = false, resume, reduce = allReductions } = options;
  const { bound } = problem.structure;
  const tables = problem.tables ? sha256(JSON.stringify(problem.tables)) : 'none';
  // Properties of a file beside the program are not of its text, and their values join the domains.
  const { fields, properties } = problem.program;
  const asked = properties.length > 0 ? { properties: sha256(JSON.stringify([fields, properties])) } : {};
  const blocks = isOneBlock ? 'off' : 'on';
  const chosen = { force, blocks, unroll: bound ?? 'none', tables, reduce: showReductions(reduce), ...asked };
  const of = { version, program, options: { ...problem.options, ...chosen } };
  const checkpoint = resume && openCheckpoint(resume, check.name, of);
  if (checkpoint?.decided) return { shown: checkpoint.decided };
  const verdict = await engine(problem, check, { ...budget, keeper: checkpoint?.keeper });
  const { status, states, reached, ...more } = { reached: undefined, ...verdict };
  const shown: ShownCheck = { status, states, counterexample: null, ...more };
  // What has met a limit, or was a cross-check and has done enough, is not decided: the next run goes on from there.
  if (status !== 'unknown') checkpoint?.decide(shown);
  return { shown, reached };
}

/**
 * A proof for a program with loops is about rules with endlessly many events; tables hold only the events of paths up
 * to a length.
 */
const ofTablesUpTo = (events: number): string =>
  `tables hold the first ${events} events of the loop, so switches that run them do what is proved up to these`;

/**
 * The verdict on a check, by its proof and what was explored: `proved` where there is a proof, and otherwise the reason
 * why there is none.
 * @param listed how many events of a loop tables hold; null if there is no loop, or there are no tables
 * @throws if it is proved and violated
 */
function conclude(
  { packets, listed }: { readonly packets: number; readonly listed: number | null },
  name: CheckName,
  explored: Explored | undefined,
  found: Attempt | undefined,
  covers: boolean,
): ShownCheck {
  if (found?.kind === 'proved' && explored?.shown.status === 'violated')
    throw new Error(`${name} has a proof, and an execution that violates it`);
  if (found?.kind === 'proved' && covers) {
    const proved = provedCheck(explored, packets);
    return listed === null ? proved : { ...proved, unproved: ofTablesUpTo(listed) };
  }
  if (!explored) throw new Error(`${name} was neither proved nor explored`);
  const { shown } = explored;
  if (!found || shown.status !== 'holds') return shown;
  return { ...shown, unproved: found.kind === 'proved' ? 'what the tables do is not proved' : found.why };
}

/** What bounds the exploration of a check. */
export function budgetOf(name: CheckName, deadline: number, options: CheckOptions): Budget {
  const { maxStates = 20_000_000, onProgress } = options;
  return {
    maxStates,
    deadline,
    maxBytes: memoryLimit_bytes(),
    onProgress: onProgress && ((states, packets) => onProgress(name, states, packets)),
  };
}
