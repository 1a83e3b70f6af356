import { expect, it } from 'vitest';
import { check } from '../../src/workbench.js';
import { modelSource } from '../compiler/compiled.js';
import { blocksAgree } from './blocks-random.js';

it('random programs have the same verdicts with blocks, as one block, and by the oracle (spec 2.4, 2.5)', () => {
  const { several, clocks, judged } = blocksAgree({ numRuns: 100, seed: 1 });
  expect(several).toBeGreaterThan(3);
  expect(clocks).toBeGreaterThan(10);
  expect(judged).toBeGreaterThan(50);
}, 300_000);

it('--blocks off takes the state as one block', async () => {
  for (const isOneBlock of [false, true]) {
    const { result } = await check(modelSource('concurrent-pair'), 'pair.snk', { packets: 1, isOneBlock });
    expect(result.nes?.blocks.map(({ indices }) => indices)).toEqual(isOneBlock ? [[0, 1]] : [[0], [1]]);
  }
});
