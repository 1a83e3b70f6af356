import type { EventStructure } from '../../events/event-structure.js';
import type { Obligation } from '../solver/obligation.js';
import type { Term } from '../solver/term.js';
import type { Behaviour, Cell } from './behaviours.js';
import { type BitVectors, bitVectorScript, wholeStructure } from './bit-vectors.js';
import { occursInPaper } from './occurrences.js';
import type { Rules } from './rules.js';
import { conjunction, disjunction } from './script.js';
import { anyHistory, isHearsay, isSwitch } from './situation.js';

/** The paper’s reading compares the trees of event-sets with each other, so its proof needs finitely many: no chain. */
interface PaperSubject {
  readonly structure: EventStructure;
  readonly rules: Rules;
}

/** Whether an event-set is one of those that a cell is about. */
const isOf = (s: BitVectors, set: Term, { when }: Cell): Term =>
  conjunction(when.map(({ own, parts }) => disjunction(parts.map((part) => s.isPart(set, own, part)))));

/**
 * Declares any packet, by its behaviour, and gives its tag, which may be any event-set; `sameTree` says whether its
 * tree under g(x) equals the one under g(y).
 */
function anyPacket(
  s: BitVectors,
  behaviours: readonly Behaviour[],
): { packet: Term; is: (i: number) => Term; tag: Term; sameTree: (x: Term, y: Term) => Term } {
  const packet = s.anyNumber('packet', behaviours.length);
  const is = (i: number): Term => `(= ${packet} ${s.number(behaviours.length, i)})`;
  s.assume(disjunction(behaviours.map((_, i) => is(i))));
  const tag = s.anySet('tag');
  s.assume(s.algebra.isEventSet(tag));
  const perBehaviour = behaviours.map(({ cells }, i) => {
    const trees = [...new Set(cells.map(({ tree }) => tree))];
    const isIn = (x: Term, tree: number) =>
      disjunction(cells.filter((cell) => cell.tree === tree).map((cell) => isOf(s, x, cell)));
    const same =
      trees.length === 1 ? 'true' : disjunction(trees.map((tree) => conjunction([isIn('x', tree), isIn('y', tree)])));
    return conjunction([is(i), same]);
  });
  s.define(`(define-fun same-tree ((x Events) (y Events)) Bool ${disjunction(perBehaviour)})`);
  return { packet, is, tag, sameTree: (x, y) => `(same-tree ${x} ${y})` };
}

/**
 * Any packet that arrives where it matches events, and what the switch there knows; X, what has occurred by the paper's
 * definition, is what has been detected so far.
 */
function arriving(s: BitVectors, { rules }: PaperSubject, behaviours: readonly Behaviour[]) {
  const { algebra: a } = s;
  const happened = anyHistory(s);
  const { is, tag, sameTree } = anyPacket(s, behaviours);
  const [eventSet, own] = [s.anySet('known'), s.anySet('own')];
  const [digest, matching] = [s.anySet('digest'), s.anySet('matching')];
  const arrivals = behaviours.flatMap(({ cells }, i) =>
    cells.flatMap((cell) =>
      cell.arrivals.map((arrival) =>
        conjunction([
          is(i),
          isOf(s, tag, cell),
          a.equals(own, s.literal(arrival.own)),
          a.equals(matching, s.literal(arrival.matching)),
        ]),
      ),
    ),
  );
  s.assume(disjunction(arrivals));
  s.assume(isSwitch(s, happened, eventSet, own));
  s.assume(isHearsay(s, happened, digest));
  s.assume(a.isSubset(tag, digest));
  const detected = rules.detect(a, eventSet, digest, matching);
  const chain = occursInPaper(a, happened, matching, sameTree(tag, happened));
  return { happened, detected, chain, occurred: chain[chain.length - 1]! };
}

/**
 * Theorem 1 by the paper's definition (spec 4.3), for any number of packets, under `tagged`: conditions on a program
 * under which the definition counts just the events that the network detects, and every packet finds its configuration
 * in the chain of them (docs/proofs.md). They stand on the obligations of Lemma 3 and of the causal definition. They
 * exclude the three ways of spec 5 in which this reading fails; a program for which they do not hold may keep the
 * theorem all the same.
 */
export function paperObligations(subject: PaperSubject, behaviours: readonly Behaviour[]): Obligation[] {
  const { structure } = subject;
  const claim = (name: string, words: string, conclusion: (s: BitVectors) => Term): Obligation => {
    const under = bitVectorScript(wholeStructure(structure));
    return { name: `paper/${name}`, claim: words, script: under.conclude(conclusion(under)) };
  };

  return [
    claim(
      'SW/counted',
      'The definition counts every event that the network detects: no packet of an older configuration triggers one.',
      (s) => {
        const { algebra: a } = s;
        const { happened, detected, occurred } = arriving(s, subject, behaviours);
        return a.isSubset(a.union(happened, detected), occurred);
      },
    ),
    claim(
      'SW/known',
      'The network detects every event that the definition counts: its causes are known where it happens.',
      (s) => {
        const { algebra: a } = s;
        const { happened, detected, occurred } = arriving(s, subject, behaviours);
        return a.isSubset(occurred, a.union(happened, detected));
      },
    ),
    claim('SW/chain', 'Every set of the chain, from one event to the next, is an event-set.', (s) =>
      conjunction(arriving(s, subject, behaviours).chain.map(s.algebra.isEventSet)),
    ),
    claim(
      'IN/tree',
      'A packet that enters has the tree of all that has happened, or its tag is bound to be in the chain: no two compatible events happen far apart.',
      (s) => {
        const { algebra: a } = s;
        const happened = anyHistory(s);
        const { is, tag, sameTree } = anyPacket(s, behaviours);
        const own = s.anySet('own');
        s.assume(disjunction(behaviours.map((b, i) => a.and(is(i), a.equals(own, s.literal(b.own))))));
        s.assume(isSwitch(s, happened, tag, own));
        // Any event-set that may have been gone through.
        const gone = s.anySet('gone-through');
        s.assume(a.isEventSet(gone));
        s.assume(a.isSubset(gone, happened));
        return a.or(sameTree(tag, happened), a.or(a.isSubset(gone, tag), a.isSubset(tag, gone)));
      },
    ),
  ];
}
