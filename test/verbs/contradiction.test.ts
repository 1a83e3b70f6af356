import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { check } from '../../src/workbench.js';
import { modelFile } from '../models/models.js';

// With the faults of test/mutants/cross-check.test.ts in the proofs, the same call ends in an error.
it.each(['chain-bounce', 'visible-counter'])('%s breaks the paper’s reading', async (name) => {
  const { result } = await check(readFileSync(modelFile(name)), name);
  expect(result.checks['theorem1.paper']?.status).toBe('violated');
});
