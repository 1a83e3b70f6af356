import type { Obligation } from '../solver/obligation.js';
import type { SolverSession } from '../solver/session.js';
import { readAnswers, writeScripts } from './scripts.js';

/** Scripts that are remembered as settled; those of one program are some dozens. */
const maxSettled = 5_000;

/**
 * Asks Z3 about the scripts of obligations, and gives what is wrong with its answers, each in a line; none if all are unsatisfiable.
 * Scripts that are in `settled`, which it has found unsatisfiable before, it is not asked about again: programs with the same event
 * structure share most of theirs. Those that it now finds so are added.
 */
export async function askAgain(
  session: SolverSession,
  obligations: readonly Obligation[],
  settled: Set<string>,
  timeout_ms: number,
): Promise<string[]> {
  const open = obligations.filter(({ script }) => !settled.has(script));
  if (open.length === 0) return [];
  const names = open.map(({ name }) => name);
  const problems = await askFile(session, names, writeScripts('', open), timeout_ms);
  if (problems.length === 0 && settled.size + open.length <= maxSettled)
    for (const { script } of open) settled.add(script);
  return problems;
}

/** Asks Z3 about a whole file of scripts with these names, and gives what is wrong with its answers, each in a line. */
export async function askFile(
  session: SolverSession,
  names: readonly string[],
  scripts: string,
  timeout_ms: number,
): Promise<string[]> {
  const reply = await session.evaluate(`(reset)\n${scripts}`, timeout_ms);
  if (reply.kind === 'stopped') return [`Z3 was stopped: ${reply.message}`];
  return readAnswers(names, reply.text).map((problem) => `Z3 (embedded): ${problem}`);
}
