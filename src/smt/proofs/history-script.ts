import { contains, type EventSet } from '../../events/event-set.js';
import type { Term } from '../solver/term.js';
import type { Algebra } from './algebra.js';
import { conjunction, disjunction, negation, type ProofScript, proofLines } from './script.js';

/**
 * A set of events of a block all of whose event-sets are beginnings of one history e_1 e_2 … in any one execution
 * (docs/proofs.md, H7, H9), as far as obligations speak of it.
 */
export type HistorySet<Event> = Listed<Event> | Placed | Part;

/**
 * `{e_1 … e_length}`, together with each event of `beside` whose condition holds. It is an event-set if `beside` adds
 * nothing, or the next event only.
 */
export interface Listed<Event> {
  readonly kind: 'listed';
  readonly length: Term;
  readonly beside: readonly { readonly when: Term; readonly event: Event }[];
}

/** All events at some places: for each place, whether they are in. */
export interface Placed {
  readonly kind: 'placed';
  readonly at: readonly Term[];
}

/**
 * Any finite set: `{e_1 … e_reach}` is within it and e_(reach+1) is not; if it has events of the history, e_bottom is
 * the first and e_top the last.
 */
interface Part {
  readonly kind: 'part';
  readonly reach: Term;
  readonly bottom: Term;
  readonly top: Term;
}

/** Gives a term of a sort a name, so that terms stay small though they use others twice. */
export type Named = (sort: 'Int' | 'Bool', term: Term) => Term;

/** What the events of a history are, as terms; places are numbered from 0. */
export interface HistoryTheory<Event> {
  /** With what a script begins. */
  readonly lines: readonly Term[];
  readonly places: number;
  /** e_k. */
  readonly at: (k: Term) => Event;
  /** The length of the history of an event, itself included. */
  readonly numberOf: (event: Event) => Term;
  /** Whether an event is among e_1 … e_length. */
  readonly isWithin: (event: Event, length: Term) => Term;
  readonly areSame: (a: Event, b: Event) => Term;
  readonly isAt: (event: Event, place: number) => Term;
  /** Which events a rule is asked about, in order of id, where e_1 … e_length are known. */
  readonly candidates: (named: Named, length: Term) => readonly Event[];
  readonly isConsistent: (set: Listed<Event>) => Term;
  /** What is asked of an event to be in the structure at all, before what is asked of its causes. */
  readonly exists: (event: Event) => readonly Term[];
  /** Terms for any set of events in which the places decide, and for the events at any one switch. */
  readonly declarePlaced: (declare: (name: string) => Term, name: string) => readonly Term[];
  readonly declareOwn: (declare: (name: string) => Term, name: string) => readonly Term[];
  /** Whether a set has all those of e_1 … e_n that are at some places. */
  readonly hasPlaced: (named: Named, set: Listed<Event>, places: Placed, n: Term) => Term;
}

/**
 * An empty script about the events of a history. An event-set is its length; X ⊢ e iff X has all events of e's history
 * before it. `anySet` declares event-sets: that is what Lemma 3 says of all that is known anywhere.
 */
export function historyScript<Event>(theory: HistoryTheory<Event>): ProofScript<HistorySet<Event>, Event> {
  const { named, declare, assume, define, conclude } = proofLines(theory.lines);
  const declareBool = (name: string): Term => declare(name, 'Bool');
  return {
    algebra: historyAlgebra(theory, named),
    anySet: (name) => {
      const length = declare(name, 'Int');
      assume(`(<= 0 ${length})`);
      return upTo(length);
    },
    anyPart: (name) => {
      const [reach, bottom, top] = ['reach', 'bottom', 'top'].map((end) => declare(`${name}-${end}`, 'Int'));
      assume(`(and (<= 0 ${reach}) (<= 1 ${bottom}) (<= 0 ${top}))`);
      return { kind: 'part', reach: reach!, bottom: bottom!, top: top! };
    },
    anyPlaced: (name) => ({ kind: 'placed', at: theory.declarePlaced(declareBool, name) }),
    anyOwn: (name) => ({ kind: 'placed', at: theory.declareOwn(declareBool, name) }),
    literal: (set: EventSet) => ({
      kind: 'placed',
      at: Array.from({ length: theory.places }, (_, place) => String(contains(set, place))),
    }),
    assume,
    define,
    conclude,
  };
}

const upTo = (length: Term): Listed<never> => ({ kind: 'listed', length, beside: [] });

/** Whether an event is in a set. */
function contained<Event>(theory: HistoryTheory<Event>, set: HistorySet<Event>, event: Event): Term {
  if (set.kind === 'part') return notAsked('contains', set);
  if (set.kind === 'placed')
    return disjunction(set.at.map((isIn, place) => conjunction([isIn, theory.isAt(event, place)])));
  const others = set.beside.map(({ when, event: other }) => `(and ${when} ${theory.areSame(event, other)})`);
  return disjunction([theory.isWithin(event, set.length), ...others]);
}

/**
 * Whether a set has all those of e_1 … e_n that are asked for; `lastOf(n)` is the number of the last of them, 0 if
 * there is none.
 */
export function covers<Event>(
  theory: HistoryTheory<Event>,
  named: Named,
  set: Listed<Event>,
  n: Term,
  lastOf: (n: Term) => Term = (last) => last,
): Term {
  // An event beyond `length` must be one of `beside`; so at most as many events as are listed there can lie beyond
  // it.
  const covered = (last: Term, left: number): Term => {
    const k = lastOf(last);
    const within = `(<= ${k} ${set.length})`;
    if (left === 0) return within;
    const before = covered(named('Int', `(- ${k} 1)`), left - 1);
    return disjunction([within, conjunction([contained(theory, set, theory.at(k)), before])]);
  };
  return covered(n, set.beside.length);
}

/** `a ⊆ b`. */
function isWithin<Event>(theory: HistoryTheory<Event>, named: Named, a: HistorySet<Event>, b: HistorySet<Event>): Term {
  if (a.kind === 'placed' && b.kind === 'placed') return conjunction(a.at.map((isIn, p) => `(=> ${isIn} ${b.at[p]!})`));
  if (a.kind === 'listed' && b.kind === 'listed')
    return conjunction([
      covers(theory, named, b, a.length),
      ...a.beside.map(({ when, event }) => `(=> ${when} ${contained(theory, b, event)})`),
    ]);
  if (a.kind === 'part' && b.kind === 'listed' && b.beside.length === 0) return `(<= ${a.top} ${b.length})`;
  if (a.kind === 'listed' && b.kind === 'part' && a.beside.length === 0) return `(<= ${a.length} ${b.reach})`;
  return notAsked('⊆', a, b);
}

/** `a ∩ b = ∅`. */
function areDisjoint<Event>(theory: HistoryTheory<Event>, a: HistorySet<Event>, b: HistorySet<Event>): Term {
  if (a.kind === 'placed' && b.kind === 'placed')
    return conjunction(a.at.map((isIn, p) => negation(conjunction([isIn, b.at[p]!]))));
  if (a.kind === 'part' && b.kind === 'listed' && b.beside.length === 0)
    return `(or (< ${b.length} ${a.bottom}) (< ${a.top} ${a.bottom}))`;
  if (a.kind === 'listed' && b.kind === 'part') return areDisjoint(theory, b, a);
  if (a.kind === 'listed' && b.kind === 'listed')
    return conjunction([
      `(or (< ${a.length} 1) (< ${b.length} 1))`,
      ...a.beside.map(({ when, event }) => `(=> ${when} ${negation(contained(theory, b, event))})`),
      ...b.beside.map(({ when, event }) => `(=> ${when} ${negation(contained(theory, a, event))})`),
    ]);
  return notAsked('∩', a, b);
}

/** What is asked of sets of a history, as arithmetic. */
function historyAlgebra<Event>(theory: HistoryTheory<Event>, named: Named): Algebra<HistorySet<Event>, Term, Event> {
  const before = (event: Event): Term => named('Int', `(- ${theory.numberOf(event)} 1)`);
  return {
    candidates: (set) => {
      if (set.kind !== 'listed' || set.beside.length > 0) return notAsked('the next event', set);
      return theory.candidates(named, set.length);
    },
    empty: upTo('0'),
    union: (a, b) => {
      if (a.kind !== 'listed' || b.kind !== 'listed') return notAsked('∪', a, b);
      const length = named('Int', `(ite (<= ${a.length} ${b.length}) ${b.length} ${a.length})`);
      return { kind: 'listed', length, beside: [...a.beside, ...b.beside] };
    },
    addIf: (condition, set, event) => {
      if (set.kind !== 'listed') return notAsked('∪', set);
      return { ...set, beside: [...set.beside, { when: named('Bool', condition), event }] };
    },
    with: (set, event) => {
      if (set.kind !== 'listed') return notAsked('∪', set);
      return { ...set, beside: [...set.beside, { when: 'true', event }] };
    },
    contains: (set, event) => contained(theory, set, event),
    isSubset: (a, b) => isWithin(theory, named, a, b),
    isCommonWithin: (a, b, c) => {
      if (a.kind !== 'placed' || b.kind !== 'listed' || c.kind !== 'listed') return notAsked('∩', a, b, c);
      return conjunction([
        theory.hasPlaced(named, c, a, b.length),
        ...b.beside.map(
          ({ when, event }) => `(=> (and ${when} ${contained(theory, a, event)}) ${contained(theory, c, event)})`,
        ),
      ]);
    },
    isDisjoint: (a, b) => areDisjoint(theory, a, b),
    equals: (a, b) => {
      if (a.kind === 'placed' && b.kind === 'placed')
        return conjunction(a.at.map((isIn, p) => `(= ${isIn} ${b.at[p]!})`));
      return conjunction([isWithin(theory, named, a, b), isWithin(theory, named, b, a)]);
    },
    isConsistent: (set) => {
      if (set.kind === 'placed') return notAsked('con', set);
      // A part stands for a subset of what has happened, and so is within an event-set.
      return set.kind === 'part' ? 'true' : theory.isConsistent(set);
    },
    enables: (set, event) => {
      if (set.kind !== 'listed') return notAsked('⊢', set);
      return conjunction([...theory.exists(event), covers(theory, named, set, before(event))]);
    },
    isEventSet: (set) => {
      if (set.kind !== 'listed') return notAsked('F', set);
      const reached = set.beside.map(({ when, event }) => {
        const all = [...theory.exists(event), covers(theory, named, set, before(event))];
        return `(=> ${when} ${conjunction(all)})`;
      });
      return conjunction([...reached, ...(set.beside.length > 0 ? [theory.isConsistent(set)] : [])]);
    },
    and: (...all) => conjunction(all),
    or: (...any) => disjunction(any),
    not: negation,
  };
}

/** A set of a history is represented only so far as obligations ask about it; they never ask this. */
function notAsked<Event>(what: string, ...sets: readonly HistorySet<Event>[]): never {
  throw new Error(`${what} is not asked of sets that are ${sets.map(({ kind }) => kind).join(', ')}`);
}
