import type { Obligation } from '../solver/obligation.js';
import { occursCausally } from './occurrences.js';
import type { ProofScript } from './script.js';
import {
  anyHistory,
  anySwitch,
  anyTaking,
  type Conclusion,
  obligation,
  type ProofSubject,
  type Taking,
} from './situation.js';

/** A SW beside its ghosts: the past of the step, and what occurs there, by the definition alone. */
interface Judged<S> extends Taking<S> {
  readonly detected: S;
  /** The events whose occurrence ≺ this step, or is this step. */
  readonly pastAfter: S;
  readonly occurring: S;
}

/**
 * Any SW whose switch knows exactly its past, that is, the events that occurred before or at its last step; and whose
 * copy carries its own past, that is, the events before or at the step that sent it, in its digest. If the copy has
 * just entered, the switch knows its past instead.
 */
function judged<S, E>(s: ProofScript<S, E>, subject: ProofSubject): Judged<S> {
  const { algebra: a } = s;
  const taking = anyTaking(s, subject);
  const { eventSet, digest, matching, enters } = taking;
  const [switchPast, copyPast] = [s.anySet('switch-past'), s.anySet('copy-past')];
  s.assume(a.equals(eventSet, switchPast));
  s.assume(`(ite ${enters} ${a.isSubset(copyPast, switchPast)} ${a.equals(digest, copyPast)})`);
  const past = a.union(switchPast, copyPast);
  const occurring = occursCausally(a, past, matching);
  return {
    ...taking,
    detected: subject.rules.detect(a, eventSet, digest, matching),
    occurring,
    pastAfter: a.union(past, occurring),
  };
}

/**
 * Theorem 1 by the causal definition (spec 4.4), for any number of packets, under `tagged`: what each switch, packet,
 * item and the controller know is its causal past, so that a packet's tag is just what happened before it
 * (docs/proofs.md). These obligations stand on those of Lemma 3.
 */
export function causalObligations(subject: ProofSubject): Obligation[] {
  const { rules } = subject;
  const claim = (name: string, words: string, conclusion: Conclusion): Obligation =>
    obligation(subject, `causal/${name}`, words, conclusion);

  return [
    claim('IN/tag', 'IN: the tag of a packet is all that happened before it entered.', (s) => {
      const { eventSet } = anySwitch(s, subject, anyHistory(s));
      const past = s.anySet('switch-past');
      s.assume(s.algebra.equals(eventSet, past));
      return s.algebra.equals(rules.stamp(s.algebra, eventSet), past);
    }),
    claim('SW/occurs', 'SW: the switch detects just the events that occur there by the definition.', (s) => {
      const { detected, occurring } = judged(s, subject);
      return s.algebra.equals(detected, occurring);
    }),
    claim('SW/once', 'SW: no event occurs that has occurred before, anywhere.', (s) => {
      const { occurring, happened } = judged(s, subject);
      return s.algebra.isDisjoint(occurring, happened);
    }),
    claim('SW/switch', 'SW: what the switch then knows is its past.', (s) => {
      const { eventSet, digest, detected, pastAfter } = judged(s, subject);
      return s.algebra.equals(rules.learn(s.algebra, eventSet, digest, detected), pastAfter);
    }),
    claim('SW/copies', 'SW: what the outputs carry is their past.', (s) => {
      const { eventSet, digest, detected, pastAfter } = judged(s, subject);
      return s.algebra.equals(rules.passOn(s.algebra, eventSet, digest, detected), pastAfter);
    }),
    claim('SW/told', 'SW: what the controller is told, if anything was detected, is the past of that step.', (s) => {
      const { algebra: a } = s;
      const { eventSet, digest, detected, pastAfter } = judged(s, subject);
      return a.or(a.equals(detected, a.empty), a.equals(rules.tell(a, eventSet, digest, detected), pastAfter));
    }),
    claim('LINK/copy', 'LINK: a copy carries its past to the other end.', (s) => {
      const [digest, past] = [s.anySet('digest'), s.anySet('copy-past')];
      s.assume(s.algebra.equals(digest, past));
      return s.algebra.equals(rules.cross(s.algebra, digest), past);
    }),
    claim(
      'CTRLRECV/controller',
      'CTRLRECV: what the controller knows is the past of all that it has received.',
      (s) => {
        const { algebra: a } = s;
        const [known, past] = [s.anySet('controller'), s.anySet('controller-past')];
        const [item, itemPast] = [s.anySet('item'), s.anySet('item-past')];
        s.assume(a.equals(known, past));
        s.assume(a.equals(item, itemPast));
        return a.equals(rules.receive(a, known, item), a.union(past, itemPast));
      },
    ),
    claim('CTRLSEND/switch', 'CTRLSEND: what the switch then knows is its past, with that of the controller.', (s) => {
      const { algebra: a } = s;
      const [eventSet, switchPast] = [s.anySet('known'), s.anySet('switch-past')];
      const [known, past] = [s.anySet('controller'), s.anySet('controller-past')];
      s.assume(a.equals(eventSet, switchPast));
      s.assume(a.equals(known, past));
      return a.equals(rules.send(a, eventSet, known), a.union(switchPast, past));
    }),
    claim(
      'holds',
      'A packet’s tag X is an event-set of events that occurred, X ⊇ B, and X is disjoint from A (spec 4.4).',
      (s) => {
        const { algebra: a } = s;
        const happened = anyHistory(s);
        const { eventSet } = anySwitch(s, subject, happened);
        const [past, occurred] = [s.anySet('switch-past'), s.anyPart('occurred')];
        const [before, after] = [s.anyPart('all-before'), s.anyPart('all-after')];
        s.assume(a.equals(eventSet, past));
        // By the end of the execution more may have occurred. B occurs before the packet's IN, and A after it, where
        // nothing of the past occurs again.
        s.assume(a.isSubset(happened, occurred));
        s.assume(a.isSubset(before, past));
        s.assume(a.isDisjoint(after, past));
        const tag = rules.stamp(a, eventSet);
        return a.and(a.isEventSet(tag), a.isSubset(tag, occurred), a.isSubset(before, tag), a.isDisjoint(tag, after));
      },
    ),
  ];
}
