import { type EventSet, members, setOf, singleton, withoutAll } from '../../events/event-set.js';
import type { EventStructure } from '../../events/event-structure.js';
import { causesOf } from '../../events/relations.js';
import type { Term } from '../solver/term.js';
import type { Algebra } from './algebra.js';
import { conjunction, disjunction, negation, type ProofScript, proofLines } from './script.js';

/** A script about sets of sort `Events`: a bit for each event. */
export interface BitVectors extends ProofScript<Term, number> {
  /**
   * The sort of numbers below `count`; a given number of that sort; and a declared constant that may be any number of
   * it.
   */
  readonly numberSort: (count: number) => Term;
  readonly number: (count: number, value: number) => Term;
  readonly anyNumber: (name: string, count: number) => Term;
}

/** An empty script about the events of a structure: con, ⊢ and F are defined in it by the structure's sets. */
export function bitVectorScript(structure: EventStructure): BitVectors {
  const { events, eventSets, maximal } = structure;
  // A bit-vector has at least one bit; if the structure has no events, no set contains that bit.
  const width = Math.max(1, events.length);
  const everything = setOf(events.map(({ id }) => id));
  const literal = (set: EventSet): Term => `#b${set.toString(2).padStart(width, '0')}`;
  const none = literal(0n);
  const isWithin = (a: Term, b: EventSet): Term => `(= (bvand ${a} ${literal(withoutAll(everything, b))}) ${none})`;

  const { named, declare, assume, define, conclude } = proofLines([
    '(set-logic QF_BV)',
    `(define-sort Events () (_ BitVec ${width}))`,
    `(define-fun con ((x Events)) Bool ${disjunction(maximal.map((m) => isWithin('x', m)))})`,
    `(define-fun event-set ((x Events)) Bool ${disjunction(eventSets.map((y) => `(= x ${literal(y)})`))})`,
    ...events.map(({ id }) => {
      // The smaller ones first, as certificates have them.
      const causes = [...causesOf(structure, id)].sort((a, b) => members(a).length - members(b).length);
      const holds = causes.map((cause) => `(= (bvand x ${literal(cause)}) ${literal(cause)})`);
      return `(define-fun enables-${id} ((x Events)) Bool (and (con x) ${disjunction(holds)}))`;
    }),
  ]);
  const bit = (event: number): Term => literal(singleton(event));

  const common = (a: Term, b: Term): Term => named('Events', `(bvand ${a} ${b})`);
  const isSubset = (a: Term, b: Term): Term => `(= (bvand ${a} (bvnot ${b})) ${none})`;
  const ids = events.map(({ id }) => id);

  const algebra: Algebra<Term, Term> = {
    candidates: () => ids,
    empty: none,
    union: (a, b) => named('Events', `(bvor ${a} ${b})`),
    addIf: (condition, set, event) => named('Events', `(ite ${condition} (bvor ${set} ${bit(event)}) ${set})`),
    with: (set, event) => named('Events', `(bvor ${set} ${bit(event)})`),
    contains: (set, event) => `(= (bvand ${set} ${bit(event)}) ${bit(event)})`,
    isSubset,
    isCommonWithin: (a, b, c) => isSubset(common(a, b), c),
    isDisjoint: (a, b) => `(= ${common(a, b)} ${none})`,
    equals: (a, b) => `(= ${a} ${b})`,
    isConsistent: (set) => `(con ${set})`,
    enables: (set, event) => `(enables-${event} ${set})`,
    isEventSet: (set) => `(event-set ${set})`,
    and: (...all) => conjunction(all),
    or: (...any) => disjunction(any),
    not: negation,
  };
  const anySet = (name: string): Term => declare(name, 'Events');
  const numberWidth = (count: number): number => Math.max(1, (count - 1).toString(2).length);
  const number = (count: number, value: number): Term => `#b${value.toString(2).padStart(numberWidth(count), '0')}`;
  const numberSort = (count: number): Term => `(_ BitVec ${numberWidth(count)})`;
  return {
    algebra,
    anySet,
    anyPart: anySet,
    anyPlaced: anySet,
    numberSort,
    number,
    anyNumber: (name, count) => declare(name, numberSort(count)),
    literal,
    assume,
    define,
    conclude,
  };
}
