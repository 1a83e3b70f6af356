import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/base/limits.js';
import { type Answer, decidePackets, impliedFirst, type Split } from '../../src/netkat/decide-packets.js';
import { type Headers, undetermined } from '../../src/netkat/fields.js';
import type { OnAsked } from '../../src/netkat/ingress.js';

/** A nest of tests of fields for values, with a number at each end. */
type Nest = number | { readonly field: number; readonly value: number; readonly yes: Nest; readonly no: Nest };

const sizes = [2, 3, 4];
const nest: fc.Arbitrary<Nest> = fc.letrec<{ nest: Nest }>((tie) => ({
  nest: fc.oneof(
    { maxDepth: 5 },
    fc.nat(3),
    fc
      .nat(2)
      .chain((field) =>
        fc.record({ field: fc.constant(field), value: fc.nat(sizes[field]! - 1), yes: tie('nest'), no: tie('nest') }),
      ),
  ),
})).nest;

/** Runs a nest for a packet as far as its fields are known. */
function run(tests: Nest, headers: Headers, asked: OnAsked): Answer<number> {
  let at = tests;
  while (typeof at !== 'number') {
    const actual = headers[at.field]!;
    if (actual === undetermined) return { field: at.field };
    asked(at.field, at.value);
    at = actual === at.value ? at.yes : at.no;
  }
  return { result: at };
}

const splitOf = (whole: readonly number[]): Split => ({
  count: sizes.length,
  valuesOf: (field) => impliedFirst(sizes[field]!, sizes[field]! - 1),
  isWhole: (field) => whole.includes(field),
});

/** What is decided, as a function of packets. */
type Decided = (headers: Headers) => number;

const all = sizes.reduce<number[][]>(
  (packets, size) => packets.flatMap((packet) => Array.from({ length: size }, (_, value) => [...packet, value])),
  [[]],
);

describe('decidePackets', () => {
  it('decides for every packet what would be found for it alone', () => {
    fc.assert(
      fc.property(nest, fc.subarray([0, 1, 2]), (tests, whole) => {
        const decided = decidePackets<Decided>(
          splitOf(whole),
          defaultLimits,
          (headers, asked) => {
            const answer = run(tests, headers, asked);
            return 'field' in answer ? answer : { result: () => answer.result };
          },
          (field, cases, rest) => (headers) =>
            (cases.find(([value]) => value === headers[field])?.[1] ?? rest)(headers),
        )!;
        for (const packet of all) {
          const alone = run(tests, packet, () => undefined);
          expect({ result: decided(packet) }).toEqual(alone);
        }
      }),
    );
  });

  it('asks for no value at which nothing looks, except one', () => {
    const seen: Headers[] = [];
    decidePackets(
      { count: 1, valuesOf: () => impliedFirst(1_000, 999), isWhole: () => false },
      defaultLimits,
      (headers, asked) => {
        if (headers[0] === undetermined) return { field: 0 };
        asked(0, 7);
        seen.push(headers);
        return { result: undefined };
      },
      () => undefined,
    );
    expect(seen).toEqual([[999], [7]]);
  });

  it('decides nothing where no packet can enter', () => {
    const split: Split = { count: 2, valuesOf: (field) => (field === 1 ? [] : [0]), isWhole: () => false };
    expect(
      decidePackets(
        split,
        defaultLimits,
        () => ({ result: 1 }),
        () => 2,
      ),
    ).toBeUndefined();
  });

  it('ends where there are too many kinds of packets', () => {
    const split: Split = { count: 1, valuesOf: () => impliedFirst(50, 49), isWhole: () => true };
    const ask = (headers: Headers): Answer<number> => (headers[0] === undetermined ? { field: 0 } : { result: 1 });
    expect(() => decidePackets(split, { ...defaultLimits, packetClasses: 10 }, ask, () => 0)).toThrow(
      /more than 10 kinds/,
    );
  });
});
