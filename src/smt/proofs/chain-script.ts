import { contains, type EventSet } from '../../events/event-set.js';
import type { Term } from '../solver/term.js';
import type { Algebra } from './algebra.js';
import type { Chain } from './chain.js';
import { conjunction, disjunction, negation, type ProofScript, proofLines } from './script.js';

/**
 * A set of events of a chain, as far as obligations speak of it. An event e_k is its number k, a term of sort `Int`.
 */
export type ChainSet = Listed | Placed | Part;

/**
 * `{e_1 … e_length}`, together with each event of `beside` whose condition holds. It is an event-set if `beside` adds
 * nothing.
 */
interface Listed {
  readonly kind: 'listed';
  readonly length: Term;
  readonly beside: readonly { readonly when: Term; readonly event: Term }[];
}

/** All events at some positions: for each position, whether they are in. */
interface Placed {
  readonly kind: 'placed';
  readonly at: readonly Term[];
}

/**
 * Any finite set: `{e_1 … e_reach}` is within it and e_(reach+1) is not; if it has events, e_bottom is the first and
 * e_top the last.
 */
interface Part {
  readonly kind: 'part';
  readonly reach: Term;
  readonly bottom: Term;
  readonly top: Term;
}

/**
 * An empty script about the events of an endless chain (docs/proofs.md, H7). F is { {e_1 … e_k} : k ≥ 0 }, so an
 * event-set is its length; every finite set is consistent; X ⊢ e_k iff {e_1 … e_(k-1)} ⊆ X. All that is asked of events
 * is asked of their numbers. `anySet` declares event-sets: that is what Lemma 3 says of all that is known anywhere.
 */
export function chainScript(chain: Chain): ProofScript<ChainSet, Term> {
  const { positions, stem } = chain;
  const period = positions.length - stem;
  const { named, declare, assume, define, conclude } = proofLines([
    // The scripts use no functions, so QF_LIA would do; but some of them take Z3 5 several times as long under QF_LIA.
    '(set-logic QF_UFLIA)',
    `; e_k is at position k - 1 up to ${stem}, then at one of the ${period} from ${stem} on, in turn.`,
    `(define-fun position ((k Int)) Int (ite (<= k ${stem}) (- k 1) (+ ${stem} (mod (- k ${stem + 1}) ${period}))))`,
    '; Beside the only event that a set enables and lacks, rules are asked about this one, which may be any.',
    '(declare-const some-event Int)',
    '(assert (<= 1 some-event))',
  ]);
  const algebra = chainAlgebra(chain, named);
  return {
    algebra,
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
    anyPlaced: (name) => ({ kind: 'placed', at: positions.map(({ id }) => declare(`${name}-${id}`, 'Bool')) }),
    literal: (set: EventSet) => ({ kind: 'placed', at: positions.map(({ id }) => String(contains(set, id))) }),
    assume,
    define,
    conclude,
  };
}

const upTo = (length: Term): Listed => ({ kind: 'listed', length, beside: [] });

/** Gives a term of a sort a name, so that terms stay small though they use others twice. */
type Named = (sort: 'Int' | 'Bool', term: Term) => Term;

/** Whether e_k is in a set. */
function contained(set: ChainSet, k: Term): Term {
  if (set.kind === 'part') return notAsked('contains', set);
  if (set.kind === 'placed')
    return disjunction(set.at.map((isIn, p) => conjunction([isIn, `(= (position ${k}) ${p})`])));
  const others = set.beside.map(({ when, event }) => `(and ${when} (= ${k} ${event}))`);
  return disjunction([`(<= ${k} ${set.length})`, ...others]);
}

/** The number of the last of e_1 … e_n that is at one of the positions; 0 if there is none. */
function lastAt({ positions, stem }: Chain, named: Named, { at }: Placed, n: Term): Term {
  const period = positions.length - stem;
  const stemmed = at
    .slice(0, stem)
    .reduce((before, isIn, p) => `(ite (and ${isIn} (<= ${p + 1} ${n})) ${p + 1} ${before})`, '0');
  // If e_1 … e_n has events of the loop at these positions, one of them is among its last `period` events.
  const back = Array.from({ length: period }, (_, i) => (i === 0 ? n : `(- ${n} ${i})`));
  return named(
    'Int',
    back.reduceRight(
      (before, k) => `(ite (and (< ${stem} ${k}) ${contained({ kind: 'placed', at }, k)}) ${k} ${before})`,
      stemmed,
    ),
  );
}

/**
 * Whether a set has all those of e_1 … e_n that are asked for; `lastOf(n)` is the number of the last of them, 0 if
 * there is none.
 */
function covers(named: Named, set: Listed, n: Term, lastOf: (n: Term) => Term): Term {
  // An event beyond `length` must be one of `beside`; so at most as many events as are listed there can lie beyond
  // it.
  const covered = (upTo: Term, left: number): Term => {
    const k = lastOf(upTo);
    const within = `(<= ${k} ${set.length})`;
    if (left === 0) return within;
    return disjunction([within, conjunction([contained(set, k), covered(named('Int', `(- ${k} 1)`), left - 1)])]);
  };
  return covered(n, set.beside.length);
}

const any = (n: Term): Term => n;

/** `a ⊆ b`. */
function isWithin(named: Named, a: ChainSet, b: ChainSet): Term {
  if (a.kind === 'placed' && b.kind === 'placed') return conjunction(a.at.map((isIn, p) => `(=> ${isIn} ${b.at[p]!})`));
  if (a.kind === 'listed' && b.kind === 'listed')
    return conjunction([
      covers(named, b, a.length, any),
      ...a.beside.map(({ when, event }) => `(=> ${when} ${contained(b, event)})`),
    ]);
  if (a.kind === 'part' && b.kind === 'listed' && b.beside.length === 0) return `(<= ${a.top} ${b.length})`;
  if (a.kind === 'listed' && b.kind === 'part' && a.beside.length === 0) return `(<= ${a.length} ${b.reach})`;
  return notAsked('⊆', a, b);
}

/** `a ∩ b = ∅`. */
function areDisjoint(a: ChainSet, b: ChainSet): Term {
  if (a.kind === 'placed' && b.kind === 'placed')
    return conjunction(a.at.map((isIn, p) => negation(conjunction([isIn, b.at[p]!]))));
  if (a.kind === 'part' && b.kind === 'listed' && b.beside.length === 0)
    return `(or (< ${b.length} ${a.bottom}) (< ${a.top} ${a.bottom}))`;
  if (a.kind === 'listed' && b.kind === 'part') return areDisjoint(b, a);
  if (a.kind === 'listed' && b.kind === 'listed')
    return conjunction([
      `(or (< ${a.length} 1) (< ${b.length} 1))`,
      ...a.beside.map(({ when, event }) => `(=> ${when} ${negation(contained(b, event))})`),
      ...b.beside.map(({ when, event }) => `(=> ${when} ${negation(contained(a, event))})`),
    ]);
  return notAsked('∩', a, b);
}

/** What is asked of sets of a chain, as arithmetic. */
function chainAlgebra(chain: Chain, named: Named): Algebra<ChainSet, Term, Term> {
  return {
    candidates: (set) => {
      if (set.kind !== 'listed' || set.beside.length > 0) return notAsked('the next event', set);
      return [named('Int', `(+ ${set.length} 1)`), 'some-event'];
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
    contains: contained,
    isSubset: (a, b) => isWithin(named, a, b),
    isCommonWithin: (a, b, c) => {
      if (a.kind !== 'placed' || b.kind !== 'listed' || c.kind !== 'listed') return notAsked('∩', a, b, c);
      return conjunction([
        covers(named, c, b.length, (n) => lastAt(chain, named, a, n)),
        ...b.beside.map(({ when, event }) => `(=> (and ${when} ${contained(a, event)}) ${contained(c, event)})`),
      ]);
    },
    isDisjoint: areDisjoint,
    equals: (a, b) => {
      if (a.kind === 'placed' && b.kind === 'placed')
        return conjunction(a.at.map((isIn, p) => `(= ${isIn} ${b.at[p]!})`));
      return conjunction([isWithin(named, a, b), isWithin(named, b, a)]);
    },
    isConsistent: (set) => (set.kind === 'placed' ? notAsked('con', set) : 'true'),
    enables: (set, event) => {
      if (set.kind !== 'listed') return notAsked('⊢', set);
      return covers(named, set, named('Int', `(- ${event} 1)`), any);
    },
    isEventSet: (set) => {
      if (set.kind !== 'listed') return notAsked('F', set);
      return conjunction(set.beside.map(({ when, event }) => `(=> ${when} ${covers(named, set, event, any)})`));
    },
    and: (...all) => conjunction(all),
    or: (...any) => disjunction(any),
    not: negation,
  };
}

/** A set of a chain is represented only so far as obligations ask about it; they never ask this. */
function notAsked(what: string, ...sets: readonly ChainSet[]): never {
  throw new Error(`${what} is not asked of sets that are ${sets.map(({ kind }) => kind).join(', ')}`);
}
