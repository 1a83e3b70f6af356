import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelFile, models } from '../models/models.js';
import { budget, problemOf } from './differential.js';
import { disagreement } from './reductions.js';
import { agreementOfReductions } from './reductions-random.js';

// A new seed each night; fast-check prints it where something fails.
it('every choice of reductions comes to one verdict on 500 random programs', () => {
  const agreed = agreementOfReductions({ numRuns: 500 }, fc.constantFrom(1, 2, 2, 3), { ...budget, maxStates: 60_000 });
  console.log([...agreed].map(([verdict, n]) => `${verdict}: ${n}`).join(', '));
}, 7_200_000);

const accepted = Object.entries(models).filter(([, { rejected }]) => !rejected || rejected === 'nonlocal');
describe.each(accepted.map(([name]) => name))('on %s every choice of reductions comes to one verdict', (name) => {
  const source = readFileSync(modelFile(name), 'utf8');
  for (const semantics of ['tagged', 'figure6', 'two-phase', 'best-effort'] as const)
    it.each([1, 2, 3])(
      `${semantics}, %i packets`,
      (packets) => {
        const problem = problemOf({ source, semantics, controller: true, packets, unroll: 4 * packets });
        if (typeof problem === 'string') throw new Error(problem);
        expect(disagreement(problem, { ...budget, maxStates: 200_000 }).difference).toBeUndefined();
      },
      1_200_000,
    );
});
