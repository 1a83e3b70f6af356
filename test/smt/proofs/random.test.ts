import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { openSession } from '../../../src/smt/solver/session.js';
import { proofAgreement, showTally } from './agreement.js';

const session = openSession();
afterAll(session.close);

/** Fixed, so that everybody's tests are the same tests; `random.nightly.test.ts` takes new ones. */
const seed = 1;

it('nothing is proved of random programs that an execution violates, and what is to be proved is', async () => {
  const tally = await proofAgreement(session, { numRuns: 100, seed, packets: fc.constantFrom(2, 2, 3) });
  console.log(`seed ${seed}: ${showTally(tally)}`);
  // Else the test would say little.
  const atLeast = (key: string, n: number) => expect(tally.get(key) ?? 0, key).toBeGreaterThanOrEqual(n);
  atLeast('lemma3 proved, holds', 20);
  atLeast('theorem1.causal proved, holds', 20);
  atLeast('theorem1.paper proved, holds', 5);
  atLeast('theorem1.paper unknown, violated', 1);
}, 300_000);
