import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { openSession } from '../../../src/smt/solver/session.js';
import { engineAgreement } from './agreement.js';

const session = openSession();
afterAll(session.close);

/** Fixed, so that everybody's tests are the same tests; `engines.nightly.test.ts` takes new ones. */
const seed = 1;

it('both engines agree on random programs with events', async () => {
  const tally = await engineAgreement(session, 5_000, { numRuns: 40, seed, packets: fc.constantFrom(1, 2) });
  console.log(
    `seed ${seed}:`,
    [...tally]
      .map(([key, n]) => `${key}: ${n}`)
      .sort()
      .join(', '),
  );
  for (const semantics of ['tagged', 'figure6', 'two-phase', 'best-effort'])
    expect(tally.get(`${semantics} holds`), semantics).toBeGreaterThan(5);
  for (const semantics of ['figure6', 'two-phase', 'best-effort'])
    expect(tally.get(`${semantics} violated`), semantics).toBeGreaterThan(0);
}, 300_000);
