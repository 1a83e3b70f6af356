import { afterAll, describe, expect, it } from 'vitest';
import { openSession } from '../../../src/smt/solver/session.js';
import { otherRuns, solvedRun } from './runs.js';

const session = openSession();
afterAll(session.close);

const time_ms = 60_000;

describe('the bounded engine says what the explorer does, to the number of steps', () => {
  it.each(otherRuns)('%s, %s: %s', async (...run) => {
    expect(await solvedRun(session, run, time_ms)).toBe(run[2]);
  });
});
