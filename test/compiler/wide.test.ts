import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { branches } from '../../bench/scale/programs.js';
import { countRules } from '../../src/compiler/artefact.js';
import { outputKey, type PlaceLeaf } from '../../src/compiler/outputs.js';
import { disagreeing } from '../../src/compiler/program-counter.js';
import { regions } from '../../src/compiler/regions.js';
import { ruleIndex } from '../../src/compiler/rule-index.js';
import type { Rule } from '../../src/compiler/rules.js';
import type { Diagram } from '../../src/netkat/diagram.js';
import { diagrams } from '../../src/netkat/diagrams.js';
import { compiled, load, orThrow } from '../../src/verbs/load.js';

it('1,500 branches have tables: diagrams of positions at one place are joined in halves', () => {
  const { compilation } = orThrow(compiled(orThrow(load(branches(1_500), 'branches.snk'))));
  // A rule for each branch at switch 4; one for answers at switch 1; two for requests under each of two event-sets.
  expect(countRules(compilation).guarded).toBe(1_505);
});

/** The values of up to three fields that a rule matches, ascending by field. */
const matches = fc
  .uniqueArray(fc.tuple(fc.nat(2), fc.nat(2)), { selector: ([field]) => field })
  .map((match): Rule['match'] => match.sort(([a], [b]) => a - b));

describe('an index of rules', () => {
  it('finds the rules that overlap one, in the order in which they were added', () =>
    fc.assert(
      fc.property(fc.array(matches, { maxLength: 12 }), matches, matches, (all, early, late) => {
        const index = ruleIndex<{ readonly rule: Rule }>();
        const overlapping = (some: readonly Rule['match'][], wanted: Rule['match']) =>
          some.filter((match) => match.every(([f, v]) => wanted.every(([g, w]) => f !== g || v === w)));
        const found = (match: Rule['match']) => index.overlapping({ match }).map(({ rule }) => rule.match);
        for (const [i, match] of all.entries()) {
          if (i === all.length >> 1) expect(found(early)).toEqual(overlapping(all.slice(0, i), early));
          index.add({ rule: { match, outputs: [] } });
        }
        expect(found(late)).toEqual(overlapping(all, late));
      }),
    ));
});

describe('functions of places', () => {
  const limits = { deadline: Number.POSITIVE_INFINITY };
  const newStore = () => {
    const store = diagrams<PlaceLeaf>(
      [undefined, undefined, undefined],
      (leaf) => (leaf ? leaf.map(outputKey).sort().join(' ') : 'any'),
      limits,
    );
    return { store, regions: regions(store, outputKey) };
  };
  /** A function of two fields with values 0, 1 and others, each undefined or some of the ports 1 and 2. */
  const tables = fc.array(fc.option(fc.subarray([1, 2]), { nil: undefined }), { minLength: 9, maxLength: 9 });
  type Table = (number[] | undefined)[];
  const asDiagram = ({ store }: ReturnType<typeof newStore>, table: Table): Diagram => {
    const leaf = (i: number) => store.leaf(table[i]?.map((port) => ({ port, sets: [], next: undefined })));
    const byValue = (field: number, of: (value: number) => Diagram) =>
      store.choose(field, 0, of(0), store.choose(field, 1, of(1), of(2)));
    return byValue(0, (a) => byValue(1, (b) => leaf(3 * a + b)));
  };

  it('that do not agree are the pairs that pairwise comparison finds', () =>
    fc.assert(
      fc.property(fc.array(tables, { maxLength: 9 }), (all) => {
        const made = newStore();
        const functions = all.map((table) => asDiagram(made, table));
        const expected = functions.flatMap((b, j) =>
          functions.slice(0, j).flatMap((a, i) => (made.regions.agree(a, b) ? [] : [`${i},${j}`])),
        );
        expect(disagreeing(functions, made.regions).map(String).sort()).toEqual(expected.sort());
      }),
    ));

  it('say for each output where it is', () =>
    fc.assert(
      fc.property(tables, (table) => {
        const made = newStore();
        const where = made.regions.whereOutputs(asDiagram(made, table));
        const expected = [1, 2]
          .filter((port) => table.some((ports) => ports?.includes(port)))
          .map((port) => {
            const region = asDiagram(
              made,
              table.map((ports) => (ports?.includes(port) ? [] : undefined)),
            );
            return [outputKey({ port, sets: [], next: undefined }), region] as const;
          });
        expect(new Map([...where].sort())).toEqual(new Map(expected));
      }),
    ));
});
