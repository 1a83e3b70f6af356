import { it } from 'vitest';
import { blocksAgree } from './blocks-random.js';

// A new seed each night; fast-check prints it where something fails.
it('many random programs have the same verdicts with blocks, as one block, and by the oracle (spec 2.4, 2.5)', () => {
  blocksAgree({ numRuns: 1_000 });
}, 3_600_000);
