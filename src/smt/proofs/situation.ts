import { type EventSet, setOf } from '../../events/event-set.js';
import type { Program } from '../../language/program.js';
import type { Location } from '../../netkat/policy.js';
import type { Obligation } from '../solver/obligation.js';
import type { Term } from '../solver/term.js';
import { type Rules, taggedRules } from './rules.js';
import { conjunction, disjunction, type ProofScript } from './script.js';

/** Declares and assumes, in any kind of script, what a claim is about, and returns the term that must follow. */
export type Conclusion = <S, E>(script: ProofScript<S, E>) => Term;

/** What a proof is about: events, and where they are. */
export interface ProofSubject {
  /** The script that is unsatisfiable iff the conclusion follows. */
  readonly state: (conclusion: Conclusion) => string;
  /**
   * The different kinds of ports, told apart by the events there and at the switch: where packets enter, and where they
   * arrive by a link.
   */
  readonly entries: readonly PortEvents[];
  readonly arrivals: readonly PortEvents[];
  readonly rules: Rules;
}

/** A port, as far as proofs look at it. */
export interface PortEvents {
  /** The events at the port, given by their numbers; in a chain, by their positions. */
  readonly here: EventSet;
  /** The events at its switch. */
  readonly own: EventSet;
}

/**
 * @param events the places of the events, by their numbers; in a chain, by their positions
 * @param open makes an empty script about them
 * @param rules what runs; those of spec 3 unless a test plants a fault
 */
export function proofSubject<S, E>(
  { topology }: Program,
  events: readonly { readonly id: number; readonly at: Location }[],
  open: () => ProofScript<S, E>,
  rules: Rules = taggedRules,
): ProofSubject {
  const places = (locations: readonly Location[]): PortEvents[] => {
    const found = locations.map(({ switch: n, port }) => {
      const own = events.filter(({ at }) => at.switch === n);
      const here = own.filter(({ at }) => at.port === port);
      return { here: setOf(here.map(({ id }) => id)), own: setOf(own.map(({ id }) => id)) };
    });
    return [...new Map(found.map((place) => [`${place.here}|${place.own}`, place])).values()];
  };
  return {
    state: (conclusion) => {
      const under = open();
      return under.conclude(conclusion(under));
    },
    entries: places(topology.hosts.map(({ at }) => at)),
    arrivals: places(topology.links.map(({ to }) => to)),
    rules,
  };
}

/** An obligation about a subject. */
export const obligation = (subject: ProofSubject, name: string, claim: string, conclusion: Conclusion): Obligation => ({
  name,
  claim,
  script: subject.state(conclusion),
});

/** Any history: G, the events that have been detected so far anywhere, an event-set. */
export function anyHistory<S, E>(s: ProofScript<S, E>): S {
  const happened = s.anySet('happened');
  s.assume(s.algebra.isEventSet(happened));
  return happened;
}

/**
 * The invariant of every E_n: it is an event-set of events that have happened, with all of those that happened at the
 * switch.
 */
export const isSwitch = <S, E>({ algebra: a }: ProofScript<S, E>, happened: S, eventSet: S, own: S): Term =>
  a.and(a.isEventSet(eventSet), a.isSubset(eventSet, happened), a.isCommonWithin(own, happened, eventSet));

/** The invariant of digests, items of Q, and R: each is an event-set of events that have happened. */
export const isHearsay = <S, E>({ algebra: a }: ProofScript<S, E>, happened: S, set: S): Term =>
  a.and(a.isEventSet(set), a.isSubset(set, happened));

/**
 * The invariant of a copy that waits where it has entered: its digest is empty, and its switch knows all of its tag.
 */
export const isEntering = <S, E>({ algebra: a }: ProofScript<S, E>, eventSet: S, tag: S, digest: S): Term =>
  a.and(a.equals(digest, a.empty), a.isEventSet(tag), a.isSubset(tag, eventSet));

/** The invariant of a copy after its first switch: its tag is an event-set, and its digest has all of the tag. */
export const isOnItsWay = <S, E>(s: ProofScript<S, E>, happened: S, tag: S, digest: S): Term =>
  s.algebra.and(isHearsay(s, happened, digest), s.algebra.isEventSet(tag), s.algebra.isSubset(tag, digest));

/**
 * Any switch: its E_n, and the events that lie at it. (Scripts keep the names that certificates have: E_n `known`, R
 * `controller`.)
 */
export function anySwitch<S, E>(
  s: ProofScript<S, E>,
  { entries, arrivals }: ProofSubject,
  happened: S,
): { eventSet: S; own: S } {
  const eventSet = s.anySet('known');
  const own = s.anyOwn('own');
  const owns = [...new Set([...entries, ...arrivals].map((place) => place.own))];
  s.assume(disjunction(owns.map((set) => s.algebra.equals(own, s.literal(set)))));
  s.assume(isSwitch(s, happened, eventSet, own));
  return { eventSet, own };
}

/** A SW about to be taken. */
export interface Taking<S> {
  readonly happened: S;
  readonly eventSet: S;
  readonly own: S;
  readonly tag: S;
  readonly digest: S;
  readonly matching: S;
  /** Whether the copy has just entered, so that no switch has taken it before. */
  readonly enters: Term;
}

/** Any SW: of a copy that has entered, or has arrived by a link, and matches whichever events there are at the port. */
export function anyTaking<S, E>(s: ProofScript<S, E>, subject: ProofSubject): Taking<S> {
  const { algebra: a } = s;
  const happened = anyHistory(s);
  const { eventSet, own } = anySwitch(s, subject, happened);
  const [tag, digest, matching] = [s.anySet('tag'), s.anySet('digest'), s.anyPlaced('matching')];
  const enters = 'enters';
  s.define('(declare-const enters Bool)');
  const at = (places: readonly PortEvents[]) =>
    disjunction(
      places.map((p) => conjunction([a.equals(own, s.literal(p.own)), a.isSubset(matching, s.literal(p.here))])),
    );
  s.assume(
    `(ite ${enters} ${a.and(at(subject.entries), isEntering(s, eventSet, tag, digest))} ${a.and(at(subject.arrivals), isOnItsWay(s, happened, tag, digest))})`,
  );
  return { happened, eventSet, own, tag, digest, matching, enters };
}
