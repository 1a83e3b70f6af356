import fc from 'fast-check';
import { expect, it } from 'vitest';
import { agreement, total } from './oracle.js';

/**
 * The seed is fixed, so that everybody's tests are the same tests, and so that what is asserted of their variety stays
 * true; `oracle.nightly.test.ts` takes new ones.
 */
const seed = 1;

it('the explorer agrees with the oracle on random programs, of one and two packets', () => {
  const tally = agreement({ numRuns: 450, seed, histories: 2_500, packets: fc.constantFrom(1, 2, 2) });
  console.log(
    [...tally]
      .map(([key, n]) => `${key}: ${n}`)
      .sort()
      .join(', '),
  );
  // Else the test would say little: some are rejected, some hold, some are violated.
  expect(total(tally, 'rejected')).toBeGreaterThan(20);
  for (const semantics of ['tagged', 'figure6', 'two-phase', 'best-effort'])
    expect(total(tally, semantics, ' holds'), semantics).toBeGreaterThan(20);
  for (const start of ['figure6 lemma3', 'two-phase paper', 'two-phase causal', 'best-effort causal'])
    expect(total(tally, start, ' violated'), start).toBeGreaterThan(0);
  expect(total(tally, 'has events')).toBeGreaterThan(200);
  expect(total(tally, 'several events')).toBeGreaterThan(140);
  expect(total(tally, 'conflict')).toBeGreaterThan(40);
  expect(total(tally, 'concurrent')).toBeGreaterThan(30);
  expect(total(tally, 'cyclic')).toBeGreaterThan(0);
}, 600_000);
