import { type EventSet, setOf } from '../../events/event-set.js';
import type { EventStructure } from '../../events/event-structure.js';
import type { Program } from '../../language/program.js';
import type { Location } from '../../netkat/policy.js';
import type { Obligation } from '../obligation.js';
import { conjunction, disjunction, type Script, script, type Term } from './bit-vectors.js';
import { type Rules, taggedRules } from './rules.js';

/** What a proof is about: a program's event structure, and where its events are. */
export interface Subject {
  readonly structure: EventStructure;
  /** The distinct ways in which events lie about a port where packets enter, or where they arrive by a link. */
  readonly entries: readonly Place[];
  readonly arrivals: readonly Place[];
  readonly rules: Rules;
}

/** A port, by what there is to say of it in a proof. */
export interface Place {
  /** The events at the port. */
  readonly here: EventSet;
  /** The events at its switch. */
  readonly own: EventSet;
}

/** @param rules what runs; those of spec 3 unless a test plants a fault */
export function subjectOf({ topology }: Program, structure: EventStructure, rules: Rules = taggedRules): Subject {
  const places = (locations: readonly Location[]): Place[] => {
    const found = locations.map(({ switch: n, port }) => {
      const own = structure.events.filter(({ at }) => at.switch === n);
      const here = own.filter(({ at }) => at.port === port);
      return { here: setOf(here.map(({ id }) => id)), own: setOf(own.map(({ id }) => id)) };
    });
    return [...new Map(found.map((place) => [`${place.here}|${place.own}`, place])).values()];
  };
  return {
    structure,
    entries: places(topology.hosts.map(({ at }) => at)),
    arrivals: places(topology.links.map(({ to }) => to)),
    rules,
  };
}

/** An obligation about a subject: `conclusion` declares and assumes what the claim is about, and gives what is to follow. */
export const obligation = (
  { structure }: Pick<Subject, 'structure'>,
  name: string,
  claim: string,
  conclusion: (script: Script) => Term,
): Obligation => {
  const under = script(structure);
  return { name, claim, script: under.conclude(conclusion(under)) };
};

/** Any history: G, the events that have been detected so far anywhere, an event-set. */
export function anyHistory(s: Script): Term {
  const happened = s.anySet('happened');
  s.assume(s.algebra.isEventSet(happened));
  return happened;
}

/** What every E_n is: an event-set of what has happened, with all of it that happened at the switch. */
export const isSwitch = ({ algebra: a }: Script, happened: Term, known: Term, own: Term): Term =>
  a.and(a.isEventSet(known), a.isSubset(known, happened), a.isSubset(a.intersection(own, happened), known));

/** What digests, items of Q, and R are: event-sets of what has happened. */
export const isHearsay = ({ algebra: a }: Script, happened: Term, set: Term): Term =>
  a.and(a.isEventSet(set), a.isSubset(set, happened));

/** What a copy is that waits where it has entered: nothing is in its digest; its switch knows all of its tag. */
export const isEntering = ({ algebra: a }: Script, known: Term, tag: Term, digest: Term): Term =>
  a.and(a.equals(digest, a.empty), a.isEventSet(tag), a.isSubset(tag, known));

/** What a copy is after its first switch: it carries all of its tag, an event-set, in its digest. */
export const isOnItsWay = (s: Script, happened: Term, tag: Term, digest: Term): Term =>
  s.algebra.and(isHearsay(s, happened, digest), s.algebra.isEventSet(tag), s.algebra.isSubset(tag, digest));

/** Any switch: its E_n, and the events that lie at it. */
export function anySwitch(s: Script, { entries, arrivals }: Subject, happened: Term): { known: Term; own: Term } {
  const known = s.anySet('known');
  const own = s.anySet('own');
  const owns = [...new Set([...entries, ...arrivals].map((place) => place.own))];
  s.assume(disjunction(owns.map((set) => s.algebra.equals(own, s.literal(set)))));
  s.assume(isSwitch(s, happened, known, own));
  return { known, own };
}

/** A SW about to be taken. */
export interface Taking {
  readonly happened: Term;
  readonly known: Term;
  readonly own: Term;
  readonly tag: Term;
  readonly digest: Term;
  readonly matching: Term;
  /** Whether the copy has just entered, and has been at no switch before. */
  readonly enters: Term;
}

/** Any SW: of a copy that has entered, or has arrived by a link, and matches whichever events there are at the port. */
export function anyTaking(s: Script, subject: Subject): Taking {
  const { algebra: a } = s;
  const happened = anyHistory(s);
  const { known, own } = anySwitch(s, subject, happened);
  const [tag, digest, matching] = [s.anySet('tag'), s.anySet('digest'), s.anySet('matching')];
  const enters = 'enters';
  s.define('(declare-const enters Bool)');
  const at = (places: readonly Place[]) =>
    disjunction(
      places.map((p) => conjunction([a.equals(own, s.literal(p.own)), a.isSubset(matching, s.literal(p.here))])),
    );
  s.assume(
    `(ite ${enters} ${a.and(at(subject.entries), isEntering(s, known, tag, digest))} ${a.and(at(subject.arrivals), isOnItsWay(s, happened, tag, digest))})`,
  );
  return { happened, known, own, tag, digest, matching, enters };
}
