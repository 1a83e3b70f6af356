import { afterAll, describe, expect, it } from 'vitest';
import { discharge, readAnswer } from '../../../src/smt/solver/discharge.js';
import type { Obligation } from '../../../src/smt/solver/obligation.js';
import { openSession } from '../../../src/smt/solver/session.js';

const sessions = [openSession(), openSession()];
const [session] = sessions as [(typeof sessions)[number]];
afterAll(async () => {
  for (const { close } of sessions) await close();
});

/** x³ + y³ = z³ over large integers: Z3 looks for long. */
const hard = `(declare-const x Int) (declare-const y Int) (declare-const z Int)
  (assert (and (> x 2) (> y 2) (> z 2) (= (+ (* x x x) (* y y y)) (* z z z)))) (check-sat)`;
const obligation = (name: string, body: string): Obligation => ({
  name,
  claim: name,
  script: `(set-logic QF_BV) (declare-const x (_ BitVec 8)) ${body} (check-sat)`,
});

describe('a session', () => {
  it('keeps definitions until (reset)', async () => {
    await session.evaluate('(reset) (declare-const a Bool)', 60_000);
    expect(await session.evaluate('(assert a) (check-sat)', 60_000)).toEqual({ kind: 'text', text: 'sat\n' });
    const reply = await session.evaluate('(reset) (assert a) (check-sat)', 60_000);
    expect(reply).toMatchObject({ text: expect.stringContaining('(error') });
  });

  it('ends a solver that takes too long, and answers the next script with a new one', async () => {
    expect(await session.evaluate(`(reset) ${hard}`, 300)).toMatchObject({ kind: 'stopped', why: 'timeout' });
    expect(await session.evaluate('(check-sat)', 60_000)).toEqual({ kind: 'text', text: 'sat\n' });
  });

  it('can be closed while the solver is busy', async () => {
    const busy = openSession();
    const reply = busy.evaluate(hard, 60_000);
    await busy.close();
    expect(await reply).toMatchObject({ kind: 'stopped' });
  });
});

describe('obligations', () => {
  it('are proved, refuted with values, or unknown, in their order', async () => {
    const obligations = [
      obligation('absurd', '(assert (distinct x x))'),
      { ...obligation('seven', ''), script: `${obligation('', '(assert (= x #x07))').script} (get-value (x))` },
      obligation('broken', '(assert (= y #x07))'),
      obligation('absurd again', '(assert (= x #x01)) (assert (= x #x02))'),
    ];
    const kinds = await discharge(sessions, obligations, performance.now() + 60_000);
    expect(kinds).toEqual([
      { kind: 'proved' },
      { kind: 'refuted', values: '((x #x07))' },
      { kind: 'unknown', why: expect.stringContaining('(error') },
      { kind: 'proved' },
    ]);
  });

  it('are unknown past the deadline, and past the time for one', async () => {
    const late = await discharge(sessions, [obligation('absurd', '(assert false)')], performance.now() - 1);
    expect(late).toMatchObject([{ kind: 'unknown' }]);
    const slow = { name: 'slow', claim: 'slow', script: hard };
    expect(await discharge([session], [slow], performance.now() + 60_000, 300)).toMatchObject([{ kind: 'unknown' }]);
  });
});

describe('what a solver says', () => {
  it.each([
    ['unsat\n', 'proved'],
    ['unsat\n(error "no model")\n', 'proved'],
    ['sat\n((x #x07))\n', 'refuted'],
    ['sat\n(error "no such constant")\n', 'unknown'],
    ['(error "line 1")\nunsat\n', 'unknown'],
    ['unknown\n', 'unknown'],
    ['', 'unknown'],
  ])('%j is read as %s', (text, kind) => expect(readAnswer(text).kind).toBe(kind));
});
