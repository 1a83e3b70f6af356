import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openSession } from '../../../src/smt/solver/session.js';
import { engineAgreement } from './agreement.js';
import { longRuns, solvedRun } from './runs.js';

const session = openSession();
afterAll(session.close);

const time_ms = 30_000;

// A new seed each night; fast-check prints it where something fails.
it.each([
  [2, 300],
  [3, 100],
])(
  'both engines agree on random programs with events, %i packets',
  async (packets, numRuns) => {
    const seed = Date.now() % 2 ** 31;
    const tally = await engineAgreement(session, time_ms, { numRuns, seed, packets: fc.constant(packets) });
    console.log(
      `seed ${seed}:`,
      [...tally]
        .map(([key, n]) => `${key}: ${n}`)
        .sort()
        .join(', '),
    );
  },
  7_200_000,
);

describe('the bounded engine says what the explorer does, to the number of steps', () => {
  it.each(longRuns)('%s, %s: %s', async (...run) => {
    expect(await solvedRun(session, run, time_ms)).toBe(run[2]);
  });
});
