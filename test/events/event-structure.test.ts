import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EventSet, isSubset, members, setOf, singleton } from '../../src/events/event-set.js';
import { type EventStructure, enables, isConsistent, isEventSet } from '../../src/events/event-structure.js';
import type { TransitionSystem } from '../../src/events/transition-system.js';
import type { StateVector } from '../../src/language/program.js';
import {
  arbitraryAcyclic,
  arbitraryCyclic,
  arbitraryProduct,
  arbitrarySystem,
  isSmall,
  onlyBlock,
  structureOf,
  systemOfProgram,
} from './arbitrary-system.js';
import { boundOf, eventsOn, hasLoop, includesAll, isClock, longSets, namesOf, pathsUpTo, subsetsOf } from './naive.js';
import { namesIn } from './named.js';

/** Paths to unroll to; without loops all of them. */
const lengthOf = (system: TransitionSystem): number =>
  boundOf(onlyBlock(system), system) ?? onlyBlock(system).states.length;

/** Whether a vector of numbers is before another, at the first difference. */
function isLess(a: StateVector, b: StateVector): boolean {
  const i = a.findIndex((value, place) => value !== b[place]);
  return i >= 0 && a[i]! < b[i]!;
}

const onlyStructure = ({ blocks }: EventStructure) => blocks[0]!;

/** All sets of the events, where they are few; else those of F, and what they become by losing or gaining an event. */
function someSets(structure: EventStructure): readonly EventSet[] {
  const ids = structure.events.map(({ id }) => id);
  if (isSmall(structure)) return subsetsOf(ids).map(setOf);
  const few = structure.eventSets.slice(0, 40);
  const pairs = ids.slice(0, 12).flatMap((a, i) => ids.slice(i, 12).map((b) => setOf([a, b])));
  return [...new Set([...few.flatMap((set) => ids.slice(0, 12).map((id) => set ^ singleton(id))), ...few, ...pairs])];
}

const named = <T>(sources: Record<string, T>) => Object.entries(sources);

describe.each(
  named({
    'without loops': arbitraryAcyclic,
    'with loops': arbitraryCyclic,
    'of programs': systemOfProgram,
  }),
)('the event structure of a block against all paths (spec 2.1, 2.3, 2.5): transition systems %s', (_, systems) => {
  const check = (property: (system: TransitionSystem, structure: EventStructure) => void, numRuns = 80) => {
    fc.assert(
      fc.property(systems, (system) => property(system, structureOf(system))),
      { numRuns },
    );
  };

  test('FamilyIsTheSetsOfPaths', () => {
    check((system, structure) => {
      const block = onlyBlock(system);
      expect(structure.bound ?? undefined).toBe(boundOf(block, system));
      expect(onlyStructure(structure).naming.clock !== null).toBe(isClock(block, system));
      expect(onlyStructure(structure).naming.hasLoops).toBe(hasLoop(block));
      const expected = new Set(pathsUpTo(block, lengthOf(system)).map(({ edges }) => String(namesOf(block, edges))));
      expect(new Set(structure.eventSets.map((set) => String(namesIn(structure, set))))).toEqual(expected);
      expect(structure.eventSets).toHaveLength(expected.size);
    });
  });

  test('CollectedIsWhereTheSetsEnd: each with a path', () => {
    check((system, structure) => {
      const block = onlyBlock(system);
      const { collected, stateOf } = onlyStructure(structure);
      const expected = pathsUpTo(block, lengthOf(system)).map(
        ({ edges, end }) => `${namesOf(block, edges)}|${end}|${edges.length}`,
      );
      const found = collected.map(({ set, state, length }) => `${namesIn(structure, set)}|${state}|${length}`);
      expect(new Set(found)).toEqual(new Set(expected));
      for (const { set, state, path, length } of collected) {
        const states = [0, ...path().map(({ to }) => to)];
        expect(path().map(({ from }) => from)).toEqual(states.slice(0, -1));
        expect(states[states.length - 1]).toBe(state);
        expect(path()).toHaveLength(length);
        expect(namesOf(block, path())).toEqual(namesIn(structure, set));
      }
      const listOf = new Map<EventSet, number[]>();
      for (const { set, state } of collected) listOf.set(set, [...(listOf.get(set) ?? []), state]);
      for (const [i, set] of structure.eventSets.entries()) {
        const vectors = listOf.get(set)!.map((state) => block.states[state]!);
        const least = vectors.reduce((a, b) => (isLess(a, b) ? a : b));
        expect(block.states[stateOf[i]!]).toEqual(least);
        expect(structure.stateAfter(set)).toEqual(least);
        expect(system.states[structure.stateOf[i]!]).toEqual(least);
      }
    });
  });

  test('GoesOnWithTheEventsThatPathsAdd', () => {
    check((system, structure) => {
      const block = onlyBlock(system);
      const expected = new Map<string, Set<string>>();
      for (const { edges } of pathsUpTo(block, lengthOf(system))) {
        if (edges.length === 0) continue;
        const key = String(namesOf(block, edges.slice(0, -1)));
        expected.set(key, (expected.get(key) ?? new Set()).add(eventsOn(block, edges).at(-1)!));
      }
      const { goesOn } = onlyStructure(structure);
      const found = [...goesOn].map(([set, next]) => [
        String(namesIn(structure, set)),
        new Set(namesIn(structure, next)),
      ]);
      expect(new Map(found as [string, Set<string>][])).toEqual(expected);
    });
  });

  test('FrontierIsTheSetsOfPathsThatTheBoundCutsShort', () => {
    check((system, structure) => {
      const block = onlyBlock(system);
      const bound = boundOf(block, system);
      const longest = pathsUpTo(block, bound ?? -1).filter(({ edges }) => edges.length === bound);
      const cut = longest.filter(({ end }) => block.edges.some(({ from }) => from === end));
      expect(new Set(structure.frontier.map((set) => String(namesIn(structure, set))))).toEqual(
        new Set(cut.map(({ edges }) => String(namesOf(block, edges)))),
      );
    });
  });

  test('EventsAreNumberedByLabelThenHistoryThenOccurrence, SetsSortedBySizeThenMembers', () => {
    check((_, structure) => {
      const { events, eventsOf, eventSets } = structure;
      expect(events.map(({ id }) => id)).toEqual([...events.keys()]);
      const order = events.map(({ label, occurrence, history }, id) => {
        const name = namesIn(structure, singleton(id))[0]!;
        // Labels here are of one digit, so that histories of one length are ordered like their texts.
        return `${label} ${String(history?.time ?? occurrence).padStart(3, '0')} ${name}`;
      });
      expect(order).toEqual([...order].sort());
      expect(eventsOf.flat()).toEqual([...events.keys()]);
      for (const [label, ids] of eventsOf.entries()) for (const id of ids) expect(events[id]!.label).toBe(label);
      expect(eventSets[0]).toBe(0n);
      const keys = eventSets.map((set) => members(set).map((id) => String(id).padStart(3, '0')));
      const sorted = keys.toSorted((a, b) => a.length - b.length || (String(a) < String(b) ? -1 : 1));
      expect(keys).toEqual(sorted);
      for (const set of someSets(structure)) expect(isEventSet(structure, set)).toBe(eventSets.includes(set));
    });
  });

  test('ConsistentIffOnOnePath: of any length', () => {
    check((system, structure) => {
      const sets = longSets(onlyBlock(system), namesIn(structure, setOf(structure.events.keys())));
      for (const set of someSets(structure)) {
        const names = namesIn(structure, set);
        const expected = sets.some((larger) => includesAll(larger, names));
        expect(isConsistent(structure, set), `con of ${names}`).toBe(expected);
      }
    }, 60);
  });

  test('MaximalAreTheMaximalConsistentSets', () => {
    check((system, structure) => {
      const sets = longSets(onlyBlock(system), namesIn(structure, setOf(structure.events.keys())));
      const maximal = sets.filter((set) => !sets.some((other) => other.length > set.length && includesAll(other, set)));
      const found = structure.maximal.map((set) => String(namesIn(structure, set)));
      expect(new Set(found)).toEqual(new Set(maximal.map((names) => String([...names].sort()))));
      expect(found).toHaveLength(maximal.length);
      for (const set of structure.maximal)
        expect(structure.maximal.some((other) => other !== set && isSubset(set, other))).toBe(false);
    }, 60);
  });

  test('EnablesIffSomeSetOfTheFamilySaysSo (Winskel 1.1.12)', () => {
    check((system, structure) => {
      const block = onlyBlock(system);
      const paths = pathsUpTo(block, lengthOf(system)).map(({ edges }) => namesOf(block, edges));
      const family = [...new Map(paths.map((names) => [String(names), names])).values()];
      const sets = longSets(block, namesIn(structure, setOf(structure.events.keys())));
      for (const set of someSets(structure)) {
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

const allSets = (structure: EventStructure): readonly EventSet[] =>
  subsetsOf(structure.events.map(({ id }) => id)).map(setOf);

/** Laws of event structures (paper §2, Def. 3 and 4), of what was built and with no reference to paths. */
describe.each(
  named({
    'random systems': arbitrarySystem,
    programs: systemOfProgram,
    'systems of several blocks': arbitraryProduct,
  }),
)('laws, on %s', (_, systems) => {
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
