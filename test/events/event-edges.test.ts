import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultLimits, LimitReached } from '../../src/base/limits.js';
import type { Formula } from '../../src/events/formula.js';
import type { Program, StateVector } from '../../src/language/program.js';
import { flowGraph } from '../../src/netkat/flow-graph.js';
import { fields } from '../netkat/arbitrary-policy.js';
import { arbitraryTerm, arbitraryWritten } from './arbitrary-program.js';
import { extract } from './figure3.js';
import { eventEdges } from './figure3-search.js';

const state = fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 }));

const literals = (formula: Formula): string =>
  formula
    .map((l) => `${l.field}${l.equal ? '=' : '!'}${l.value}`)
    .sort()
    .join(' & ');

const edgesOf = (program: Program, k: StateVector): string[] =>
  eventEdges(flowGraph(program.policy), program.fields, k, defaultLimits).map(
    ({ formula, at, to, occurrence }) => `${literals(formula)} @${at.switch}:${at.port} -> ${to} by ${occurrence}`,
  );

describe('event extraction (paper Figure 3; spec 1.5)', () => {
  test('EdgesAreThoseOfTheTable: of any policy, in any state', () => {
    let edges = 0;
    fc.assert(
      fc.property(arbitraryTerm, state, (program, k) => {
        const expected = extract(program.policy, fields, k, []).edges;
        expect(new Set(edgesOf(program, k))).toEqual(expected);
        edges += expected.size;
      }),
      { numRuns: 300 },
    );
    expect(edges).toBeGreaterThan(100);
  });

  test('EdgesAreThoseOfTheTable: of programs as they are written', () => {
    fc.assert(
      fc.property(arbitraryWritten, fc.nat({ max: 2 }), fc.nat({ max: 2 }), (program, a, b) => {
        const k = program.initial.length === 1 ? [a] : [a, b];
        expect(new Set(edgesOf(program, k))).toEqual(extract(program.policy, program.fields, k, []).edges);
      }),
    );
  });

  test('NothingIsFoundTwice', () => {
    fc.assert(
      fc.property(arbitraryTerm, state, (program, k) => {
        const edges = edgesOf(program, k);
        expect(new Set(edges).size).toBe(edges.length);
      }),
    );
  });

  test('MoreFormulasThanTheLimitAreAnHonestUnknown', () => {
    const tests = [0, 1].map((value) => ({
      kind: 'atom' as const,
      atom: { kind: 'test' as const, field: 0, equal: true, value },
    }));
    const graph = flowGraph({ kind: 'union', parts: tests });
    expect(eventEdges(graph, fields, [0], { ...defaultLimits, formulas: 2 })).toEqual([]);
    expect(() => eventEdges(graph, fields, [0], { ...defaultLimits, formulas: 1 })).toThrow(LimitReached);
  });
});
