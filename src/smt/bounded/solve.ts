import { timeMet } from '../../base/limits.js';
import type { LimitName } from '../../engines/verdict.js';
import type { SolverSession } from '../solver/session.js';
import type { Term } from '../solver/term.js';
import type { Cost } from './cost.js';
import { readModel, type SolverModel } from './model.js';

/** The solver was stopped, or does not know. */
export class Stopped extends Error {
  readonly limit: LimitName;
  constructor(limit: LimitName, message: string) {
    super(message);
    this.limit = limit;
  }
}

/**
 * A script, a term that must hold besides, the variables whose values are wanted, and the costs whose sum is to be
 * least.
 */
export interface Wanted {
  readonly script: string;
  readonly goal: Term;
  readonly values: readonly Term[];
  readonly costs: readonly Cost[];
}

/** How much longer than the first model took, and at least how long, a cheaper one may be looked for. */
const patience = { factor: 4, least_ms: 10_000 };

/** The longest that a timer can wait. */
const longest_ms = 2 ** 31 - 1;

/**
 * A cheapest model, or undefined if there is no model. If it takes too long to rule out a cheaper one, the cheapest
 * found so far. @throws Stopped
 */
export async function solve(
  session: SolverSession,
  wanted: Wanted,
  deadline: number,
): Promise<SolverModel | undefined> {
  const start = performance.now();
  const { script, goal, values, costs } = wanted;
  const getValues = `(get-value (${values.join(' ')}))`;
  const first = await ask(session, `(reset)\n(set-logic QF_FD)\n${script}\n(assert ${goal})`, getValues, deadline);
  if (first === undefined || costs.length === 0) return first;
  const took = performance.now() - start;
  const enough = Math.min(deadline, performance.now() + Math.max(patience.least_ms, patience.factor * took));
  let best = first;
  for (;;) {
    const bound = totalOf(costs, best) - 1;
    const cheaper = `(assert ((_ pble ${bound} ${costs.map(({ steps }) => steps).join(' ')}) ${costs.map(({ when }) => when).join(' ')}))`;
    try {
      const next = await ask(session, cheaper, getValues, enough);
      if (next === undefined) return best;
      best = next;
    } catch (error) {
      if (error instanceof Stopped) return best;
      throw error;
    }
  }
}

const totalOf = (costs: readonly Cost[], holds: SolverModel): number =>
  costs.reduce((sum, { steps, when }) => sum + (holds(when) ? steps : 0), 0);

/** Adds to what the session knows, and asks whether there is a model. @throws Stopped */
async function ask(
  session: SolverSession,
  script: string,
  getValues: string,
  deadline: number,
): Promise<SolverModel | undefined> {
  const left = deadline - performance.now();
  if (left <= 0) throw new Stopped('timeout', timeMet);
  const found = await evaluate(session, `${script}\n(check-sat)`, left);
  if (found === 'unsat') return undefined;
  if (found !== 'sat') throw new Stopped('memory', `the solver does not know: ${found}`);
  // Only a model has values to ask for.
  return readModel(await evaluate(session, getValues, Math.max(1_000, deadline - performance.now())));
}

/** @throws Stopped, or an error if the solver rejects the script, which is then our mistake */
async function evaluate(session: SolverSession, script: string, timeout_ms: number): Promise<string> {
  const reply = await session.evaluate(script, Math.min(timeout_ms, longest_ms));
  if (reply.kind === 'stopped') {
    if (reply.why === 'fault') throw new Error(reply.message);
    throw new Stopped(reply.why, reply.message);
  }
  const text = reply.text.trim();
  if (!text.includes('(error')) return text;
  if (/memory/i.test(text)) throw new Stopped('memory', 'the solver is out of memory');
  throw new Error(`the solver said: ${text.slice(0, 500)}`);
}
