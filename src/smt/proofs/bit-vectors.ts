import { type EventSet, members, setOf, singleton, withoutAll } from '../../events/event-set.js';
import type { BlockStructure, EventStructure } from '../../events/event-structure.js';
import { eventfulBlocks } from '../../events/eventful-blocks.js';
import { causesOf } from '../../events/relations.js';
import type { Location } from '../../netkat/policy.js';
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
  /** Whether the part of a set that is of some events is just another set. */
  readonly isPart: (set: Term, own: EventSet, part: EventSet) => Term;
}

/** Finitely many events, with con, ⊢ and F by their sets: those of a structure, or of one of its blocks. */
export interface FiniteEvents {
  /** Their ids are 0, 1, … */
  readonly events: readonly { readonly id: number; readonly at: Location }[];
  /** For each block its events, F, and its maximal consistent sets. */
  readonly blocks: readonly Pick<BlockStructure, 'events' | 'eventSets' | 'maximal'>[];
  /** For each event the minimal sets that enable it. */
  readonly causes: readonly (readonly EventSet[])[];
}

/** The events of a whole structure. */
export const wholeStructure = (structure: EventStructure): FiniteEvents => ({
  events: structure.events,
  blocks: eventfulBlocks(structure),
  causes: structure.events.map(({ id }) => causesOf(structure, id)),
});

/** The events of one block, with ids of their own: blocks that are alike have equal scripts, which are asked once. */
export function blockAlone(structure: EventStructure, block: BlockStructure): FiniteEvents {
  const ids = members(block.events);
  const own = new Map(ids.map((id, i) => [id, i]));
  const renamed = (set: EventSet): EventSet => setOf(members(set).map((id) => own.get(id)!));
  return {
    events: ids.map((id, i) => ({ id: i, at: structure.events[id]!.at })),
    blocks: [
      {
        events: renamed(block.events),
        eventSets: block.eventSets.map(renamed),
        maximal: block.maximal.map(renamed),
      },
    ],
    causes: ids.map((id) => block.causesOf(id).map(renamed)),
  };
}

/** An empty script about finitely many events: con, ⊢ and F are defined in it by their sets. */
export function bitVectorScript({ events, blocks, causes }: FiniteEvents): BitVectors {
  // A bit-vector has at least one bit; if the structure has no events, no set contains that bit.
  const width = Math.max(1, events.length);
  const everything = setOf(events.map(({ id }) => id));
  const literal = (set: EventSet): Term => `#b${set.toString(2).padStart(width, '0')}`;
  const none = literal(0n);
  const isWithin = (a: Term, own: EventSet, b: EventSet): Term =>
    `(= (bvand ${a} ${literal(withoutAll(own, b))}) ${none})`;
  /** The part of a set that is of a block. */
  const partOf = (a: Term, own: EventSet): Term => (own === everything ? a : `(bvand ${a} ${literal(own)})`);
  const isPart = (a: Term, own: EventSet, part: EventSet): Term => `(= ${partOf(a, own)} ${literal(part)})`;
  const isConsistent = blocks.map(({ events: own, maximal }) => disjunction(maximal.map((m) => isWithin('x', own, m))));
  const isEventSet = blocks.map(({ events: own, eventSets }) => disjunction(eventSets.map((y) => isPart('x', own, y))));

  const { named, declare, assume, define, conclude } = proofLines([
    '(set-logic QF_BV)',
    `(define-sort Events () (_ BitVec ${width}))`,
    `(define-fun con ((x Events)) Bool ${conjunction(isConsistent)})`,
    `(define-fun event-set ((x Events)) Bool ${conjunction(isEventSet)})`,
    ...events.map(({ id }) => {
      // The smaller ones first, as certificates have them.
      const least = [...causes[id]!].sort((a, b) => members(a).length - members(b).length);
      const holds = least.map((cause) => `(= (bvand x ${literal(cause)}) ${literal(cause)})`);
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
    anyOwn: anySet,
    isPart,
    numberSort,
    number,
    anyNumber: (name, count) => declare(name, numberSort(count)),
    literal,
    assume,
    define,
    conclude,
  };
}
