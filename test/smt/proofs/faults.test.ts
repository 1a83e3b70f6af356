import { afterAll, describe, expect, it } from 'vitest';
import type { Provable } from '../../../src/smt/proofs/obligations.js';
import { obligationsOf } from '../../../src/smt/proofs/obligations.js';
import { type Rules, taggedRules } from '../../../src/smt/proofs/rules.js';
import { discharge } from '../../../src/smt/solver/discharge.js';
import { openSession } from '../../../src/smt/solver/session.js';
import { type CheckName, checkNames } from '../../../src/theorems/checks.js';
import { either, faults, harmless } from './faults.js';
import { provableModel, provableText, stemElsewhere } from './subjects.js';

const session = openSession();
afterAll(session.close);

/** The obligations that do not follow if a program's network runs by these rules. */
async function broken(
  provable: Provable,
  rules: Partial<Rules>,
  checks: readonly CheckName[] = checkNames,
): Promise<string[]> {
  const all = obligationsOf(provable, checks, { ...taggedRules, ...rules });
  const obligations = [...all.values()].flat();
  const found = await discharge([session], obligations, performance.now() + 60_000);
  return obligations.filter((_, i) => found[i]!.kind !== 'proved').map(({ name }) => name);
}

/** What is proved where the events of a loop form an endless chain. */
const provedOfChains: readonly CheckName[] = ['lemma3', 'theorem1.causal'];

/** Those that an endless chain shows too: in it nothing is inconsistent, and tags are lengths. */
const faultsInChains = faults
  .filter(([fault]) => !fault.startsWith('con ') && !fault.startsWith('tags have '))
  .map(([fault, , rules, obligations]) => [fault, rules, obligations] as const);

describe('a fault in the rules leaves no proof, and is named', () => {
  it('without one every obligation follows', async () =>
    expect(await broken(provableModel('firewall'), {})).toEqual([]));
  it('without one every obligation about an endless chain follows', async () =>
    expect(await broken(provableText(stemElsewhere), {}, provedOfChains)).toEqual([]));
  it.each(faultsInChains)('%s (an endless chain)', async (_, rules, obligations) => {
    expect(await broken(provableText(stemElsewhere), rules, provedOfChains)).toEqual(
      expect.arrayContaining([...obligations]),
    );
  });
  it.each(faults)('%s (%s)', async (_, model, rules, obligations) => {
    expect(await broken(model === 'either' ? provableText(either) : provableModel(model), rules)).toEqual(
      expect.arrayContaining([...obligations]),
    );
  });
});

describe('a change of the rules that is harmless leaves every proof', () => {
  const subjects: readonly (readonly [string, Provable])[] = [
    ...['firewall', 'port-knocking', 'bandwidth-cap', 'figure-2a', 'figure-2b-local', 'learning-switch-two-hosts'].map(
      (name) => [name, provableModel(name)] as const,
    ),
    ['either', provableText(either)],
  ];
  it.each(harmless)('%s', async (_, rules) => {
    for (const [name, provable] of subjects)
      expect(await broken(provable, rules), name).toEqual(await broken(provable, {}));
  });
});
