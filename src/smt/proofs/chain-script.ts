import type { Term } from '../solver/term.js';
import type { Chain } from './chain.js';
import {
  type AtPlaces,
  type HistorySet,
  type HistoryTheory,
  hasUpTo,
  historyScript,
  type Listed,
  type Named,
} from './history-script.js';
import { conjunction, disjunction, type ProofScript } from './script.js';

/**
 * An empty script about the events of an endless chain (docs/proofs.md, H7). F is { {e_1 … e_k} : k ≥ 0 }, so an
 * event-set is its length; every finite set is consistent; X ⊢ e_k iff {e_1 … e_(k-1)} ⊆ X. All that is asked of events
 * is asked of their numbers, terms of sort `Int`; their places are the positions of the chain.
 */
export const chainScript = (chain: Chain): ProofScript<HistorySet<Term>, Term> => historyScript(chainTheory(chain));

function chainTheory(chain: Chain): HistoryTheory<Term> {
  const { positions, stem } = chain;
  const period = positions.length - stem;
  const placed = (declare: (name: string) => Term, name: string): Term[] =>
    positions.map(({ id }) => declare(`${name}-${id}`));
  return {
    lines: [
      // The scripts use no functions, so QF_LIA would do; but some of them take Z3 5 several times as long under
      // QF_LIA.
      '(set-logic QF_UFLIA)',
      `; e_k is at position k - 1 up to ${stem}, then at one of the ${period} from ${stem} on, in turn.`,
      `(define-fun position ((k Int)) Int (ite (<= k ${stem}) (- k 1) (+ ${stem} (mod (- k ${stem + 1}) ${period}))))`,
      '; Beside the only event that a set enables and lacks, rules are asked about this one, which may be any.',
      '(declare-const some-event Int)',
      '(assert (<= 1 some-event))',
    ],
    places: positions.length,
    at: (k) => k,
    numberOf: (k) => k,
    isWithin: (k, length) => `(<= ${k} ${length})`,
    areSame: (k, other) => `(= ${k} ${other})`,
    isAt: (k, position) => `(= (position ${k}) ${position})`,
    candidates: (named, length) => [named('Int', `(+ ${length} 1)`), 'some-event'],
    isConsistent: () => 'true',
    exists: () => [],
    declarePlaced: placed,
    declareOwn: placed,
    hasPlaced: (named: Named, set: Listed<Term>, places: AtPlaces, n: Term) =>
      hasUpTo(chainTheory(chain), named, set, n, (last) => lastAt(chain, named, places, last)),
  };
}

/** The number of the last of e_1 … e_n that is at one of the positions; 0 if there is none. */
function lastAt({ positions, stem }: Chain, named: Named, { at }: AtPlaces, n: Term): Term {
  const period = positions.length - stem;
  const stemmed = at
    .slice(0, stem)
    .reduce((before, isIn, p) => `(ite (and ${isIn} (<= ${p + 1} ${n})) ${p + 1} ${before})`, '0');
  const isAtOne = (k: Term): Term => disjunction(at.map((isIn, p) => conjunction([isIn, `(= (position ${k}) ${p})`])));
  // If e_1 … e_n has events of the loop at these positions, one of them is among its last `period` events.
  const back = Array.from({ length: period }, (_, i) => (i === 0 ? n : `(- ${n} ${i})`));
  return named(
    'Int',
    back.reduceRight((before, k) => `(ite (and (< ${stem} ${k}) ${isAtOne(k)}) ${k} ${before})`, stemmed),
  );
}
