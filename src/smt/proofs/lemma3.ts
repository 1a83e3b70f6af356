import type { Obligation } from '../solver/obligation.js';
import type { ProofScript } from './script.js';
import {
  anyHistory,
  anySwitch,
  anyTaking,
  type Conclusion,
  isEntering,
  isHearsay,
  isOnItsWay,
  isSwitch,
  obligation,
  type ProofSubject,
  type Taking,
} from './situation.js';

/** A SW with all that it changes. `since` is the set of events that have happened once it is taken. */
function taken<S, E>(
  s: ProofScript<S, E>,
  subject: ProofSubject,
): Taking<S> & { readonly detected: S; readonly since: S } {
  const taking = anyTaking(s, subject);
  const { eventSet, digest, matching, happened } = taking;
  const detected = subject.rules.detect(s.algebra, eventSet, digest, matching);
  return { ...taking, detected, since: s.algebra.union(happened, detected) };
}

/** An obligation of Lemma 3, by its name, what it says in words, and what must follow. */
type Claim = (name: string, words: string, conclusion: Conclusion) => Obligation;

/**
 * Lemma 3 and its companions (paper §4.3; spec 4.2), for any number of packets, under `tagged`: an invariant, that it
 * holds at first, that every rule keeps it, and that it implies the lemma (docs/proofs.md).
 */
export function lemma3Obligations(subject: ProofSubject): Obligation[] {
  const { rules } = subject;
  const claim: Claim = (name, words, conclusion) => obligation(subject, `lemma3/${name}`, words, conclusion);

  return [
    claim('initial', 'Nothing has happened at first, which is an event-set, and nobody knows of anything.', (s) => {
      const { algebra: a } = s;
      const own = s.anyOwn('own');
      return a.and(isSwitch(s, a.empty, a.empty, own), isHearsay(s, a.empty, a.empty));
    }),
    claim(
      'IN/copy',
      'IN: a packet enters with an event-set as its tag that its switch knows, and an empty digest.',
      (s) => {
        const { eventSet } = anySwitch(s, subject, anyHistory(s));
        return isEntering(s, eventSet, rules.stamp(s.algebra, eventSet), rules.firstDigest(s.algebra, eventSet));
      },
    ),
    ...switchClaims(subject, claim),
    claim('LINK/copy', 'LINK: a copy is at the other end what it was before.', (s) => {
      const happened = anyHistory(s);
      const [tag, digest] = [s.anySet('tag'), s.anySet('digest')];
      s.assume(isOnItsWay(s, happened, tag, digest));
      return isOnItsWay(s, happened, tag, rules.cross(s.algebra, digest));
    }),
    claim('CTRLRECV/controller', 'CTRLRECV: what the controller knows is an event-set of what has happened.', (s) => {
      const happened = anyHistory(s);
      const [known, item] = [s.anySet('controller'), s.anySet('item')];
      s.assume(isHearsay(s, happened, known));
      s.assume(isHearsay(s, happened, item));
      return isHearsay(s, happened, rules.receive(s.algebra, known, item));
    }),
    claim(
      'CTRLSEND/switch',
      'CTRLSEND: what the switch knows is an event-set of what has happened, with all that it knew before.',
      (s) => {
        const happened = anyHistory(s);
        const { eventSet, own } = anySwitch(s, subject, happened);
        const known = s.anySet('controller');
        s.assume(isHearsay(s, happened, known));
        const after = rules.send(s.algebra, eventSet, known);
        return s.algebra.and(isSwitch(s, happened, after, own), s.algebra.isSubset(eventSet, after));
      },
    ),
    claim(
      'holds',
      'The invariant implies Lemma 3: all that is known anywhere is consistent, and every E_n an event-set.',
      (s) => {
        const { algebra: a } = s;
        const happened = anyHistory(s);
        const { eventSet } = anySwitch(s, subject, happened);
        const everywhere = s.anyPart('everywhere');
        s.assume(a.isSubset(everywhere, happened));
        return a.and(a.isConsistent(everywhere), a.isEventSet(eventSet));
      },
    ),
  ];
}

/** SW keeps the invariant: of what has happened, of its switch, of the copies, of the controller, of other switches. */
function switchClaims(subject: ProofSubject, claim: Claim): Obligation[] {
  const { rules } = subject;
  return [
    claim('SW/history', 'SW: what has happened is still an event-set, with the events just detected.', (s) =>
      s.algebra.isEventSet(taken(s, subject).since),
    ),
    claim(
      'SW/switch',
      'SW: what the switch knows is an event-set of what has happened, with all that happened at the switch.',
      (s) => {
        const { eventSet, own, digest, detected, since } = taken(s, subject);
        return isSwitch(s, since, rules.learn(s.algebra, eventSet, digest, detected), own);
      },
    ),
    claim(
      'SW/waiting',
      'SW: the switch forgets nothing, so it still knows the tags of the packets that wait there.',
      (s) => {
        const { eventSet, digest, detected } = taken(s, subject);
        return s.algebra.isSubset(eventSet, rules.learn(s.algebra, eventSet, digest, detected));
      },
    ),
    claim(
      'SW/copies',
      'SW: the digest of the outputs is an event-set of what has happened, and includes the tag.',
      (s) => {
        const { eventSet, tag, digest, detected, since } = taken(s, subject);
        return isOnItsWay(s, since, tag, rules.passOn(s.algebra, eventSet, digest, detected));
      },
    ),
    claim(
      'SW/told',
      'SW: what the controller is told, if anything was detected, is an event-set of what has happened.',
      (s) => {
        const { algebra: a } = s;
        const { eventSet, digest, detected, since } = taken(s, subject);
        return a.or(a.equals(detected, a.empty), isHearsay(s, since, rules.tell(a, eventSet, digest, detected)));
      },
    ),
    claim(
      'SW/elsewhere',
      'SW: what has happened before has still happened, and nothing of it is new at other switches.',
      (s) => {
        const { algebra: a } = s;
        const { happened, own, since } = taken(s, subject);
        const [otherEventSet, otherOwn] = [s.anySet('other-known'), s.anyOwn('other-own')];
        s.assume(a.isDisjoint(own, otherOwn));
        s.assume(isSwitch(s, happened, otherEventSet, otherOwn));
        return a.and(a.isSubset(happened, since), isSwitch(s, since, otherEventSet, otherOwn));
      },
    ),
  ];
}
