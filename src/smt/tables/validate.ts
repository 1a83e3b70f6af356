import { LimitReached, whyUnasked } from '../../base/limits.js';
import type { Tables } from '../../tables/tables.js';
import { definitions } from '../solver/definitions.js';
import { discharge } from '../solver/discharge.js';
import type { Obligation } from '../solver/obligation.js';
import type { SolverSession } from '../solver/session.js';
import type { Compared } from './compared.js';
import { inOneScript, obligationOf, type TablesGoal } from './goal.js';
import { goalsOf } from './goals.js';
import { confirm, type TableRefutation } from './refutation.js';
import { type TablesSubject, tablesSubject } from './subject.js';

/** Whether tables do what a program says, as far as Z3 could tell. */
export type TablesProof =
  | { readonly kind: 'proved'; readonly obligations: number }
  | { readonly kind: 'refuted'; readonly obligations: number; readonly refutation: TableRefutation }
  | { readonly kind: 'unknown'; readonly obligations: number; readonly why: string };

/**
 * Proves of tables all that `goals.ts` lists, or shows a packet for which they do something else. The obligations of a
 * switch are asked together, for most tables are right; only if that fails, one by one.
 * @param tables of this program (`match-program.ts`)
 * @param deadline as `performance.now()` will say it
 */
export async function proveTables(
  compared: Compared,
  tables: Tables,
  sessions: readonly SolverSession[],
  deadline: number,
): Promise<TablesProof> {
  let subject: TablesSubject;
  let batches: readonly Batch[];
  try {
    subject = tablesSubject({ ...compared, limits: { ...compared.limits, deadline } }, tables);
    batches = batchesOf(subject);
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    return { kind: 'unknown', obligations: 0, why: whyUnasked('the goals of tables are', error) };
  }
  const answers = await discharge(
    sessions,
    batches.map(({ obligation }) => obligation),
    deadline,
  );
  const open = batches.filter((_, i) => answers[i]!.kind !== 'proved').flatMap((batch) => batch.goals);
  const obligations = batches.reduce((count, { goals }) => count + goals.length, 0);
  let why: string | undefined;
  for (const goal of inOrder(open)) {
    const obligation = obligationOf(goal, definitions());
    const [answer] = await discharge(sessions, [obligation], deadline);
    if (answer!.kind === 'refuted')
      return { kind: 'refuted', obligations, refutation: confirm(subject, goal, answer!.values) };
    if (answer!.kind === 'unknown') why ??= `${obligation.name} is open: ${answer!.why}`;
  }
  return why === undefined ? { kind: 'proved', obligations } : { kind: 'unknown', obligations, why };
}

/** The goals, with claims about where packets can be last: those are refuted only where a claim about tables is. */
const inOrder = (goals: readonly TablesGoal[]): TablesGoal[] => {
  const isAboutRegions = (goal: TablesGoal) => goal.about.kind === 'regions';
  return [...goals.filter((goal) => !isAboutRegions(goal)), ...goals.filter(isAboutRegions)];
};

/** The goals of one switch, and the obligation that they make together. */
interface Batch {
  readonly goals: readonly TablesGoal[];
  readonly obligation: Obligation;
}

function batchesOf(subject: TablesSubject): Batch[] {
  const goals = goalsOf(subject);
  return subject.program.topology.switches.map((n) => {
    const own = goals.filter((goal) => goal.switch === n);
    return { goals: own, obligation: inOneScript(n, own, definitions()) };
  });
}

/** All that is to be proved of tables, an obligation for each switch: what certificates hold. @throws LimitReached */
export const tablesObligations = (compared: Compared, tables: Tables): Obligation[] =>
  batchesOf(tablesSubject(compared, tables)).map(({ obligation }) => obligation);
