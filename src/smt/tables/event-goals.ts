import { contains, setOf, singleton, withoutAll } from '../../events/event-set.js';
import type { BlockStructure, EventStructure } from '../../events/event-structure.js';
import { undetermined } from '../../netkat/fields.js';
import type { Location } from '../../netkat/policy.js';
import { showLocation } from '../../netkat/topology.js';
import type { Definitions } from '../solver/definitions.js';
import {
  allOf,
  and,
  anyOf,
  bits,
  equal,
  holdsAll,
  holdsNone,
  isWithin,
  masked,
  no,
  not,
  type Term,
  unionOf,
} from '../solver/term.js';
import type { HeaderTerms } from './alphabet.js';
import type { TablesGoal } from './goal.js';
import { isInRegion } from './regions.js';
import { arrivingAt, type TablesSubject } from './subject.js';

/** The part of a set, a term, that is of a block. */
const partOf = (set: Term, { events }: Pick<BlockStructure, 'events'>, width: number): Term =>
  masked(set, events, width);

/** That a term is an event-set: its part of each block is a member of F of the block (spec 2.4), and nothing else. */
const isEventSet = ({ blocks, events }: EventStructure, set: Term, width: number): Term =>
  allOf([
    isWithin(set, setOf(events.map(({ id }) => id)), width),
    ...blocks.map((block) => anyOf(block.eventSets.map((one) => equal(partOf(set, block, width), bits(one, width))))),
  ]);

/** `con(X)` as far as X is of a block: that part is within some set of F, so within a maximal one (spec 2.3). */
const isConsistent = (block: BlockStructure, set: Term, width: number): Term =>
  anyOf(block.maximal.map((larger) => isWithin(partOf(set, block, width), larger, width)));

/**
 * `X ⊢ e`, of an event-set X, so that con(X) holds of the other blocks: some Y in F has `e ∈ Y ⊆ X ∪ {e}`, so Y without
 * e is within X (spec 2.3), and what Y has of other blocks may be nothing.
 */
const enables = (block: BlockStructure, set: Term, event: number, width: number): Term => {
  const causes = block.eventSets
    .filter((y) => contains(y, event))
    .map((y) => holdsAll(set, withoutAll(y, singleton(event)), width));
  return and(isConsistent(block, set, width), anyOf(causes));
};

/**
 * Whether an event is in E' by rule SW, `tagged` (spec 3.1, repair (a)): new, enabled by what has been heard, and
 * consistent with `all`, which is that and the events before it in order of id that are in E'.
 */
function occursByRule(
  { structure, system, alphabet, program, widths }: TablesSubject,
  { id, label }: EventStructure['events'][number],
  headers: HeaderTerms,
  heard: Term,
  all: Term,
): Term {
  const width = widths.events;
  const block = structure.blockOf[id]!;
  const matches = allOf(
    system.labels[label]!.formula.map(({ field, equal: isEqual, value }) => {
      const { name, domain } = program.fields[field]!;
      const is = alphabet.is(name, headers.get(name)!, domain[value]!);
      return isEqual ? is : not(is);
    }),
  );
  const self = bits(singleton(id), width);
  return and(
    matches,
    holdsNone(heard, singleton(id), width),
    enables(block, heard, id, width),
    isConsistent(block, unionOf(width, all, self), width),
  );
}

/**
 * What a switch knows and a packet's digest says, with the precondition that `goals.ts` names; and what the switch's
 * tables detect.
 */
function takenAt(subject: TablesSubject, at: Location, head: Definitions) {
  const { widths, structure, regions, program, alphabet, blocks } = subject;
  const width = widths.events;
  const { terms, headers, inDomains } = arrivingAt(subject, at.switch, head);
  const eventSet = head.constant('register', width);
  const digest = head.constant('digest', width);
  const heard = head.define(unionOf(width, eventSet, digest), width);
  const here = regions.filter((region) => region.at.switch === at.switch && region.at.port === at.port);
  /** That all of a tag has been heard of. */
  const hasHeard = (sets: readonly number[]): Term =>
    allOf(sets.flatMap((set, b) => (set === undetermined ? [] : [holdsAll(heard, blocks[b]!.eventSets[set]!, width)])));
  const arrives = anyOf(here.map((region) => isInRegion(region, headers, hasHeard, program, alphabet)));
  const areEventSets = allOf([eventSet, digest, heard].map((set) => isEventSet(structure, set, width)));
  return {
    given: and(inDomains, head.define(arrives, 'Bool'), head.define(areEventSets, 'Bool')),
    eventSet,
    digest,
    heard,
    headers,
    terms,
    ...terms.detect({ port: bits(at.port, widths.port), headers }, eventSet, digest),
  };
}

const isSame = (a: Location, b: Location): boolean => a.switch === b.switch && a.port === b.port;

const whoever = (at: Location): string =>
  `whenever a switch takes a packet at ${showLocation(at)}, and E_n, d and E_n ∪ d ⊇ tag are event-sets`;

export const detectionGoal = (subject: TablesSubject, at: Location): TablesGoal => ({
  name: `tables/detection/${showLocation(at)}`,
  claim: `${whoever(at)}, it detects the events of rule SW`,
  switch: at.switch,
  about: { kind: 'events', at },
  refutation: (head) => {
    const { given, heard, headers, decisions } = takenAt(subject, at, head);
    // Rule and tables are compared event by event, in order. Before the first event on which they differ both have
    // detected the same; so they differ on some event, given what the tables have detected before it, iff their sets E'
    // differ. The solver need not find that out.
    const here = subject.structure.events.filter(({ at: place }) => isSame(place, at));
    const ids = new Set([...here, ...decisions.map(({ event }) => ({ id: event }))].map(({ id }) => id));
    const differences = [...ids].map((id) => {
      const all = decisions.reduce((before, decision) => (decision.event < id ? decision.all : before), heard);
      const event = here.find((one) => one.id === id);
      const byRule = event ? occursByRule(subject, event, headers, heard, all) : no;
      return not(equal(byRule, decisions.find((decision) => decision.event === id)?.occurs ?? no));
    });
    return and(given, anyOf(differences));
  },
});

export const learningGoal = (subject: TablesSubject, at: Location): TablesGoal => ({
  name: `tables/learning/${showLocation(at)}`,
  claim: `${whoever(at)}, its register and the digests of what it sends become E_n ∪ d ∪ E' as in rule SW, E' being what it detects`,
  switch: at.switch,
  about: { kind: 'events', at },
  refutation: (head) => {
    // This goal takes E' to be what the tables detect; that it is the E' of the rule is the claim of `detectionGoal`.
    const { given, detected, eventSet, digest, terms } = takenAt(subject, at, head);
    const wanted = head.define(unionOf(subject.widths.events, eventSet, digest, detected), subject.widths.events);
    return and(given, not(equal(wanted, terms.learn(eventSet, digest, detected))));
  },
});

export function stampingGoal(subject: TablesSubject, at: Location, block: number): TablesGoal {
  const { blocks, widths } = subject;
  const { eventSets, events, tags } = blocks[block]!;
  return {
    name: `tables/stamping/${at.switch}${blocks.length > 1 ? `/block ${block}` : ''}`,
    claim: `whatever event-set${blocks.length > 1 ? ' of the block' : ''} switch ${at.switch} knows, it stamps that set's tag on what hosts send`,
    switch: at.switch,
    about: { kind: 'stamping', at, events },
    refutation: (head) => {
      const register = head.constant('register', widths.events);
      const { terms } = arrivingAt(subject, at.switch, head);
      const { defined, field } = terms.stamp(block, register);
      const own = partOf(register, { events }, widths.events);
      const width = widths.fields[block]!;
      const wrong = eventSets.map((set, i) =>
        and(equal(own, bits(set, widths.events)), not(and(defined, equal(field, bits(tags[i]!, width))))),
      );
      return anyOf(wrong);
    },
  };
}
