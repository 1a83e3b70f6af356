import { afterAll, describe, expect, it } from 'vitest';
import { attempt } from '../../../src/smt/proofs/attempt.js';
import { obligationsOf } from '../../../src/smt/proofs/obligations.js';
import { discharge } from '../../../src/smt/solver/discharge.js';
import { openSession } from '../../../src/smt/solver/session.js';
import { checkNames, checks } from '../../../src/theorems/checks.js';
import { checkEffort } from '../../../src/verbs/prove-checks.js';
import { models } from '../../models/models.js';
import { accepted, provableModel, withLoops } from './subjects.js';

const session = openSession();
afterAll(session.close);

/** Why the paper's reading is not proved, by the obligation that does not follow. */
const unprovedInPaper: Readonly<Record<string, readonly string[]>> = {
  // The three ways of spec 5, each by its obligation.
  'chain-bounce': ['paper/SW/counted'],
  'visible-counter': ['paper/SW/counted'],
  'concurrent-pair': ['paper/IN/tree'],
  // It holds with 3 packets; with 4 it does not.
  ids: ['paper/SW/known'],
};

/** With half of the effort that `check` has, so that no model is near to its end. */
const attemptAll = (name: string, effort = checkEffort / 2) =>
  attempt(session, provableModel(name), checks, performance.now() + 60_000, { effort });

it('an effort is kept to by Z3, and named', async () => {
  for (const attempted of (await attemptAll('firewall', 1)).values())
    expect(attempted).toEqual({
      kind: 'unknown',
      why: expect.stringMatching(
        /^lemma3\/\S+ is open: the solver does not know with the effort of `check`; `prove` has no limit but --timeout$/,
      ),
    });
});

describe('for any number of packets', () => {
  it.each(accepted.filter((name) => !withLoops.includes(name)))('%s', async (name) => {
    const attempts = await attemptAll(name);
    const tagged = models[name]!.runs!.filter(({ semantics }) => semantics === 'tagged');
    // Nothing is proved that an execution violates.
    for (const check of checkNames)
      if (tagged.some(({ checks }) => checks[check].status === 'violated'))
        expect(attempts.get(check)?.kind, check).toBe('unknown');
    expect(attempts.get('lemma3')).toEqual({ kind: 'proved' });
    expect(attempts.get('theorem1.causal')).toEqual({ kind: 'proved' });
    const open = unprovedInPaper[name];
    if (!open) return expect(attempts.get('theorem1.paper')).toEqual({ kind: 'proved' });
    const found = attempts.get('theorem1.paper');
    const why = found?.kind === 'unknown' ? found.why : '';
    expect([...why.matchAll(/(\S+) does not follow/g)].map(([, obligation]) => obligation)).toEqual(open);
  });

  it.each(withLoops)('%s, which has a loop', async (name) => {
    const attempts = await attemptAll(name);
    expect(attempts.get('lemma3')).toEqual({ kind: 'proved' });
    expect(attempts.get('theorem1.causal')).toEqual({ kind: 'proved' });
    expect(attempts.get('theorem1.paper')).toEqual({ kind: 'proved' });
  });
});

describe('obligations', () => {
  const names = ['port-knocking', 'figure-2b-local', 'learning-switch-two-hosts'];
  it.each(names)('%s: are about something: what they assume is possible', async (name) => {
    for (const own of obligationsOf(provableModel(name), checks).values()) {
      const assumptions = own.map((one) => ({ ...one, script: one.script.replace(/^\(assert \(not .*$/m, '') }));
      expect(assumptions.every(({ script }, i) => script !== own[i]!.script)).toBe(true);
      const found = await discharge([session], assumptions, performance.now() + 60_000);
      expect(found.map(({ kind }) => kind)).toEqual(own.map(() => 'refuted'));
    }
  });
  it('have names of their own', () => {
    const all = [...obligationsOf(provableModel('firewall'), checks).values()].flat().map(({ name }) => name);
    expect(new Set(all).size).toBe(all.length);
  });
});
