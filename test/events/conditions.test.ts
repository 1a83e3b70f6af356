import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../src/base/limits.js';
import { cyclicComponents, hasCycle } from '../../src/events/components.js';
import {
  checkComplete,
  checkCycles,
  checkDetermined,
  checkLocal,
  minimallyInconsistent,
} from '../../src/events/conditions.js';
import { type EventSet, isSubset, members, setOf, singleton } from '../../src/events/event-set.js';
import { type EventStructure, enables, isConsistent } from '../../src/events/event-structure.js';
import {
  arbitraryAcyclic,
  arbitraryCyclic,
  arbitrarySystem,
  isSmall,
  structureOf,
  systemOf,
  systemOfProgram,
  unroll,
} from './arbitrary-system.js';
import { leadsTo, namesOf, pathsUpTo, subsetsOf } from './naive.js';

const systems = fc.oneof(arbitrarySystem, systemOfProgram);
const structures = fc.oneof(
  { weight: 2, arbitrary: arbitraryAcyclic.map(structureOf) },
  { weight: 1, arbitrary: arbitraryCyclic.map(structureOf) },
  { weight: 1, arbitrary: systemOfProgram.map(structureOf) },
);
const small = structures.filter(isSmall);

const allSets = ({ events }: EventStructure): readonly EventSet[] => subsetsOf(events.map(({ id }) => id)).map(setOf);

const minimalByBruteForce = (structure: EventStructure): readonly EventSet[] => {
  const inconsistent = allSets(structure).filter((set) => !isConsistent(structure, set));
  return inconsistent.filter((set) => !inconsistent.some((less) => less !== set && isSubset(less, set)));
};

const switchesOf = (structure: EventStructure, set: EventSet): readonly number[] =>
  [...new Set(members(set).map((id) => structure.events[id]!.at.switch))].sort();

/** A property that must have met both answers, lest it say nothing. */
function onBoth<T>(arbitrary: fc.Arbitrary<T>, numRuns: number, property: (value: T) => boolean): void {
  const met = { true: 0, false: 0 };
  fc.assert(
    fc.property(arbitrary, (value) => {
      met[`${property(value)}`]++;
    }),
    { numRuns },
  );
  expect(Math.min(met.true, met.false)).toBeGreaterThan(3);
}

describe('the four conditions, against their definitions (spec 2.2, 2.5)', () => {
  test('DeterminedIffPathsWithTheSameEventsEndAlike', () => {
    // Colours of states stand for classes of equal configurations.
    const coloured = systems.chain((system) =>
      fc.tuple(fc.constant(system), fc.array(fc.nat({ max: 2 }), { minLength: system.states.length, maxLength: 20 })),
    );
    onBoth(coloured, 300, ([system, classOf]) => {
      const ends = new Map<string, Set<number>>();
      for (const { edges, end } of pathsUpTo(system, hasCycle(system) ? unroll : system.states.length)) {
        const key = String(namesOf(edges));
        ends.set(key, (ends.get(key) ?? new Set()).add(classOf[end]!));
      }
      const expected = [...ends.values()].every((classes) => classes.size === 1);
      const broken = checkDetermined(structureOf(system), classOf);
      expect(broken === undefined).toBe(expected);
      if (broken?.code === 'undetermined') {
        const [a, b] = broken.paths;
        expect(namesOf(a)).toEqual(namesOf(b));
        expect(classOf[a.at(-1)?.to ?? 0]).not.toBe(classOf[b.at(-1)?.to ?? 0]);
      }
      return expected;
    });
  });

  test('CompleteIffBoundedUnionsAreInTheFamily: of pairs, and then of any number', () => {
    onBoth(structures, 300, (structure) => {
      const family = structure.eventSets;
      const isBounded = (set: EventSet) => family.some((upper) => isSubset(set, upper));
      const isComplete = family.every((a) => family.every((b) => family.includes(a | b) || !isBounded(a | b)));
      const broken = checkComplete(structure, defaultLimits);
      expect(broken === undefined).toBe(isComplete);
      if (broken?.code === 'incomplete') {
        const { sets, union, upper } = broken;
        for (const set of [...sets, upper]) expect(family).toContain(set);
        expect(union).toBe(sets[0] | sets[1]);
        expect(family).not.toContain(union);
        expect(isSubset(union, upper)).toBe(true);
      } else if (family.length <= 8) {
        for (const some of subsetsOf(family)) {
          const union = some.reduce((a, b) => a | b, 0n);
          expect(family.includes(union) || !isBounded(union)).toBe(true);
        }
      }
      return isComplete;
    });
  });

  test('EveryConsistentSetReachedByEnablingIsAnEventSet: if complete and without loops', () => {
    onBoth(arbitraryAcyclic.map(structureOf).filter(isSmall), 200, (structure) => {
      const isComplete = checkComplete(structure, defaultLimits) === undefined;
      const reached = new Set([0n]);
      for (const set of reached)
        for (const { id } of structure.events) {
          const next = set | singleton(id);
          if (enables(structure, set, id) && isConsistent(structure, next)) reached.add(next);
        }
      for (const set of structure.eventSets) expect(reached).toContain(set);
      if (isComplete) expect(reached.size).toBe(structure.eventSets.length);
      return isComplete;
    });
  });

  test('MinimallyInconsistentIsAsDefined', () => {
    onBoth(small, 300, (structure) => {
      const minimal = minimalByBruteForce(structure);
      const found = minimallyInconsistent(structure, defaultLimits);
      expect(new Set(found)).toEqual(new Set(minimal));
      expect(found).toHaveLength(minimal.length);
      return minimal.length > 0;
    });
  });

  test('LocalIffMinimallyInconsistentSetsLieAtOneSwitch', () => {
    onBoth(small, 200, (structure) => {
      const spread = minimalByBruteForce(structure).filter((set) => switchesOf(structure, set).length > 1);
      const broken = checkLocal(structure, defaultLimits);
      expect(broken === undefined).toBe(spread.length === 0);
      if (broken?.code === 'nonlocal') {
        expect(spread).toContain(broken.set);
        expect(broken.switches).toEqual(switchesOf(structure, broken.set));
      }
      return broken === undefined;
    });
  });

  test('CyclicComponentsAreTheStatesThatReachEachOther', () => {
    onBoth(systems, 200, (system) => {
      const states = [...system.states.keys()];
      const together = (a: number, b: number) => leadsTo(system, a, b) && leadsTo(system, b, a);
      const components = cyclicComponents(system);
      const expected = new Set(
        states.filter((s) => together(s, s)).map((s) => String(states.filter((t) => together(s, t)))),
      );
      expect(new Set(components.map((c) => String(c.states)))).toEqual(expected);
      expect(components).toHaveLength(expected.size);
      for (const component of components) {
        const inside = new Set(component.states);
        expect(component.edges).toEqual(system.edges.filter(({ from, to }) => inside.has(from) && inside.has(to)));
      }
      expect(hasCycle(system)).toBe(expected.size > 0);
      return expected.size > 0;
    });
  });

  test('CyclesAreAtOneSwitch: two edges on one cycle at two switches are an error', () => {
    onBoth(systems, 200, (system) => {
      const onCycle = system.edges.filter(({ from, to }) => leadsTo(system, to, from));
      const place = (i: number) => system.labels[i]!.at.switch;
      const isBroken = onCycle.some((a) =>
        onCycle.some(
          (b) => leadsTo(system, a.to, b.from) && leadsTo(system, b.to, a.from) && place(a.label) !== place(b.label),
        ),
      );
      const broken = checkCycles(system);
      expect(broken !== undefined).toBe(isBroken);
      if (broken?.code === 'cycle') {
        const [a, b] = broken.edges;
        for (const edge of [a, b]) expect(system.edges).toContain(edge);
        expect(place(a.label)).not.toBe(place(b.label));
        for (const { from, to } of [a, b]) {
          expect(broken.states).toContain(from);
          expect(broken.states).toContain(to);
        }
      }
      return isBroken;
    });
  });

  test('ALongChainOfStatesHasNoCycle: as long as the limits allow', () => {
    const length = defaultLimits.states;
    const chain = Array.from({ length: length - 1 }, (_, i) => [i, 0, i + 1] as const);
    expect(hasCycle(systemOf(length, 1, chain))).toBe(false);
    expect(cyclicComponents(systemOf(length, 1, [...chain, [length - 1, 0, 0]]))).toHaveLength(1);
  });
});
