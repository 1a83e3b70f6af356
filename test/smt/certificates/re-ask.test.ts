import { afterAll, describe, expect, it } from 'vitest';
import { askAgain } from '../../../src/smt/certificates/re-ask.js';
import type { Obligation } from '../../../src/smt/solver/obligation.js';
import { openSession, type SolverSession } from '../../../src/smt/solver/session.js';

const z3 = openSession();
afterAll(z3.close);

const obligation = (name: string, assertion: string): Obligation => ({
  name,
  claim: 'A claim.',
  script: `(set-logic QF_BV)\n(declare-const a Bool)\n(assert ${assertion})\n(check-sat)\n`,
});
const proved = obligation('proved', '(and a (not a))');
const alsoProved = obligation('also-proved', '(not (or a (not a)))');
const refuted = obligation('refuted', 'a');

/** What is wrong with some obligations, one batch after the other, and how often Z3 was asked. */
async function ask(...batches: readonly (readonly Obligation[])[]) {
  let times = 0;
  const counting: SolverSession = {
    ...z3,
    evaluate: (script, timeout_ms) => {
      times++;
      return z3.evaluate(script, timeout_ms);
    },
  };
  const settled = new Set<string>();
  const problems: (readonly string[])[] = [];
  for (const batch of batches) problems.push((await askAgain(counting, batch, settled, 60_000)).problems);
  return { times, problems };
}

describe('asking Z3 again', () => {
  it('asks about a script that is unsatisfiable once, whatever it is called', async () =>
    expect(await ask([proved], [{ ...proved, name: 'another' }])).toEqual({ times: 1, problems: [[], []] }));
  it('asks about a satisfiable one every time', async () => {
    const problem = 'Z3 (embedded): refuted is not unsatisfiable: sat';
    expect(await ask([refuted], [refuted])).toEqual({ times: 2, problems: [[problem], [problem]] });
  });
  it('settles nothing by its name', async () =>
    expect(await ask([proved], [{ ...refuted, name: proved.name }])).toEqual({
      times: 2,
      problems: [[], ['Z3 (embedded): proved is not unsatisfiable: sat']],
    }));
  it('asks about what is new beside what is settled', async () =>
    expect(await ask([proved], [proved, refuted, alsoProved])).toEqual({
      times: 2,
      problems: [[], ['Z3 (embedded): refuted is not unsatisfiable: sat']],
    }));
  it('settles nothing that was not answered', async () => {
    const settled = new Set<string>();
    const silent: SolverSession = { ...z3, evaluate: async () => ({ kind: 'text', text: '' }) };
    expect((await askAgain(silent, [proved], settled, 60_000)).problems).toHaveLength(1);
    expect(settled.size).toBe(0);
  });
});
