import { expect, it } from 'vitest';
import { blocksAgree } from './blocks-random.js';

it('random programs have the same verdicts with blocks and as one block (spec 2.4)', () => {
  expect(blocksAgree({ numRuns: 100, seed: 1 })).toBeGreaterThan(3);
}, 300_000);
