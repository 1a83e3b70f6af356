import { afterAll, describe, expect, it } from 'vitest';
import { openSession } from '../../../src/smt/solver/session.js';
import { obstacles, programs } from './outcomes.js';

const session = openSession();
afterAll(session.close);

// test/mutants/proofs.test.ts plants faults in the sources and has these fail.
describe('what keeps a program from being proved', () => {
  it.each(Object.entries(programs))('%s', async (_, [text, expected]) =>
    expect(await obstacles(session, text)).toEqual(expected),
  );
});
