import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { openSession } from '../../../src/smt/solver/session.js';
import { modelFile } from '../../models/models.js';
import { problemOf } from '../../search/differential.js';
import { inShort, solved } from './agreement.js';
import { essentialRuns, solvedRun } from './runs.js';

const session = openSession();
afterAll(session.close);

const time_ms = 60_000;

describe('the bounded engine says what the explorer does, to the number of steps', () => {
  it.each(essentialRuns)('%s, %s: %s', async (...run) => {
    expect(await solvedRun(session, run, time_ms)).toBe(run[2]);
  });
  it('figure-2b-nonlocal, forced: what all know together is inconsistent, though every E_n is an event-set', async () => {
    const source = readFileSync(modelFile('figure-2b-nonlocal'), 'utf8');
    const problem = problemOf({ source, semantics: 'tagged', controller: true, packets: 2, unroll: 8 });
    if (typeof problem === 'string') throw new Error(problem);
    const verdict = await solved(session, problem, 'lemma3', time_ms);
    expect(inShort(verdict)).toBe('2/8');
    expect(verdict).toMatchObject({ counterexample: { kind: 'inconsistent' } });
  });
});
