import fc from 'fast-check';
import { afterAll, it } from 'vitest';
import { openSession } from '../../../src/smt/solver/session.js';
import { proofAgreement, showTally } from './agreement.js';

const session = openSession();
afterAll(session.close);

// A new seed each night; fast-check prints it where something fails.
it.each([
  [2, 2_000],
  [3, 500],
])(
  'proofs and the explorer agree on random programs, %i packets',
  async (packets, numRuns) => {
    const seed = Date.now() % 2 ** 31;
    const tally = await proofAgreement(session, { numRuns, seed, packets: fc.constant(packets) });
    console.log(`seed ${seed}: ${showTally(tally)}`);
  },
  7_200_000,
);
