import { no, type Term, yes } from '../solver/term.js';

/** Whether a term holds in a model: a name that the solver was asked for, or its negation. */
export type SolverModel = (term: Term) => boolean;

const variableIn = (term: Term): Term => (term.startsWith('(not ') ? term.slice(5, -1) : term);

/** The names that decide terms, each once. */
export const variablesIn = (terms: readonly Term[]): Term[] => [
  ...new Set(terms.map(variableIn).filter((name) => name !== yes && name !== no)),
];

/**
 * The model that Z3 has printed in answer to `(get-value …)`. @throws, when asked, for a term that it was not asked for
 */
export function readModel(values: string): SolverModel {
  const answers = new Map<Term, boolean>();
  for (const [, name, value] of values.matchAll(/\(([^\s()]+) (true|false)\)/g)) answers.set(name!, value === 'true');
  return (term) => {
    if (term === yes || term === no) return term === yes;
    const answer = answers.get(variableIn(term));
    if (answer === undefined) throw new Error(`the solver has given no value for ${term}`);
    return answer !== term.startsWith('(not ');
  };
}
