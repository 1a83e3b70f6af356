import type { Counterexample } from '../../execution/execution.js';
import { type Check, namesIn, strong, theorems } from '../../theorems/checks.js';
import type { Result } from './result.js';

/** A key of `checks` in a result: what is checked of the program, or of the tables that switches run. */
export type ShownCheckName = keyof Result['checks'];

const shown: Readonly<Record<string, Pick<Check, 'title' | 'statement'>>> = {
  ...theorems,
  strong,
  tables: { title: 'Tables', statement: 'The tables do what the program says' },
};

/** What a check is called; one that is not known here, by its name. */
export const titleOfCheck = (name: string): string => shown[name]?.title ?? name;

/** What a check states, for people who see its name only. */
export const statementOf = (name: string): string => shown[name]?.statement ?? name;

/** Statuses, the worst first. */
const fromWorst = ['violated', 'unknown', 'holds', 'proved'] as const;

/**
 * The worst status of all checks of a result in one: `proved` only if everything is. `holds` if nothing was checked.
 */
export const worstStatus = ({ checks }: Pick<Result, 'checks'>): (typeof fromWorst)[number] =>
  fromWorst.find((status) => Object.values(checks).some((check) => check.status === status)) ?? 'holds';

/** The title of a counterexample to some checks: `Lemma 3 is broken`. */
export function brokenTitle(names: readonly ShownCheckName[]): string {
  if (names.includes('tables')) return 'the tables do something else than the program';
  const what = names.map(titleOfCheck).join(' and ');
  return `${what} ${names.length > 1 ? 'are' : 'is'} broken`;
}

/**
 * The counterexamples, each with the checks that it breaks: often one execution breaks both definitions of Theorem 1.
 */
export function counterexamplesOf({
  checks,
}: Pick<Result, 'checks'>): { readonly names: readonly ShownCheckName[]; readonly counterexample: Counterexample }[] {
  const found: { names: ShownCheckName[]; counterexample: Counterexample }[] = [];
  for (const name of ['tables', ...namesIn(checks)] as const) {
    const { counterexample } = checks[name] ?? {};
    if (!counterexample) continue;
    const same = found.find((earlier) => essence(earlier.counterexample) === essence(counterexample));
    if (same) same.names.push(name);
    else found.push({ names: [name], counterexample });
  }
  return found;
}

/** The text in which two counterexamples must agree to be shown as one. */
const essence = ({ account: _, ...rest }: Counterexample): string => JSON.stringify(rest);
