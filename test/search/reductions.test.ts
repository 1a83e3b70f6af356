import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelFile, models } from '../models/models.js';
import { budget, problemOf } from './differential.js';
import { disagreement } from './reductions.js';
import { agreementOfReductions } from './reductions-random.js';

/** States up to which the plain exploration is waited for. */
const few = { ...budget, maxStates: 1_500 };

it('every choice of reductions comes to one verdict on random programs', () => {
  // The seed is fixed, so that everybody's tests are the same; `reductions.nightly.test.ts` takes new ones, and larger
  // programs.
  const agreed = agreementOfReductions({ numRuns: 120, seed: 1 }, fc.constantFrom(1, 2, 2), few);
  console.log([...agreed].map(([verdict, n]) => `${verdict}: ${n}`).join(', '));
  const decided = (start: string) => [...agreed].reduce((sum, [key, n]) => sum + (key.startsWith(start) ? n : 0), 0);
  for (const check of ['lemma3', 'theorem1.paper', 'theorem1.causal']) {
    expect(decided(`${check} holds`), check).toBeGreaterThan(30);
    expect(decided(`${check} violated`), check).toBeGreaterThan(3);
  }
}, 600_000);

const accepted = Object.entries(models).filter(([, { rejected }]) => !rejected || rejected === 'nonlocal');
describe('on every model, as far as no reductions get in so many states, every choice comes to one verdict', () => {
  it.each(accepted.map(([name]) => name))('%s', (name) => {
    const source = readFileSync(modelFile(name), 'utf8');
    for (const semantics of ['tagged', 'figure6', 'two-phase', 'best-effort'] as const)
      for (const packets of [1, 2]) {
        const problem = problemOf({ source, semantics, controller: true, packets, unroll: 4 * packets });
        if (typeof problem === 'string') throw new Error(problem);
        expect(disagreement(problem, few).difference, `${semantics}, ${packets} packets`).toBeUndefined();
      }
  });
});
