import type { Obligation } from '../solver/obligation.js';
import type { Term } from '../solver/term.js';
import { occursInPaper } from './occurrences.js';
import { conjunction, disjunction, type ProofScript, proofLines } from './script.js';
import { anyHistory, anySwitch, anyTaking, type Conclusion, obligation, type ProofSubject } from './situation.js';
import type { StateKinds } from './state-behaviours.js';

/** Any SW where X, what has occurred by the paper's definition, is what has been detected so far. */
function taking<S, E>(s: ProofScript<S, E>, subject: ProofSubject, isOfConfiguration: Term) {
  const { algebra: a } = s;
  const { happened, eventSet, digest, matching } = anyTaking(s, subject);
  const detected = subject.rules.detect(a, eventSet, digest, matching);
  const chain = occursInPaper(a, happened, matching, isOfConfiguration);
  return { happened, detected, chain, occurred: chain[chain.length - 1]! };
}

/**
 * Theorem 1 by the paper's definition (spec 4.3), of a program whose events are all of one block, and on one history in
 * any one execution: a chain or a clock (docs/proofs.md, H10). Which trees packets have depends on the state alone, so
 * that the one condition about trees is asked of states, and all others of histories.
 */
export function paperByHistory(subject: ProofSubject, kinds: StateKinds): Obligation[] {
  const claim = (name: string, words: string, conclusion: Conclusion): Obligation =>
    obligation(subject, `paper/${name}`, words, conclusion);
  return [
    {
      name: 'paper/SW/tree',
      claim:
        'A packet that triggers an event has the tree of all that has happened: none of an older configuration triggers one.',
      script: treeScript(kinds),
    },
    claim(
      'SW/counted',
      'The definition counts every event that the network detects, if the packet has the tree of all that has happened.',
      (s) => {
        const { happened, detected, occurred } = taking(s, subject, 'true');
        return s.algebra.isSubset(s.algebra.union(happened, detected), occurred);
      },
    ),
    claim(
      'SW/known',
      'The network detects every event that the definition counts: its causes are known where it happens.',
      (s) => {
        s.define('(declare-const has-tree Bool)');
        const { happened, detected, occurred } = taking(s, subject, 'has-tree');
        return s.algebra.isSubset(occurred, s.algebra.union(happened, detected));
      },
    ),
    claim('SW/chain', 'Every set of the chain, from one event to the next, is an event-set.', (s) => {
      s.define('(declare-const has-tree Bool)');
      return conjunction(taking(s, subject, 'has-tree').chain.map(s.algebra.isEventSet));
    }),
    claim('IN/tree', 'The tag of a packet that enters is bound to be in the chain.', (s) => {
      const { algebra: a } = s;
      const happened = anyHistory(s);
      const { eventSet } = anySwitch(s, subject, happened);
      const tag = subject.rules.stamp(a, eventSet);
      // Any event-set that may have been gone through.
      const gone = s.anySet('gone-through');
      s.assume(a.isEventSet(gone));
      s.assume(a.isSubset(gone, happened));
      return a.or(a.isSubset(gone, tag), a.isSubset(tag, gone));
    }),
  ];
}

/**
 * The state after a packet's tag leads to the state after all that has happened. If the packet, by the configuration of
 * the one, comes to the place of a label that leaves the other, and matches it, its trees under both are equal.
 */
function treeScript({ count, reaches, leaving, packets }: StateKinds): string {
  const { assume, define, declare, conclude } = proofLines<'Int'>([
    '(set-logic QF_UFLIA)',
    `; States that no packet tells apart are one kind: there are ${count}.`,
  ]);
  const isOne = (x: Term, of: readonly number[]): Term => disjunction(of.map((kind) => `(= ${x} ${kind})`));
  const rows = reaches.map((to, from) => conjunction([`(= x ${from})`, isOne('y', to)]));
  define(`(define-fun leads-to ((x Int) (y Int)) Bool ${disjunction(rows)})`);
  const labels = [...new Set(leaving.flat())].sort((a, b) => a - b);
  for (const label of labels) {
    const from = leaving.flatMap((own, kind) => (own.includes(label) ? [kind] : []));
    define(`(define-fun leaves-${label} ((x Int)) Bool ${isOne('x', from)})`);
  }
  const same = packets.map((under, i) => {
    const trees = [...new Set(under.map(({ tree }) => tree))];
    const having = (tree: number) => under.flatMap((one, kind) => (one.tree === tree ? [kind] : []));
    const areEqual = trees.map((tree) => conjunction([isOne('x', having(tree)), isOne('y', having(tree))]));
    return conjunction([`(= packet ${i})`, trees.length === 1 ? 'true' : disjunction(areEqual)]);
  });
  const [packet, tag, happened] = ['packet', 'tag', 'happened'].map((name) => declare(name, 'Int'));
  define(`(define-fun same-tree ((x Int) (y Int)) Bool ${disjunction(same)})`);
  assume(`(leads-to ${tag} ${happened})`);
  const triggering = packets.flatMap((under, i) =>
    labels.map((label) => {
      const matching = under.flatMap((one, kind) => (one.labels.includes(label) ? [kind] : []));
      return conjunction([`(= ${packet} ${i})`, isOne(tag!, matching), `(leaves-${label} ${happened})`]);
    }),
  );
  assume(disjunction(triggering));
  return conclude(`(same-tree ${tag} ${happened})`);
}
