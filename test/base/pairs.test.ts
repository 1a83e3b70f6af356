import { describe, expect, it } from 'vitest';
import { pairs, rememberingPairs } from '../../src/base/pairs.js';

describe('pairs as one number', () => {
  const hops = pairs(2 ** 20);

  it.each([
    [0, 0],
    [0, 2 ** 20 - 1],
    [1, 0],
    [2 ** 33 - 1, 2 ** 20 - 1],
  ])('keep both of %i and %i', (first, second) => {
    const pair = hops.of(first, second);
    expect(Number.isSafeInteger(pair)).toBe(true);
    expect([hops.first(pair), hops.second(pair)]).toEqual([first, second]);
  });

  it.each([
    [0, 2 ** 20],
    [2 ** 33, 0],
    [-1, 0],
    [1, -1],
    [Number.NaN, 0],
    [0, Number.NaN],
    [2 ** 53, 2 ** 53],
  ])('are refused if one does not fit, of %d and %d', (first, second) => {
    expect(() => hops.of(first, second)).toThrow(`internal error: ${first} and ${second} are no pair`);
  });

  it('stay exact if the number of seconds is no power of 2', () => {
    const tens = pairs(10);
    const most = Math.floor(2 ** 53 / 10) - 1;
    expect(tens.second(tens.of(most, 9))).toBe(9);
    expect(() => tens.of(most + 1, 0)).toThrow(RangeError);
  });
});

describe('a function that remembers', () => {
  it('computes each result once', () => {
    const asked: string[] = [];
    const concat = rememberingPairs((a, b) => {
      asked.push(`${a},${b}`);
      return `${a},${b}`;
    });
    expect([concat(1, 2), concat(2, 1), concat(1, 2)]).toEqual(['1,2', '2,1', '1,2']);
    expect(asked).toEqual(['1,2', '2,1']);
  });

  it('takes no pair of ids for another', () => {
    const ids = rememberingPairs((a, b) => `${a},${b}`);
    const large = 2 ** 26;
    expect(ids(1, 0)).toBe('1,0');
    expect(() => ids(0, large)).toThrow(`internal error: 0 and ${large} are no pair`);
    expect(ids(large - 1, large - 1)).toBe(`${large - 1},${large - 1}`);
  });
});
