import type { Counterexample } from '../execution/execution.js';
import { type CheckName, checkNames } from '../theorems/verdict.js';
import type { Result } from './result.js';

export const checkTitles: Readonly<Record<CheckName, string>> = {
  lemma3: 'Lemma 3',
  'theorem1.paper': 'Theorem 1 (paper)',
  'theorem1.causal': 'Theorem 1 (causal)',
};

/** What a counterexample is one of: `Lemma 3 is broken`. */
export function brokenTitle(names: readonly CheckName[]): string {
  const what = names.map((name) => checkTitles[name]).join(' and ');
  return `${what} ${names.length > 1 ? 'are' : 'is'} broken`;
}

/** The counterexamples, each with the checks that it breaks: often one execution breaks both definitions of Theorem 1. */
export function counterexamplesOf({
  checks,
}: Pick<Result, 'checks'>): { readonly names: readonly CheckName[]; readonly counterexample: Counterexample }[] {
  const found: { names: CheckName[]; counterexample: Counterexample }[] = [];
  for (const name of checkNames) {
    const { counterexample } = checks[name] ?? {};
    if (!counterexample) continue;
    const same = found.find((earlier) => essence(earlier.counterexample) === essence(counterexample));
    if (same) same.names.push(name);
    else found.push({ names: [name], counterexample });
  }
  return found;
}

/** What two counterexamples must have in common to be told as one. */
const essence = ({ account: _, ...rest }: Counterexample): string => JSON.stringify(rest);
