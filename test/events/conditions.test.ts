import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../src/base/limits.js';
import { cyclicComponents, hasCycle } from '../../src/events/components.js';
import {
  type AreAlike,
  checkComplete,
  checkDetermined,
  checkLocal,
  checkPlaces,
  freeRuns,
  minimallyInconsistent,
} from '../../src/events/conditions.js';
import { type EventSet, isSubset, members, setOf, singleton } from '../../src/events/event-set.js';
import { type EventStructure, enables, isConsistent } from '../../src/events/event-structure.js';
import type { Block, TransitionSystem } from '../../src/events/transition-system.js';
import {
  arbitraryAcyclic,
  arbitraryCyclic,
  arbitraryProduct,
  arbitrarySystem,
  isSmall,
  onlyBlock,
  structureOf,
  systemOf,
  systemOfProgram,
} from './arbitrary-system.js';
import {
  boundOf,
  groupsOf,
  hasLoop,
  includesAll,
  isClock,
  leadsTo,
  longestOfConditions,
  longSets,
  namesOf,
  pathsUpTo,
  subsetsOf,
} from './naive.js';
import { namesIn } from './named.js';

const systems = fc.oneof(arbitrarySystem, systemOfProgram);
const structures = fc.oneof(
  { weight: 2, arbitrary: arbitraryAcyclic.map(structureOf) },
  { weight: 1, arbitrary: arbitraryCyclic.map(structureOf) },
  { weight: 1, arbitrary: systemOfProgram.map(structureOf) },
  { weight: 1, arbitrary: arbitraryProduct.map(structureOf) },
);
const small = structures.filter(isSmall);

/** How long paths are of which the conditions are asked (spec 2.5). */
const asked = (block: Block): number => (hasLoop(block) ? longestOfConditions(block) : block.states.length);

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
      const block = onlyBlock(system);
      const ends = new Map<string, Set<number>>();
      for (const { edges, end } of pathsUpTo(block, asked(block))) {
        const key = String(namesOf(block, edges));
        ends.set(key, (ends.get(key) ?? new Set()).add(classOf[end]!));
      }
      // Of a clock, one history is one state (spec 2.5).
      const isForked =
        isClock(block, system) &&
        block.edges.some((a) => block.edges.some((b) => a.from === b.from && a.label === b.label && a.to !== b.to));
      const expected = !isForked && [...ends.values()].every((classes) => classes.size === 1);
      const areAlike: AreAlike = (_, a, b) => classOf[a] === classOf[b];
      const broken = checkDetermined(structureOf(system), areAlike);
      expect(broken === undefined).toBe(expected);
      if (broken?.code === 'undetermined') {
        const [a, b] = broken.paths;
        expect(namesOf(block, a)).toEqual(namesOf(block, b));
        const [endOfA, endOfB] = [a, b].map((path) => path.at(-1)?.to ?? 0);
        if (isForked) expect(endOfA).not.toBe(endOfB);
        else expect(classOf[endOfA!]).not.toBe(classOf[endOfB!]);
      }
      return expected;
    });
  });

  test('AClockIsDeterminedIffNoStateHasTwoEdgesOfOneLabel: however far from the first state', () => {
    const chain = (length: number) => Array.from({ length }, (_, i) => [i, 0, i + 1] as const);
    const of = (...last: readonly (readonly [number, number, number])[]) =>
      checkDetermined(structureOf(systemOf(12, 2, [...chain(11), [11, 0, 0], ...last], { switches: [1] })), () => true);
    expect(of([11, 1, 1])).toBeUndefined();
    const broken = of([11, 0, 1]);
    if (broken?.code !== 'undetermined') throw new Error('the fork is not seen');
    const [a, b] = broken.paths;
    expect(a.map(({ label }) => label)).toEqual(b.map(({ label }) => label));
    expect([a, b].map((path) => path.at(-1)?.to).sort()).toEqual([0, 1]);
  });

  test('CompleteIffBoundedUnionsAreInTheFamily: of pairs, and then of any number', () => {
    onBoth(systems, 300, (system) => {
      const block = onlyBlock(system);
      const structure = structureOf(system);
      const length = asked(block);
      // A clock that branches is unrolled no further than is asked for; its family is a tree all the same.
      const paths = pathsUpTo(block, Math.min(length, boundOf(block, system) ?? length));
      const family = new Map(paths.map(({ edges }) => [String(namesOf(block, edges)), namesOf(block, edges)]));
      const upper = longSets(block, namesIn(structure, setOf(structure.events.keys())));
      const isBounded = (names: readonly string[]) => upper.some((set) => includesAll(set, names));
      const union = (some: readonly (readonly string[])[]) => [...new Set(some.flat())].sort();
      const isMissing = (names: readonly string[]) =>
        names.length <= length && !family.has(String(names)) && isBounded(names);
      const sets = [...family.values()];
      const isComplete = !sets.some((a) => sets.some((b) => isMissing(union([a, b]))));
      const broken = checkComplete(structure, defaultLimits);
      expect(broken === undefined).toBe(isComplete);
      if (broken?.code === 'incomplete') {
        for (const set of broken.sets) expect(structure.eventSets).toContain(set);
        expect(broken.union).toBe(broken.sets[0] | broken.sets[1]);
        expect(structure.eventSets).not.toContain(broken.union);
        expect(isSubset(broken.union, broken.upper)).toBe(true);
        expect(isBounded(namesIn(structure, broken.upper))).toBe(true);
        if (!hasLoop(block)) expect(structure.eventSets).toContain(broken.upper);
      } else if (sets.length <= 8) {
        for (const some of subsetsOf(sets)) expect(isMissing(union(some))).toBe(false);
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
      const block = onlyBlock(system);
      const states = [...block.states.keys()];
      const together = (a: number, b: number) => leadsTo(block, a, b) && leadsTo(block, b, a);
      const components = cyclicComponents(block);
      const expected = new Set(
        states.filter((s) => together(s, s)).map((s) => String(states.filter((t) => together(s, t)))),
      );
      expect(new Set(components.map((c) => String(c.states)))).toEqual(expected);
      expect(components).toHaveLength(expected.size);
      for (const component of components) {
        const inside = new Set(component.states);
        expect(component.edges).toEqual(block.edges.filter(({ from, to }) => inside.has(from) && inside.has(to)));
      }
      expect(hasCycle(block)).toBe(expected.size > 0);
      return expected.size > 0;
    });
  });

  test('LabelsOfOneGroupAreAtOneSwitch: two that recur together at two switches are an error, or of an ordered block', () => {
    const met = new Set<string>();
    const apart = (system: TransitionSystem, labels: Iterable<number>) =>
      new Set([...labels].map((label) => system.labels[label]!.at.switch)).size > 1;
    fc.assert(
      fc.property(systems, (system) => {
        const block = onlyBlock(system);
        const loops = groupsOf({ ...block, isOrdered: false });
        const isCycle = loops.some((labels) => apart(system, labels));
        const isSpread =
          block.isOrdered &&
          apart(
            system,
            block.edges.map(({ label }) => label),
          );
        const expected = isCycle ? 'cycle' : isSpread ? 'unordered' : undefined;
        const broken = checkPlaces(system);
        expect(broken?.code).toBe(expected);
        met.add(String(expected));
        if (broken?.code !== 'cycle' && broken?.code !== 'unordered') return;
        const [a, b] = broken.edges;
        expect(apart(system, [a.label, b.label])).toBe(true);
        for (const edge of [a, b]) expect(block.edges).toContain(edge);
        if (broken.code !== 'cycle') return;
        expect(loops.some((labels) => labels.has(a.label) && labels.has(b.label))).toBe(true);
        for (const { from, to } of [a, b]) {
          expect(broken.states).toContain(from);
          expect(broken.states).toContain(to);
        }
      }),
      { numRuns: 300 },
    );
    expect(met.size).toBe(3);
  });

  test('FreeRunsAreThoseThatNoPathTakes: the shortest of them', () => {
    onBoth(systems, 150, (system) => {
      const block = onlyBlock(system);
      const structure = structureOf(system);
      const isFree = freedom(system, structure);
      const shortest = structure.eventSets.find((set) => structure.events.some(({ id }) => isFree(set, id)));
      const longest = isClock(block, system)
        ? 0
        : hasLoop(block)
          ? longestOfConditions(block) - 1
          : Number.POSITIVE_INFINITY;
      const isWithin = shortest !== undefined && members(shortest).length <= longest;
      const [run, ...others] = freeRuns(structure, defaultLimits);
      expect(others).toEqual([]);
      expect(run !== undefined).toBe(isWithin);
      if (!run) return false;
      expect(members(run.set)).toHaveLength(members(shortest!).length);
      expect(isFree(run.set, run.event)).toBe(true);
      return true;
    });
  });

  test('ALongChainOfStatesHasNoCycle: as long as the limits allow', () => {
    const length = defaultLimits.states;
    const chain = Array.from({ length: length - 1 }, (_, i) => [i, 0, i + 1] as const);
    expect(hasCycle(onlyBlock(systemOf(length, 1, chain)))).toBe(false);
    expect(cyclicComponents(onlyBlock(systemOf(length, 1, [...chain, [length - 1, 0, 0]])))).toHaveLength(1);
  });
});

/** Whether X ⊢ e and con(X ∪ {e}), though no path with X goes on with e (spec 2.5). */
function freedom(system: TransitionSystem, structure: EventStructure): (set: EventSet, event: number) => boolean {
  const block = onlyBlock(system);
  const steps = new Set(
    pathsUpTo(block, boundOf(block, system) ?? block.states.length)
      .filter(({ edges }) => edges.length > 0)
      .map(({ edges }) => `${namesOf(block, edges.slice(0, -1))} then ${namesOf(block, edges)}`),
  );
  return (set, event) => {
    if (isSubset(singleton(event), set) || !enables(structure, set, event)) return false;
    if (!isConsistent(structure, set | singleton(event))) return false;
    return !steps.has(`${namesIn(structure, set)} then ${namesIn(structure, set | singleton(event))}`);
  };
}
