import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  always,
  conjoin,
  type Formula,
  forget,
  type Literal,
  meaning,
  satisfies,
  showFormula,
} from '../../src/events/formula.js';
import { compareValues, type Field, type Headers, undetermined } from '../../src/netkat/fields.js';
import { packetsOf } from './stateful.js';

/** Domains that are not in printing order, with values of both kinds. */
const fields: readonly Field[] = [
  { name: 'ip_dst', domain: ['H2', 'H10', 'other'] },
  { name: 'tcp_dst', domain: [80, 9, 'other'] },
  { name: 'vlan_id', domain: [7] },
];
const packets = packetsOf(fields);

const arbitraryLiteral: fc.Arbitrary<Literal> = fc.constantFrom(...fields.keys()).chain((field) =>
  fc.record({
    field: fc.constant(field),
    equal: fc.boolean(),
    value: fc.nat({ max: fields[field]!.domain.length - 1 }),
  }),
);
const literals = fc.array(arbitraryLiteral, { maxLength: 5 });

const conjunction = (all: readonly Literal[]): Formula | undefined =>
  all.reduce<Formula | undefined>((formula, literal) => formula && conjoin(fields, formula, literal), always);

const holds = (literal: Literal, packet: Headers): boolean =>
  literal.equal ? packet[literal.field] === literal.value : packet[literal.field] !== literal.value;

const satisfying = (all: readonly Literal[]): readonly string[] =>
  packets.filter((packet) => all.every((literal) => holds(literal, packet))).map(String);

describe('formulas against brute force over all packets (spec 1.5)', () => {
  test('ConjoinIsUndefinedIffNoPacketSatisfies', () => {
    fc.assert(
      fc.property(literals, (all) => {
        const formula = conjunction(all);
        expect(formula === undefined).toBe(satisfying(all).length === 0);
        if (formula) expect(satisfying(formula)).toEqual(satisfying(all));
      }),
    );
  });

  test('ConjoinKeepsEachLiteralOnce', () => {
    fc.assert(
      fc.property(literals, (all) => {
        const formula = conjunction(all);
        if (!formula) return;
        const texts = formula.map((l) => JSON.stringify([l.field, l.equal, l.value])).sort();
        expect(texts).toEqual([...new Set(all.map((l) => JSON.stringify([l.field, l.equal, l.value])))].sort());
      }),
    );
  });

  test('OrderOfLiteralsDoesNotCount', () => {
    fc.assert(
      fc.property(
        literals.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const [a, b] = [conjunction(all), conjunction(shuffled)];
          expect(a && showFormula(fields, a)).toBe(b && showFormula(fields, b));
        },
      ),
    );
  });

  test('PrintedByFieldThenValueThenEquality (interface.md)', () => {
    fc.assert(
      fc.property(literals, (all) => {
        const formula = conjunction(all);
        if (!formula) return;
        const shown = showFormula(fields, formula);
        if (formula.length === 0) return void expect(shown).toBe('true');
        const read = shown.split(' & ').map((text) => {
          const [, name, operator, value] = /^(\w+?)(!?=)(\w+)$/.exec(text)!;
          return { name: name!, operator: operator!, value: /^\d+$/.test(value!) ? Number(value) : value! };
        });
        for (const [i, b] of read.entries()) {
          const a = read[i - 1];
          if (!a) continue;
          const byValue = compareValues(a.value, b.value);
          const inOrder = a.name !== b.name ? a.name < b.name : byValue !== 0 ? byValue < 0 : a.operator === '=';
          expect(inOrder, shown).toBe(true);
        }
      }),
    );
    expect(
      showFormula(
        fields,
        conjunction([
          { field: 1, equal: false, value: 2 },
          { field: 1, equal: false, value: 0 },
          { field: 0, equal: true, value: 0 },
          { field: 1, equal: true, value: 1 },
        ])!,
      ),
    ).toBe('ip_dst=H2 & tcp_dst=9 & tcp_dst!=80 & tcp_dst!=other');
  });

  test('MeaningIsTheSetOfSatisfyingPackets', () => {
    let same = 0;
    fc.assert(
      fc.property(literals, literals, (a, b) => {
        const [p, q] = [conjunction(a), conjunction(b)];
        if (!p || !q) return;
        const equal = String(satisfying(a)) === String(satisfying(b));
        expect(meaning(fields, p) === meaning(fields, q)).toBe(equal);
        if (equal && showFormula(fields, p) !== showFormula(fields, q)) same++;
      }),
      { numRuns: 2000 },
    );
    expect(same).toBeGreaterThan(10);
  });

  test('SatisfiesIsWhatEveryFullPacketSays: and undetermined only where they differ', () => {
    const partial = fc.tuple(...fields.map(({ domain }) => fc.integer({ min: undetermined, max: domain.length - 1 })));
    fc.assert(
      fc.property(literals, partial, (all, headers) => {
        const formula = conjunction(all);
        if (!formula) return;
        const full = packets.filter((p) => headers.every((v, f) => v === undetermined || v === p[f]));
        const answers = new Set(full.map((p) => formula.every((literal) => holds(literal, p))));
        const answer = satisfies(headers, formula);
        if (typeof answer === 'number') {
          expect(headers[answer]).toBe(undetermined);
          expect(answers).toContain(true);
          // A field with one value is asked for in vain.
          if (fields[answer]!.domain.length > 1) expect(answers).toContain(false);
        }
        if (typeof answer === 'boolean') expect([...answers]).toEqual([answer]);
        if (!headers.includes(undetermined)) expect(typeof answer).toBe('boolean');
      }),
    );
  });

  test('ForgetIsExistential: a packet satisfies it iff some value of the field makes it satisfy the formula', () => {
    fc.assert(
      fc.property(literals, fc.constantFrom(...fields.keys()), (all, field) => {
        const formula = conjunction(all);
        if (!formula) return;
        for (const packet of packets) {
          const some = fields[field]!.domain.some((_, v) => satisfies(packet.with(field, v), formula) === true);
          expect(satisfies(packet, forget(formula, field))).toBe(some);
        }
      }),
    );
  });
});
