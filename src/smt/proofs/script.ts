import type { EventSet } from '../../events/event-set.js';
import { nary, no, type Term, yes } from '../solver/term.js';
import type { Algebra } from './algebra.js';

/** A script under way: terms, and the declarations, definitions and assumptions that they stand on. */
export interface ProofScript<Set, Event> {
  readonly algebra: Algebra<Set, Term, Event>;
  /** Declares a set of events that stands for anything that is known somewhere, or for the past of anything. */
  readonly anySet: (name: string) => Set;
  /** Declares a set that stands for any finite set of events. */
  readonly anyPart: (name: string) => Set;
  /**
   * Declares a set that stands for any set of events in which an event's place and label decide whether it is a member.
   */
  readonly anyPlaced: (name: string) => Set;
  /** Declares a set that stands for the events that lie at any one switch. */
  readonly anyOwn: (name: string) => Set;
  /** The set of the events at places, as `Place` numbers them. */
  readonly literal: (set: EventSet) => Set;
  readonly assume: (truth: Term) => void;
  readonly define: (line: string) => void;
  /** The whole script, unsatisfiable iff the conclusion follows from what is assumed. */
  readonly conclude: (conclusion: Term) => string;
}

// What is written is folded nowhere, so that certificates say what is claimed as the rules and definitions say it.
export const conjunction = (all: readonly Term[]): Term => nary('and', yes, all);
export const disjunction = (any: readonly Term[]): Term => nary('or', no, any);
export const negation = (truth: Term): Term => `(not ${truth})`;

/** The lines of a script under way. */
interface ProofLines<Sort> extends Pick<ProofScript<never, never>, 'assume' | 'define' | 'conclude'> {
  /** A name for a term, so that terms stay small though they use others twice. */
  readonly named: (sort: Sort, term: Term) => Term;
  readonly declare: (name: string, sort: Sort) => Term;
}

/** A script that begins with some lines. */
export function proofLines<Sort extends string>(beginning: readonly string[]): ProofLines<Sort> {
  const lines = [...beginning];
  let names = 0;
  const define = (line: string): void => {
    lines.push(line);
  };
  return {
    named: (sort, term) => {
      if (!term.startsWith('(')) return term;
      const name = `t${names++}`;
      define(`(define-fun ${name} () ${sort} ${term})`);
      return name;
    },
    declare: (name, sort) => {
      define(`(declare-const ${name} ${sort})`);
      return name;
    },
    assume: (truth) => define(`(assert ${truth})`),
    define,
    conclude: (conclusion) => [...lines, `(assert ${negation(conclusion)})`, '(check-sat)', ''].join('\n'),
  };
}
