import { afterAll, describe, expect, it } from 'vitest';
import { openLaboratory } from './laboratory.js';

const test = 'test/verbs/contradiction.test.ts';

/** Proofs of what is violated, each by a fault in the rules of proofs. */
const faults: readonly {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}[] = [
  {
    name: 'the conditions of the paper’s reading ask nothing',
    file: 'src/smt/proofs/paper.ts',
    find: 'script: under.conclude(conclusion(under))',
    replace: "script: (conclusion(under), under.conclude('true'))",
  },
  {
    name: 'a refuted obligation is taken for one that is met',
    file: 'src/smt/solver/discharge.ts',
    find: "if (answer === 'sat' && !values.includes('(error')) return { kind: 'refuted', values };",
    replace: "if (answer === 'sat' && !values.includes('(error')) return { kind: 'proved' };",
  },
];

describe('a fault that proves what is violated', { timeout: 10 * 60_000 }, () => {
  const { control, run, close } = openLaboratory();
  afterAll(close);

  it('without one nothing is proved that is violated', async () =>
    expect(await control(test)).toMatchObject({ kind: 'green' }));
  it.each(faults)('is found by the cross-check of a small program: $name', async (fault) => {
    const mutant = { ...fault, breaks: 'proofs', tests: [test] };
    const { kind, details } = await run([test], mutant, 'written');
    expect(kind, details).toBe('red');
    expect(details).toContain('theorem1.paper has a proof, and an execution that violates it');
  });
});
