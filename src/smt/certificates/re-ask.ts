import type { Obligation } from '../solver/obligation.js';
import type { SolverSession } from '../solver/session.js';
import { readAnswers, writeScripts } from './scripts.js';

/** The answers that are wrong, and the obligations that were not answered within time or memory, each in a line. */
export interface ReAsked {
  readonly problems: readonly string[];
  readonly open: readonly string[];
}

/** How many scripts are remembered as settled at most; one program has some dozens. */
const maxSettled = 5_000;

/**
 * Asks Z3 about the scripts of obligations, and gives what is wrong with its answers, each in a line; none if all are
 * unsatisfiable. Z3 is not asked again about scripts in `settled`, which it has found unsatisfiable before: programs
 * with the same event structure share most of their scripts. Those that it now finds unsatisfiable are added.
 */
export async function askAgain(
  session: SolverSession,
  obligations: readonly Obligation[],
  settled: Set<string>,
  timeout_ms: number,
): Promise<ReAsked> {
  const open = obligations.filter(({ script }) => !settled.has(script));
  if (open.length === 0) return { problems: [], open: [] };
  const names = open.map(({ name }) => name);
  const asked = await askFile(session, names, writeScripts('', open), timeout_ms);
  if (asked.problems.length + asked.open.length === 0 && settled.size + open.length <= maxSettled)
    for (const { script } of open) settled.add(script);
  return asked;
}

/** Asks Z3 about a whole file of scripts with these names, and gives what is wrong with its answers, each in a line. */
export async function askFile(
  session: SolverSession,
  names: readonly string[],
  scripts: string,
  timeout_ms: number,
): Promise<ReAsked> {
  const reply = await session.evaluate(`(reset)\n${scripts}`, timeout_ms);
  if (reply.kind === 'stopped') {
    const line = `Z3 (embedded) did not answer for ${names[0]} and what follows: ${reply.message}`;
    return reply.why === 'fault' ? { problems: [line], open: [] } : { problems: [], open: [line] };
  }
  return { problems: readAnswers(names, reply.text).map((problem) => `Z3 (embedded): ${problem}`), open: [] };
}
