import { LimitReached, type Limits } from '../../base/limits.js';

/** A Boolean term of SMT-LIB 2. */
export type Term = string;

export const yes: Term = 'true';
export const no: Term = 'false';

export const not = (a: Term): Term => {
  if (a === yes) return no;
  if (a === no) return yes;
  return a.startsWith('(not ') ? a.slice(5, -1) : `(not ${a})`;
};

const nary = (operator: 'and' | 'or', neutral: Term, absorbing: Term, terms: readonly Term[]): Term => {
  const distinct = [...new Set(terms)].filter((term) => term !== neutral);
  if (distinct.includes(absorbing)) return absorbing;
  if (distinct.length === 0) return neutral;
  return distinct.length === 1 ? distinct[0]! : `(${operator} ${distinct.join(' ')})`;
};

/** Of lists that may be long: a call has no room for some 100,000 arguments. */
export const allOf = (terms: readonly Term[]): Term => nary('and', yes, no, terms);
export const anyOf = (terms: readonly Term[]): Term => nary('or', no, yes, terms);
export const and = (...terms: readonly Term[]): Term => allOf(terms);
export const or = (...terms: readonly Term[]): Term => anyOf(terms);
export const implies = (a: Term, b: Term): Term => or(not(a), b);
export const same = (a: Term, b: Term): Term => {
  if (a === b) return yes;
  if (a === yes || b === yes) return a === yes ? b : a;
  if (a === no || b === no) return a === no ? not(b) : not(a);
  return `(= ${a} ${b})`;
};

/** A script that is being written: declarations, definitions and assertions, in order. */
export interface BoundedScript {
  /** A new variable. */
  readonly variable: (hint: string) => Term;
  /** A name for a term, so that its text is written once. */
  readonly define: (hint: string, term: Term) => Term;
  readonly require: (term: Term) => void;
  readonly text: () => string;
}

/** Scripts of more characters than this are not worth sending: Z3 needs some 30 bytes of memory for each character. */
const maxCharacters = 40_000_000;

/** An empty script. Its functions throw LimitReached past the deadline, or when it grows too long. */
export function boundedScript(limits: Pick<Limits, 'deadline'>): BoundedScript {
  const lines: string[] = [];
  let names = 0;
  let characters = 0;
  const write = (line: string): void => {
    lines.push(line);
    characters += line.length;
    if (characters > maxCharacters)
      throw new LimitReached(`the constraints take more than ${maxCharacters / 1e6} million characters`);
    if (lines.length % 1024 === 0 && performance.now() > limits.deadline)
      throw new LimitReached('the time limit was met while constraints were written', true);
  };
  const named = (hint: string): string => `${hint}.${names++}`;
  return {
    variable: (hint) => {
      const name = named(hint);
      write(`(declare-const ${name} Bool)`);
      return name;
    },
    define: (hint, term) => {
      if (!term.startsWith('(') || (term.startsWith('(not ') && !term.includes('(', 1))) return term;
      const name = named(hint);
      write(`(define-fun ${name} () Bool ${term})`);
      return name;
    },
    require: (term) => {
      if (term !== yes) write(`(assert ${term})`);
    },
    text: () => lines.join('\n'),
  };
}
