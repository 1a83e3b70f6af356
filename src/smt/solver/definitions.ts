import { scriptLines } from './lines.js';
import { literal, no, type Term, yes } from './term.js';

export type Sort = 'Bool' | number;

/** How SMT-LIB 2 writes a sort: Booleans, or bit-vectors of so many bits. */
const showSort = (sort: Sort): string => (sort === 'Bool' ? 'Bool' : `(_ BitVec ${sort})`);

/**
 * The head of a script under construction: constants, and names for terms that are used more than once. Equal terms get
 * the same name, and a constant gets none.
 */
export interface Definitions {
  /** The constant of this name, which is declared when it is first asked for. */
  readonly constant: (name: string, sort: Sort) => Term;
  /** A name that stands for a term. */
  readonly define: (term: Term, sort: Sort) => Term;
  /** The constants so far, in order. */
  readonly constants: () => readonly Term[];
  /** The lines so far, in order. */
  readonly lines: () => readonly string[];
}

/** @throws LimitReached, from what it gives, where the script grows too long */
export function definitions(): Definitions {
  const { lines, add: write } = scriptLines();
  const names = new Map<Term, Term>();
  const constants = new Set<string>();
  return {
    constant: (name, sort) => {
      if (!constants.has(name)) write(`(declare-const ${name} ${showSort(sort)})`);
      constants.add(name);
      return name;
    },
    define: (term, sort) => {
      if (term === yes || term === no || literal(term) !== undefined || !term.startsWith('(')) return term;
      const known = names.get(term);
      if (known !== undefined) return known;
      const name = `d${names.size}`;
      names.set(term, name);
      write(`(define-fun ${name} () ${showSort(sort)} ${term})`);
      return name;
    },
    constants: () => [...constants],
    lines: () => lines,
  };
}
