import { timeMet } from '../../base/limits.js';
import type { Discharge, Obligation } from './obligation.js';
import type { SolverSession } from './session.js';

/**
 * Asks a solver for each obligation, in turn; several sessions share them. Each script has its own scope. Of the time
 * until the deadline (`performance.now()`) each may take an equal share of what is left; those that this was too little
 * for are asked once more, with what the others have left over. The answers are in the order of the obligations; an
 * `unknown` is never taken for another answer.
 * @param effort how much Z3 may do for one obligation, in its own units (`rlimit`), which do not depend on how busy the
 * machine is
 */
export async function discharge(
  sessions: readonly SolverSession[],
  obligations: readonly Obligation[],
  deadline: number,
  effort?: number,
): Promise<Discharge[]> {
  const answers = new Map<string, Discharge>();
  /** Equal scripts have one answer: they are asked once. */
  const distinct = [...new Map(obligations.map((one) => [one.script, one])).values()];
  const cut: number[] = [];
  const round = async (wanted: readonly number[]): Promise<void> => {
    let next = 0;
    const work = async (session: SolverSession): Promise<void> => {
      while (next < wanted.length) {
        const share_ms = ((deadline - performance.now()) * sessions.length) / (wanted.length - next);
        const i = wanted[next++]!;
        const { answer, isCut } = await ask(
          session,
          distinct[i]!,
          Math.min(share_ms, deadline - performance.now()),
          effort,
        );
        answers.set(distinct[i]!.script, answer);
        if (isCut) cut.push(i);
      }
    };
    await Promise.all(sessions.map(work));
  };
  await round([...distinct.keys()]);
  if (deadline - performance.now() > worthwhile_ms) await round(cut.splice(0));
  return obligations.map(({ script }) => answers.get(script)!);
}

/** With less time left nobody is asked again. */
const worthwhile_ms = 100;

async function ask(
  session: SolverSession,
  { script }: Obligation,
  timeout_ms: number,
  effort: number | undefined,
): Promise<{ readonly answer: Discharge; readonly isCut: boolean }> {
  if (timeout_ms <= 0) return { answer: { kind: 'unknown', why: timeMet }, isCut: true };
  const limited = effort === undefined ? '' : `(set-option :rlimit ${effort})\n`;
  const reply = await session.evaluate(`(reset)\n${limited}${script}`, timeout_ms);
  if (reply.kind === 'stopped')
    return { answer: { kind: 'unknown', why: reply.message }, isCut: reply.why === 'timeout' };
  const answer = readAnswer(reply.text);
  if (answer.kind !== 'unknown' || effort === undefined) return { answer, isCut: false };
  return {
    answer: { ...answer, why: `${answer.why} with the effort of \`check\`; \`prove\` has no limit but --timeout` },
    isCut: false,
  };
}

/**
 * What the output of a solver says. An `(error …)` before the answer makes it worthless, whatever follows: solvers pass
 * over the assertion that they could not read, and then answer about the others.
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
