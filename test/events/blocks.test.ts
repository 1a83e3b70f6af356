import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../src/base/limits.js';
import { analyse, unrollFor } from '../../src/events/analysis.js';
import { hasCycle } from '../../src/events/components.js';
import { type EventSet, singleton } from '../../src/events/event-set.js';
import { type EventStructure, enables, isConsistent } from '../../src/events/event-structure.js';
import { meaning } from '../../src/events/formula.js';
import { linkConditions } from '../../src/events/link-conditions.js';
import { transitionSystem } from '../../src/events/transition-system.js';
import type { Program, StateVector } from '../../src/language/program.js';
import { readProgram } from '../../src/language/read-program.js';
import { flowGraph } from '../../src/netkat/flow-graph.js';
import { arbitraryEventfulProgram } from '../search/eventful-program.js';
import { arbitrarySmallProgram } from '../search/small-program.js';
import { arbitraryTerm, arbitraryWritten } from './arbitrary-program.js';
import { eventEdges } from './figure3-search.js';
import { naive } from './naive-system.js';

const read = (text: string): Program => {
  const reading = readProgram(text, 'blocks.snk');
  if (!reading.ok) throw new Error(text);
  return reading.program;
};
const eventful = arbitraryEventfulProgram.map(read);
const declared = fc
  .tuple(eventful, fc.array(fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 2 }), { maxLength: 2 }))
  .map(([program, ordered]): Program => {
    const within = ordered.map((some) => some.filter((i) => i < program.initial.length));
    return { ...program, ordered: within.filter((some) => some.length > 0) };
  });
const programs = fc.oneof(arbitraryTerm, arbitraryWritten, eventful, declared);

/** All vectors over the values that components can take (spec 2.4). */
function vectorsOf(program: Program): readonly StateVector[] {
  const { values } = linkConditions(program, defaultLimits);
  return values.reduce<readonly StateVector[]>((all, own) => all.flatMap((v) => own.map((x) => [...v, x])), [[]]);
}

/**
 * The meanings of ⟨p⟩k at each link that assigns state, by its occurrence; those that change nothing are among them.
 */
function formulasAt(program: Program, state: StateVector): ReadonlyMap<number, string> {
  const found = new Map<number, Set<string>>();
  const edges = eventEdges(flowGraph(program.policy), program.fields, state, { ...defaultLimits, keepAll: true });
  for (const { occurrence, formula } of edges)
    found.set(occurrence, (found.get(occurrence) ?? new Set()).add(meaning(program.fields, formula)));
  return new Map([...found].map(([occurrence, meanings]) => [occurrence, [...meanings].sort().join(' ')]));
}

/** Spec 2.4, word for word: the finest partition, by joining what is to be together until nothing changes. */
function partition(program: Program): string {
  const links = linkConditions(program, defaultLimits).links.map(({ link }) => link);
  const vectors = vectorsOf(program);
  const formulas = new Map(vectors.map((state) => [String(state), formulasAt(program, state)]));
  const together: number[][] = program.ordered.map((some) => [...some]);
  const assigned = new Map(links.map((link) => [link.occurrence, link.assignments.map(({ component }) => component)]));
  for (const { occurrence } of links) {
    const deciding = [...program.initial.keys()].filter((i) =>
      vectors.some((a) =>
        vectors.some(
          (b) =>
            a.every((value, j) => (value === b[j]) === (i !== j)) &&
            formulas.get(String(a))!.get(occurrence) !== formulas.get(String(b))!.get(occurrence),
        ),
      ),
    );
    together.push([...assigned.get(occurrence)!, ...deciding]);
  }
  const { edges } = naive(program);
  for (const a of edges)
    for (const b of edges)
      if (a.label === b.label) together.push([...assigned.get(a.occurrence)!, ...assigned.get(b.occurrence)!]);
  let blocks = [...program.initial.keys()].map((i) => [i]);
  for (const some of together) {
    const touching = blocks.filter((block) => block.some((i) => some.includes(i)));
    blocks = [...blocks.filter((block) => !touching.includes(block)), touching.flat()];
  }
  return blocks
    .map((block) => [...block].sort().join())
    .sort()
    .join(' | ');
}

describe('blocks (spec 2.4)', () => {
  test('BlocksAreTheFinestPartition: by listing vectors', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(programs, (program) => {
        const { blocks } = transitionSystem(program, defaultLimits);
        const found = blocks
          .map(({ indices }) => indices.join())
          .sort()
          .join(' | ');
        expect(found).toBe(partition(program));
        for (const { indices, isOrdered } of blocks)
          expect(isOrdered).toBe(program.ordered.some((some) => some.some((i) => indices.includes(i))));
        met.add(found);
      }),
      { numRuns: 150 },
    );
    expect(met.size).toBeGreaterThan(4);
  });

  test('LinkConditionsAreFigure3InEveryState: the same formulas at the same links', () => {
    fc.assert(
      fc.property(programs, (program) => {
        const conditions = linkConditions(program, defaultLimits);
        const { store, values, links } = conditions;
        for (const state of vectorsOf(program)) {
          const found = new Map<number, string>();
          for (const { link, conditions } of links) {
            const holding = conditions.filter(({ when }) => {
              let rest = when;
              for (const [i, value] of state.entries()) rest = store.assume(rest, i, values[i]!.indexOf(value));
              return store.leafOf(rest);
            });
            if (holding.length > 0)
              found.set(
                link.occurrence,
                holding
                  .map(({ meaning }) => meaning)
                  .sort()
                  .join(' '),
              );
          }
          expect(found).toEqual(formulasAt(program, state));
        }
      }),
      { numRuns: 100 },
    );
  });

  test('TheProductIsTheWhole: events, con, ⊢, F and g, of programs without loops', () => {
    let several = 0;
    const sources = fc.oneof(arbitrarySmallProgram.map(read), eventful, arbitraryWritten);
    fc.assert(
      fc.property(sources, (program) => {
        if (transitionSystem(program, defaultLimits, true).blocks.some(hasCycle)) return;
        const [parts, whole] = [false, true].map((isOneBlock) =>
          analyse(program, unrollFor(2), defaultLimits, { isOneBlock }),
        ) as [ReturnType<typeof analyse>, ReturnType<typeof analyse>];
        const codeOf = ({ broken }: typeof whole) => broken && ('code' in broken ? broken.code : broken.fault.kind);
        expect(codeOf(parts)).toBe(codeOf(whole));
        expect(new Set(parts.system.states.map(String))).toEqual(new Set(whole.system.states.map(String)));
        if (!parts.structure || !whole.structure) return;
        if (parts.system.blocks.filter(({ edges }) => edges.length > 0).length > 1) several++;
        expect(parts.structure.events.map(({ history, ...event }) => event)).toEqual(
          whole.structure.events.map(({ history, ...event }) => event),
        );
        expect(parts.structure.eventSets).toEqual(whole.structure.eventSets);
        expect(new Set(parts.structure.maximal)).toEqual(new Set(whole.structure.maximal));
        for (const set of setsOf(whole.structure)) {
          expect(isConsistent(parts.structure, set)).toBe(isConsistent(whole.structure, set));
          for (const { id } of whole.structure.events)
            expect(enables(parts.structure, set, id)).toBe(enables(whole.structure, set, id));
        }
        if (codeOf(whole) === 'undetermined') return;
        const block = whole.system.blocks[0]!;
        const indexOf = (state: StateVector) => block.states.findIndex((other) => String(other) === String(state));
        for (const set of whole.structure.eventSets) {
          const [a, b] = [parts, whole].map(({ structure }) => indexOf(structure!.stateAfter(set)!));
          expect(whole.configurations.areAlike(block, a!, b!)).toBe(true);
        }
      }),
      { numRuns: 700 },
    );
    expect(several).toBeGreaterThan(4);
  });
});

/** Event-sets, and what they become by an event more or less. */
const setsOf = ({ eventSets, events }: EventStructure): readonly EventSet[] => [
  ...new Set(eventSets.slice(0, 30).flatMap((set) => [set, ...events.map(({ id }) => set ^ singleton(id))])),
];
