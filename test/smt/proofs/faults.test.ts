import { afterAll, describe, expect, it } from 'vitest';
import type { Provable } from '../../../src/smt/proofs/obligations.js';
import { obligationsOf } from '../../../src/smt/proofs/obligations.js';
import { type Rules, taggedRules } from '../../../src/smt/proofs/rules.js';
import { discharge } from '../../../src/smt/solver/discharge.js';
import type { Obligation } from '../../../src/smt/solver/obligation.js';
import { openSession } from '../../../src/smt/solver/session.js';
import { type Check, checks, theorems } from '../../../src/theorems/checks.js';
import { either, faults, harmless } from './faults.js';
import { provableModel, provableText, stemElsewhere } from './subjects.js';

const session = openSession();
afterAll(session.close);

/**
 * Scripts that were proved, or were not: most obligations do not depend on the rule that has the fault, and are not
 * asked again.
 */
const answers = new Map<string, boolean>();

async function isProved(obligation: Obligation): Promise<boolean> {
  const known = answers.get(obligation.script);
  if (known !== undefined) return known;
  const [found] = await discharge([session], [obligation], performance.now() + 60_000);
  const answer = found!.kind === 'proved';
  answers.set(obligation.script, answer);
  return answer;
}

interface Asked {
  readonly wanted?: readonly Check[];
  /** The obligations that are asked about: all, if left out. */
  readonly names?: readonly string[];
}

/** The obligations that do not follow if a program's network runs by these rules. */
async function broken(provable: Provable, rules: Partial<Rules>, { wanted, names }: Asked = {}): Promise<string[]> {
  const all = obligationsOf(provable, wanted ?? checks, { ...taggedRules, ...rules });
  const found: string[] = [];
  for (const obligation of [...all.values()].flat())
    if ((names?.includes(obligation.name) ?? true) && !(await isProved(obligation))) found.push(obligation.name);
  return found;
}

/** What is proved where the events of a loop form an endless chain. */
const provedOfChains: readonly Check[] = [theorems.lemma3, theorems['theorem1.causal']];

/** Those that an endless chain shows too: in it nothing is inconsistent, and tags are lengths. */
const faultsInChains = faults
  .filter(([fault]) => !fault.startsWith('con ') && !fault.startsWith('tags have '))
  .map(([fault, , rules, obligations]) => [fault, rules, obligations] as const);

describe('a fault in the rules leaves no proof, and is named', () => {
  it('without one every obligation follows', async () =>
    expect(await broken(provableModel('firewall'), {})).toEqual([]));
  it('without one every obligation about an endless chain follows', async () =>
    expect(await broken(provableText(stemElsewhere), {}, { wanted: provedOfChains })).toEqual([]));
  it.each(faultsInChains)('%s (an endless chain)', async (_, rules, obligations) => {
    const asked = { wanted: provedOfChains, names: obligations };
    expect(await broken(provableText(stemElsewhere), rules, asked)).toEqual(expect.arrayContaining([...obligations]));
  });
  it.each(faults)('%s (%s)', async (_, model, rules, obligations) => {
    const subject = model === 'either' ? provableText(either) : provableModel(model);
    expect(await broken(subject, rules, { names: obligations })).toEqual(expect.arrayContaining([...obligations]));
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
