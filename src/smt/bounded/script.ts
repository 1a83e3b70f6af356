import { LimitReached, type Limits } from '../../base/limits.js';
import { scriptLines } from '../solver/lines.js';
import { type Term, yes } from '../solver/term.js';

/** A script that is being written: declarations, definitions and assertions, in order. */
export interface BoundedScript {
  /** A new variable. */
  readonly variable: (hint: string) => Term;
  /** A name for a term, so that its text is written once. */
  readonly define: (hint: string, term: Term) => Term;
  readonly require: (term: Term) => void;
  readonly text: () => string;
}

/** An empty script. Its functions throw LimitReached past the deadline, or when it grows too long. */
export function boundedScript(limits: Pick<Limits, 'deadline'>): BoundedScript {
  const { add, lines } = scriptLines();
  let names = 0;
  const write = (line: string): void => {
    add(line);
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
