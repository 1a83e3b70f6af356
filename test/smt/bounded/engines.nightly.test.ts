import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openSession } from '../../../src/smt/session.js';
import { type CheckName, checkNames } from '../../../src/theorems/verdict.js';
import { problemOf } from '../../explore/differential.js';
import { modelFile, models } from '../../models/models.js';
import { compareEngines, engineAgreement } from './agreement.js';
import { longRuns, solvedRun } from './runs.js';

const session = openSession();
afterAll(session.close);

const time_ms = 120_000;

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

/** What the models must say (`models/expected.json`), as the solver must, where it comes to a verdict in time. */
const expected = Object.entries(models).flatMap(([name, { runs = [], forcedRuns = [] }]) =>
  [...runs, ...forcedRuns].filter(({ packets }) => packets <= 3).map((run) => [name, run] as const),
);
describe('the bounded engine agrees with the explorer on models', () => {
  it.each(expected.map(([name, run]) => [name, run.semantics, run.controller, run.packets, run] as const))(
    '%s, %s, controller %s, %i packets',
    async (name, semantics, controller, packets, run) => {
      const source = readFileSync(modelFile(name), 'utf8');
      const problem = problemOf({ source, semantics, controller, packets, unroll: 4 * packets });
      if (typeof problem === 'string') throw new Error(problem);
      for (const check of checkNames) {
        const { solver, contradiction } = await compareEngines(session, problem, check, time_ms);
        expect(contradiction).toBeUndefined();
        if (solver.status !== 'unknown') expect(solver.status).toBe(run.checks[check as CheckName].status);
      }
    },
  );
});
