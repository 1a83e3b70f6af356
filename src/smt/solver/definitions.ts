import { LimitReached } from '../../base/limits.js';
import { literal, maxCharacters, no, type Term, yes } from './term.js';

export type Sort = 'Bool' | number;

/** How SMT-LIB 2 writes a sort: Booleans, or bit-vectors of so many bits. */
const showSort = (sort: Sort): string => (sort === 'Bool' ? 'Bool' : `(_ BitVec ${sort})`);

/**
 * The head of a script under construction: constants, and names for terms that are used more than once. The same term gets
 * the same name, and a constant none.
 */
export interface Definitions {
  /** A constant of its own; the same name always means the same one. */
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
  const lines: string[] = [];
  let characters = 0;
  const write = (line: string): void => {
    characters += line.length;
    if (characters > maxCharacters)
      throw new LimitReached(`an obligation takes more than ${maxCharacters / 1e6} million characters`);
    lines.push(line);
  };
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
