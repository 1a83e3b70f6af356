import { alg, Graph } from '@dagrejs/graphlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { childrenFirst } from '../../src/base/children-first.js';
import { strongComponents } from '../../src/base/strong-components.js';

const arbitraryGraph = fc
  .integer({ min: 1, max: 12 })
  .chain((n) => fc.array(fc.uniqueArray(fc.nat({ max: n - 1 })), { minLength: n, maxLength: n }));

const sorted = (components: readonly (readonly number[])[]): string[] =>
  components.map((component) => [...component].sort((a, b) => a - b).join()).sort();

describe('strongly connected components', () => {
  it('are those of graphlib, each before those that lead to it', () => {
    fc.assert(
      fc.property(arbitraryGraph, (successors) => {
        const graph = new Graph({ directed: true });
        for (const node of successors.keys()) graph.setNode(String(node));
        for (const [from, targets] of successors.entries())
          for (const to of targets) graph.setEdge(String(from), String(to));
        const components = strongComponents(successors);
        expect(sorted(components)).toEqual(sorted(alg.tarjan(graph).map((component) => component.map(Number))));
        const rank = new Map(components.flatMap((component, i) => component.map((node) => [node, i] as const)));
        for (const [from, targets] of successors.entries())
          for (const to of targets) expect(rank.get(to)!).toBeLessThanOrEqual(rank.get(from)!);
      }),
    );
  });

  it('are found of graphs that are deeper than the stack', () => {
    const length = 200_000;
    const line = Array.from({ length }, (_, node) => (node + 1 < length ? [node + 1] : []));
    expect(strongComponents(line)).toHaveLength(length);
    expect(strongComponents([...line.slice(0, -1), [0]])).toHaveLength(1);
  });
});

describe('children first', () => {
  it('finishes each once and after its children, however deep', () => {
    const length = 200_000;
    const finished: number[] = [];
    const done = new Set<number>();
    childrenFirst(
      0,
      (n) => [n + 1, n + 2].filter((child) => child < length),
      (n) => done.has(n),
      (n) => {
        finished.push(n);
        done.add(n);
      },
    );
    expect(finished).toEqual(Array.from({ length }, (_, i) => length - 1 - i));
  });
});
