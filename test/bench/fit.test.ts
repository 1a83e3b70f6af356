import { expect, it } from 'vitest';
import { fitLaw, pieces } from '../../bench/growth/fit.js';

const points = (xs: readonly number[], y: (x: number) => number) => xs.map((x) => ({ x, y: y(x) }));

it('finds the exponent of a power, and the base of an exponential', () => {
  const cube = fitLaw(
    points([2, 3, 5, 9], (x) => 7 * x ** 3),
    true,
  );
  expect(cube).toMatchObject({ from: 2, to: 9 });
  expect(cube.law!.slope).toBeCloseTo(3, 9);
  expect(cube.law!.within).toBeCloseTo(1, 9);
  const doubling = fitLaw(
    points([1, 2, 3], (x) => 5 * 2 ** x),
    false,
  );
  expect(Math.exp(doubling.law!.slope)).toBeCloseTo(2, 9);
});

it('says how far the worst size is from the law', () => {
  // Flat but for a bump in the middle, of which the line takes a third.
  const { law } = fitLaw(
    points([1, 2, 3], (x) => (x === 2 ? 8 : 1)),
    false,
  );
  expect(law!.slope).toBeCloseTo(0, 9);
  expect(law!.within).toBeCloseTo(4, 9);
});

it('has no law for fewer than three sizes', () => {
  expect(
    fitLaw(
      points([2, 3], (x) => x),
      true,
    ),
  ).toEqual({ from: 2, to: 3, law: undefined });
  expect(
    fitLaw(
      points([4], (x) => x),
      true,
    ),
  ).toEqual({ from: 4, to: 4, law: undefined });
});

it('cuts at breaks, and nowhere else', () => {
  expect(pieces([1, 2, 7, 8, 9], (a, b) => b - a > 2)).toEqual([
    [1, 2],
    [7, 8, 9],
  ]);
  expect(pieces([], () => true)).toEqual([]);
});
