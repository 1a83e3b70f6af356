import { afterAll, describe, expect, it } from 'vitest';
import { discharge } from '../../../src/smt/discharge.js';
import type { Provable } from '../../../src/smt/proofs/obligations.js';
import { obligationsOf } from '../../../src/smt/proofs/obligations.js';
import { type Rules, taggedRules } from '../../../src/smt/proofs/rules.js';
import { openSession } from '../../../src/smt/session.js';
import { type CheckName, checkNames } from '../../../src/theorems/verdict.js';
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

/** E' with one of its conditions left out, or asked of something else. */
const detecting = (
  omitted: 'con' | 'con-so-far' | 'enables' | 'enables-before' | 'new' | 'matching',
): Pick<Rules, 'detect'> => ({
  detect: (a, known, digest, matching) => {
    const heard = a.union(known, digest);
    let detected = a.empty;
    for (const e of a.candidates(heard)) {
      const all = a.union(heard, detected);
      const isNew = a.not(a.contains(heard, e));
      const conditions = [
        ...(omitted === 'matching' ? [] : [a.contains(matching, e)]),
        ...(omitted === 'new' ? [] : [isNew]),
        ...(omitted === 'enables' ? [] : [a.enables(omitted === 'enables-before' ? all : heard, e)]),
        ...(omitted === 'con' ? [] : [a.isConsistent(a.with(omitted === 'con-so-far' ? heard : all, e))]),
      ];
      detected = a.addIf(a.and(...conditions), detected, e);
    }
    return detected;
  },
});

/** Two events that exclude each other, and that one packet may match both. */
const either = `host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; state [0];
policy sw=1 & pt=2; pt<-1; ( state=[0]; ( tcp_dst=1; (1:1)->(4:1)-><state<-[1]> + udp_dst=2; (1:1)->(4:1)-><state<-[2]> )
  + state!=[0]; (1:1)->(4:1) ); pt<-2`;

/** The faults of test/mutants/mutants.ts in the rules of `tagged`, each in a program that shows it. */
const faults: readonly (readonly [
  fault: string,
  model: string,
  rules: Partial<Rules>,
  obligations: readonly string[],
])[] = [
  ['con is not asked', 'figure-2b-local', detecting('con'), ['lemma3/SW/history', 'causal/SW/occurs']],
  ['con is asked of one event at a time', 'either', detecting('con-so-far'), ['lemma3/SW/history', 'causal/SW/occurs']],
  ['⊢ is not asked', 'port-knocking', detecting('enables'), ['lemma3/SW/history', 'causal/SW/occurs']],
  ['⊢ is asked of what has been detected', 'bandwidth-cap', detecting('enables-before'), ['causal/SW/occurs']],
  ['known events are detected again', 'firewall', detecting('new'), ['causal/SW/occurs']],
  ['packets that match nothing trigger events', 'firewall', detecting('matching'), ['causal/SW/occurs']],
  ['the first configuration tags every packet', 'firewall', { stamp: (a) => a.empty }, ['causal/IN/tag']],
  [
    'the digest is not carried on',
    'port-knocking',
    { passOn: (a, known, _, detected) => a.union(known, detected) },
    ['lemma3/SW/copies', 'causal/SW/copies'],
  ],
  [
    'E_n is not in the digest',
    'port-knocking',
    { passOn: (a, _, digest, detected) => a.union(digest, detected) },
    ['lemma3/SW/copies', 'causal/SW/copies'],
  ],
  [
    'E′ is not in the digest',
    'port-knocking',
    { passOn: (a, known, digest) => a.union(digest, known) },
    ['causal/SW/copies'],
  ],
  [
    'E_n learns nothing from digests',
    'port-knocking',
    { learn: (a, known, _, detected) => a.union(known, detected) },
    ['lemma3/SW/switch', 'causal/SW/switch'],
  ],
  [
    'E_n learns nothing by itself',
    'port-knocking',
    { learn: (a, known, digest) => a.union(known, digest) },
    ['lemma3/SW/switch', 'causal/SW/switch'],
  ],
  ['switches learn nothing', 'firewall', { learn: (_, known) => known }, ['lemma3/SW/switch', 'causal/SW/switch']],
  ['copies lose their digest', 'port-knocking', { cross: (a) => a.empty }, ['lemma3/LINK/copy', 'causal/LINK/copy']],
  [
    'the controller is told the events alone',
    'port-knocking',
    { tell: (_a, _known, _digest, detected) => detected },
    ['lemma3/SW/told', 'causal/SW/told'],
  ],
  [
    'CTRLRECV takes an item and adds nothing',
    'firewall',
    { receive: (_, controller) => controller },
    ['causal/CTRLRECV/controller'],
  ],
  ['CTRLSEND sends nothing', 'firewall', { send: (_, known) => known }, ['causal/CTRLSEND/switch']],
  [
    'CTRLSEND replaces E_n',
    'firewall',
    { send: (_a, _known, controller) => controller },
    ['lemma3/CTRLSEND/switch', 'causal/CTRLSEND/switch'],
  ],
];

/** What is proved where the events of a loop form an endless chain. */
const provedOfChains: readonly CheckName[] = ['lemma3', 'theorem1.causal'];

/** Those that an endless chain shows too: in it nothing is inconsistent. */
const faultsInChains = faults
  .filter(([fault]) => !fault.startsWith('con '))
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
