import type { EventSet } from '../../events/event-set.js';
import type { Algebra } from './algebra.js';

/** A term of SMT-LIB 2. */
export type Term = string;

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
  /** The set of the events at places, as `Place` numbers them. */
  readonly literal: (set: EventSet) => Set;
  readonly assume: (truth: Term) => void;
  readonly define: (line: string) => void;
  /** The whole script, unsatisfiable iff the conclusion follows from what is assumed. */
  readonly conclude: (conclusion: Term) => string;
}

/** `(op a b …)`, which needs two operands at least; `none` if there are none. */
const many = (op: string, none: Term, operands: readonly Term[]): Term =>
  operands.length === 0 ? none : operands.length === 1 ? operands[0]! : `(${op} ${operands.join(' ')})`;

export const conjunction = (all: readonly Term[]): Term => many('and', 'true', all);
export const disjunction = (any: readonly Term[]): Term => many('or', 'false', any);
