import type { Discharge, Obligation } from './obligation.js';
import type { SolverSession } from './session.js';

/**
 * Asks a solver for each obligation, in turn; several sessions share them. Each script has its own scope, and none may take
 * longer than what is left until the deadline (`performance.now()`), or than `timeout_ms`. The answers are in the order of the
 * obligations; `unknown` is never anything else.
 */
export async function discharge(
  sessions: readonly SolverSession[],
  obligations: readonly Obligation[],
  deadline: number,
  timeout_ms = Number.POSITIVE_INFINITY,
): Promise<Discharge[]> {
  const discharges = new Array<Discharge>(obligations.length);
  let next = 0;
  const work = async (session: SolverSession): Promise<void> => {
    while (next < obligations.length) {
      const i = next++;
      discharges[i] = await ask(session, obligations[i]!, Math.min(timeout_ms, deadline - performance.now()));
    }
  };
  await Promise.all(sessions.map(work));
  return discharges;
}

async function ask(session: SolverSession, { script }: Obligation, timeout_ms: number): Promise<Discharge> {
  if (timeout_ms <= 0) return { kind: 'unknown', why: 'the time limit was met' };
  const reply = await session.evaluate(`(reset)\n${script}`, timeout_ms);
  return reply.kind === 'stopped' ? { kind: 'unknown', why: reply.message } : readAnswer(reply.text);
}

/**
 * What the output of a solver says. An `(error …)` before the answer makes it worthless, whatever follows: solvers pass over the
 * assertion that they could not read, and then answer about the others.
 */
export function readAnswer(text: string): Discharge {
  const [first = '', ...rest] = text.trim().split('\n');
  const answer = first.trim();
  // After `unsat` there is no model: what `(get-value …)` says then is an error that does not matter.
  if (answer === 'unsat') return { kind: 'proved' };
  const values = rest.join('\n');
  if (answer === 'sat' && !values.includes('(error')) return { kind: 'refuted', values };
  return {
    kind: 'unknown',
    why: answer === 'unknown' ? 'the solver does not know' : `the solver said: ${text.trim()}`,
  };
}
