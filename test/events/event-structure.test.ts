import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EventSet, isSubset, members, setOf, singleton } from '../../src/events/event-set.js';
import { type EventStructure, enables, eventSetIndex, isConsistent } from '../../src/events/event-structure.js';
import type { TransitionSystem } from '../../src/events/transition-system.js';
import {
  arbitraryAcyclic,
  arbitraryCyclic,
  arbitrarySystem,
  isSmall,
  structureOf,
  systemOfProgram,
  unroll,
} from './arbitrary-system.js';
import { includesAll, leadsTo, type Names, namesOf, pathsUpTo, setsUpTo, subsetsOf } from './naive.js';

const hasLoop = (system: TransitionSystem): boolean => [...system.states.keys()].some((s) => leadsTo(system, s, s));

/** Paths to unroll to; without loops all of them. */
const bound = (system: TransitionSystem): number => (hasLoop(system) ? unroll : system.states.length);

const namesIn = (structure: EventStructure, set: EventSet): Names =>
  members(set)
    .map((id) => `${structure.events[id]!.label}#${structure.events[id]!.occurrence}`)
    .sort();

const allSets = (structure: EventStructure): readonly EventSet[] =>
  subsetsOf(structure.events.map(({ id }) => id)).map(setOf);

/** The sets of events of paths long enough to decide consistency of sets of the structure's events. */
const longSets = (system: TransitionSystem, structure: EventStructure): readonly Names[] =>
  // Between two edges that a set needs, a path need not visit a state twice.
  setsUpTo(system, (structure.events.length + 1) * system.states.length);

const named = <T>(sources: Record<string, T>) => Object.entries(sources);

describe.each(
  named({
    'without loops': arbitraryAcyclic,
    'with loops': arbitraryCyclic,
    'of programs': systemOfProgram,
  }),
)('the event structure against all paths (spec 2.1, 2.3): transition systems %s', (_, systems) => {
  const check = (property: (system: TransitionSystem, structure: EventStructure) => void, numRuns = 80) =>
    fc.assert(
      fc.property(systems, (system) => {
        const structure = structureOf(system);
        if (isSmall(structure)) property(system, structure);
      }),
      { numRuns },
    );

  test('FamilyIsTheSetsOfPaths', () => {
    check((system, structure) => {
      expect(structure.bound).toBe(hasLoop(system) ? unroll : null);
      const expected = new Set(pathsUpTo(system, bound(system)).map(({ edges }) => String(namesOf(edges))));
      expect(new Set(structure.eventSets.map((set) => String(namesIn(structure, set))))).toEqual(expected);
      expect(structure.eventSets).toHaveLength(expected.size);
    });
  });

  test('CollectedIsWhereTheSetsEnd: each with a path', () => {
    check((system, structure) => {
      const expected = pathsUpTo(system, bound(system)).map(({ edges, end }) => `${namesOf(edges)}|${end}`);
      const collected = structure.collected.map(({ set, state }) => `${namesIn(structure, set)}|${state}`);
      expect(new Set(collected)).toEqual(new Set(expected));
      for (const { set, state, path } of structure.collected) {
        const states = [0, ...path().map(({ to }) => to)];
        expect(path().map(({ from }) => from)).toEqual(states.slice(0, -1));
        expect(states[states.length - 1]).toBe(state);
        expect(namesOf(path())).toEqual(namesIn(structure, set));
      }
      for (const [i, set] of structure.eventSets.entries())
        expect(collected).toContain(`${namesIn(structure, set)}|${structure.stateOf[i]}`);
    });
  });

  test('FrontierIsTheSetsOfPathsThatTheBoundCutsShort', () => {
    check((system, structure) => {
      const longest = hasLoop(system) ? pathsUpTo(system, unroll).filter(({ edges }) => edges.length === unroll) : [];
      const cut = longest.filter(({ end }) => system.edges.some(({ from }) => from === end));
      expect(new Set(structure.frontier.map((set) => String(namesIn(structure, set))))).toEqual(
        new Set(cut.map(({ edges }) => String(namesOf(edges)))),
      );
    });
  });

  test('EventsAreNumberedByLabelThenOccurrence, SetsSortedBySizeThenMembers', () => {
    check((_, { events, eventsOf, eventSets, ...structure }) => {
      expect(events.map(({ id }) => id)).toEqual([...events.keys()]);
      const order = events.map(({ label, occurrence }) => label * 100 + occurrence);
      expect(order).toEqual([...order].sort((a, b) => a - b));
      expect(eventsOf.flat()).toEqual([...events.keys()]);
      for (const [label, ids] of eventsOf.entries())
        expect(ids.map((id) => `${events[id]!.label}#${events[id]!.occurrence}`)).toEqual(
          ids.map((_, i) => `${label}#${i + 1}`),
        );
      expect(eventSets[0]).toBe(0n);
      const keys = eventSets.map((set) => `${members(set).length} ${members(set)}`);
      expect(keys).toEqual([...keys].sort());
      for (const [i, set] of eventSets.entries())
        expect(eventSetIndex({ events, eventsOf, eventSets, ...structure }, set)).toBe(i);
    });
  });

  test('ConsistentIffOnOnePath: of any length', () => {
    check((system, structure) => {
      const sets = longSets(system, structure);
      for (const set of allSets(structure)) {
        const names = namesIn(structure, set);
        const expected = sets.some((larger) => includesAll(larger, names));
        expect(isConsistent(structure, set), `con of ${names}`).toBe(expected);
      }
    }, 60);
  });

  test('MaximalAreTheMaximalConsistentSets', () => {
    check((system, structure) => {
      const sets = longSets(system, structure);
      const consistent = allSets(structure).filter((set) =>
        sets.some((larger) => includesAll(larger, namesIn(structure, set))),
      );
      const maximal = consistent.filter((set) => !consistent.some((other) => other !== set && isSubset(set, other)));
      expect(new Set(structure.maximal)).toEqual(new Set(maximal));
      expect(structure.maximal).toHaveLength(maximal.length);
    }, 60);
  });

  test('EnablesIffSomeSetOfTheFamilySaysSo (Winskel 1.1.12)', () => {
    check((system, structure) => {
      const family = pathsUpTo(system, bound(system)).map(({ edges }) => namesOf(edges));
      const sets = longSets(system, structure);
      for (const set of allSets(structure)) {
        const x = namesIn(structure, set);
        const isCon = sets.some((larger) => includesAll(larger, x));
        for (const { id } of structure.events) {
          const [e] = namesIn(structure, singleton(id));
          const expected = isCon && family.some((y) => y.includes(e!) && includesAll([...x, e!], y));
          expect(enables(structure, set, id), `${x} ⊢ ${e}`).toBe(expected);
        }
      }
    }, 40);
  });
});

/** Laws of event structures (paper §2, Def. 3 and 4), of what was built and with no reference to paths. */
describe.each(named({ 'random systems': arbitrarySystem, programs: systemOfProgram }))('laws, on %s', (_, systems) => {
  const check = (property: (structure: EventStructure) => void) =>
    fc.assert(
      fc.property(systems.map(structureOf).filter(isSmall), (structure) => property(structure)),
      { numRuns: 60 },
    );

  test('ConsistencyIsDownwardClosed', () => {
    check((structure) => {
      for (const set of allSets(structure))
        if (isConsistent(structure, set))
          for (const id of members(set)) expect(isConsistent(structure, set & ~singleton(id))).toBe(true);
    });
  });

  test('EnablingIsUpwardClosedOnConsistentSets', () => {
    check((structure) => {
      for (const set of allSets(structure))
        for (const { id } of structure.events) {
          const larger = set | singleton(id);
          if (!isConsistent(structure, larger)) continue;
          for (const event of structure.events)
            if (enables(structure, set, event.id)) expect(enables(structure, larger, event.id)).toBe(true);
        }
    });
  });

  test('OnlyConsistentSetsEnable', () => {
    check((structure) => {
      for (const set of allSets(structure))
        for (const { id } of structure.events)
          if (enables(structure, set, id)) expect(isConsistent(structure, set)).toBe(true);
    });
  });

  test('EventSetsAreConsistentAndReachedByEnabling (paper Def. 4)', () => {
    check((structure) => {
      const family = new Set(structure.eventSets);
      for (const set of structure.eventSets) {
        expect(isConsistent(structure, set)).toBe(true);
        const lasts = members(set).filter(
          (id) => family.has(set & ~singleton(id)) && enables(structure, set & ~singleton(id), id),
        );
        if (set !== 0n) expect(lasts).not.toEqual([]);
      }
    });
  });
});
