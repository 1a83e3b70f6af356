import { afterAll, describe, expect, it } from 'vitest';
import { enables, isConsistent, isEventSet } from '../../../src/events/event-structure.js';
import { attempt } from '../../../src/smt/proofs/attempt.js';
import { chainOf } from '../../../src/smt/proofs/chain.js';
import { chainScript } from '../../../src/smt/proofs/chain-script.js';
import { lemma3Obligations } from '../../../src/smt/proofs/lemma3.js';
import { obligationsOf, type Provable } from '../../../src/smt/proofs/obligations.js';
import { taggedRules } from '../../../src/smt/proofs/rules.js';
import type { ProofScript } from '../../../src/smt/proofs/script.js';
import { proofSubject } from '../../../src/smt/proofs/situation.js';
import { discharge } from '../../../src/smt/solver/discharge.js';
import { openSession } from '../../../src/smt/solver/session.js';
import { checks, theorems } from '../../../src/theorems/checks.js';
import { plainSets } from './plain-sets.js';
import { provableModel, provableText, stemElsewhere } from './subjects.js';

const session = openSession();
afterAll(session.close);
const deadline = () => performance.now() + 60_000;

/** Packets to TCP port p take the p-th of these steps of the state, at 4:1; the others cross the link all the same. */
const stepping = (...steps: readonly (readonly [from: number, to: number])[]): string => {
  const branches = steps.map(
    ([from, to], i) =>
      `tcp_dst=${i + 1}; ( state=[${from}]; (1:1)->(4:1)-><state<-[${to}]> + state!=[${from}]; (1:1)->(4:1) )`,
  );
  return `host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; state [0];
policy sw=1 & pt=2; pt<-1; ( ${branches.join(' + ')} ); pt<-2 + sw=4 & pt=2; state=[1]; pt<-1; (4:1)->(1:1); pt<-2`;
};
/** One label on several edges: any packet takes the next step, whatever it is. */
const counting = (states: number, back: number): string => {
  const branches = Array.from({ length: states }, (_, k) => {
    const next = k + 1 < states ? k + 1 : back;
    return `state=[${k}]; (1:1)->(4:1)-><state<-[${next}]>`;
  });
  return `host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; state [0];
policy sw=1 & pt=2; pt<-1; ( ${branches.join(' + ')} ); pt<-2 + sw=4 & pt=2; state=[1]; pt<-1; (4:1)->(1:1); pt<-2`;
};
/** Two components that go to and fro, each on its own: every set of events happens in many orders. */
const twoToggles = `host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; state [0, 0];
policy sw=1 & pt=2; pt<-1; ( ${[0, 1]
  .flatMap((i) => [0, 1].map((from) => ({ i, from, port: 1 + 2 * i + from })))
  .map(
    ({ i, from, port }) =>
      `tcp_dst=${port}; ( state(${i})=${from}; (1:1)->(4:1)-><state(${i})<-${1 - from}> + state(${i})!=${from}; (1:1)->(4:1) )`,
  )
  .join(' + ')} ); pt<-2`;

/** A loop at 2:1 that an event at 1:1 ends, from each of its states. */
const exitElsewhere = `host A @ 1:2; host B @ 2:2; link 1:1 <-> 2:1; state [0];
policy sw=1 & pt=2; pt<-1; ( tcp_dst=1; ( state=[0]; (1:1)->(2:1)-><state<-[1]> + state!=[0]; (1:1)->(2:1) )
  + tcp_dst=2; ( state=[1]; (1:1)->(2:1)-><state<-[0]> + state!=[1]; (1:1)->(2:1) ) ); pt<-2
+ sw=2 & pt=2; pt<-1; ( state=[0]; (2:1)->(1:1)-><state<-[2]> + state=[1]; (2:1)->(1:1)-><state<-[3]>
  + state!=[0] & state!=[1]; (2:1)->(1:1) ); pt<-2`;

const chains: Readonly<Record<string, { source: Provable; stem: number; period: number }>> = {
  'models/cyclic.snk': { source: provableModel('cyclic'), stem: 0, period: 2 },
  'a stem of 1, a period of 2': { source: provableText(stepping([0, 1], [1, 2], [2, 1])), stem: 1, period: 2 },
  'a stem of 2, a period of 3': {
    source: provableText(stepping([0, 1], [1, 2], [2, 3], [3, 4], [4, 2])),
    stem: 2,
    period: 3,
  },
  'a label on every edge': { source: provableText(counting(4, 1)), stem: 1, period: 3 },
  'a stem at another switch': { source: provableText(stemElsewhere), stem: 1, period: 2 },
};
const names = Object.keys(chains);

/** The chain of a program that has one. */
function chainOfProgram({ system }: Provable) {
  const found = chainOf(system.blocks[0]!, system.labels);
  if (found.kind === 'branching') throw new Error(found.why);
  return found.chain;
}

describe('endless chains', () => {
  it.each(names)('%s: all is proved, but for the paper’s reading where the stem lies elsewhere', async (name) => {
    const { source, stem, period } = chains[name]!;
    const chain = chainOfProgram(source);
    expect([chain.stem, chain.positions.length]).toEqual([stem, stem + period]);
    const attempts = await attempt(session, source, checks, deadline());
    expect(attempts.get('lemma3')).toEqual({ kind: 'proved' });
    expect(attempts.get('theorem1.causal')).toEqual({ kind: 'proved' });
    const isAtOneSwitch = new Set(source.system.labels.map(({ at }) => at.switch)).size === 1;
    expect(attempts.get('theorem1.paper')).toMatchObject(
      isAtOneSwitch ? { kind: 'proved' } : { kind: 'unknown', why: expect.stringContaining('no end') },
    );
  });

  it('two loops that do not depend on each other are two blocks, each with a chain', async () => {
    const provable = provableText(twoToggles);
    expect(provable.structure.blocks).toHaveLength(2);
    const found = await attempt(session, provable, [theorems.lemma3, theorems['theorem1.causal']], deadline());
    expect([...found.values()].map(({ kind }) => kind)).toEqual(['proved', 'proved']);
  });

  it('a loop whose events are no chain and no clock has no proof, and it is said where paths branch', async () => {
    const found = await attempt(session, provableText(exitElsewhere), checks, deadline());
    for (const name of ['lemma3', 'theorem1.causal'] as const)
      expect(found.get(name)).toMatchObject({ why: expect.stringContaining('2 edges leave state [0]') });
  });

  it('a chain in which every set enables every event has no proof, and it is said why', async () => {
    const { source } = chains['models/cyclic.snk']!;
    const chain = chainOfProgram(source);
    const faulty = () => {
      const script = chainScript(chain);
      return { ...script, algebra: { ...script.algebra, enables: () => 'true' } };
    };
    const obligations = lemma3Obligations(proofSubject(source.program, chain.positions, faulty));
    const found = await discharge([session], obligations, deadline());
    expect(obligations.filter((_, i) => found[i]!.kind === 'refuted').map(({ name }) => name)).toContain(
      'lemma3/SW/history',
    );
  });

  it.each(names)('%s: obligations do not depend on how far loops are unrolled', (name) => {
    const { source } = chains[name]!;
    const scripts = (provable: Provable) => [...obligationsOf(provable, [theorems['theorem1.causal']]).values()].flat();
    const { structure } = source;
    expect(scripts({ ...source, structure: { ...structure, bound: 99 } })).toEqual(scripts(source));
  });

  it.each(names)('%s: what obligations assume is possible', async (name) => {
    for (const own of obligationsOf(chains[name]!.source, [theorems['theorem1.causal']]).values()) {
      const assumptions = own.map((one) => ({ ...one, script: one.script.replace(/^\(assert \(not .*$/m, '') }));
      expect(assumptions.every(({ script }, i) => script !== own[i]!.script)).toBe(true);
      expect((await discharge([session], assumptions, deadline())).map(({ kind }) => kind)).toEqual(
        own.map(() => 'refuted'),
      );
    }
  });
});

/**
 * The chain's algebra beside plain sets over the structure that is unrolled: a single script states all that the two
 * are to agree on, for all prefixes that are short enough, with numbers in the place of constants.
 */
describe('the algebra of a chain agrees with the structure that is unrolled', () => {
  it.each(names)('%s', async (name) => {
    const { source } = chains[name]!;
    const { structure } = source;
    const chain = chainOfProgram(source);
    const a = plainSets(structure);
    const { stem, positions } = chain;
    const positionOf = (k: number) => (k <= stem ? k - 1 : stem + ((k - 1 - stem) % (positions.length - stem)));
    // One event-set of each size is that the structure has a chain of them; e_k is what the k-th adds.
    const prefixes = structure.eventSets;
    const length = prefixes.length - 1;
    const idOf = (k: number): number => (prefixes[k]! ^ prefixes[k - 1]!).toString(2).length - 1;
    for (let k = 1; k <= length; k++) {
      const event = structure.events[idOf(k)]!;
      expect([event.label, event.at]).toEqual([positions[positionOf(k)]!.label, positions[positionOf(k)]!.at]);
      expect(structure.eventsOf[event.label]![event.occurrence - 1]).toBe(event.id);
    }

    const s: ProofScript<unknown, string> = chainScript(chain) as ProofScript<unknown, string>;
    const n = Math.min(7, length - 1);
    const claims: string[] = [];
    const agree = (truth: string, expected: boolean) => claims.push(expected ? truth : `(not ${truth})`);
    const prefix = Array.from({ length: n + 1 }, (_, k) =>
      k === 0 ? s.algebra.empty : s.algebra.union(s.anySet(`prefix-${k}`), s.algebra.empty),
    );
    for (let k = 1; k <= n; k++) s.assume(`(= prefix-${k} ${k})`);
    const numbers = Array.from({ length: n + 1 }, (_, k) => k);
    const places = Array.from({ length: 2 ** positions.length }, (_, bits) => BigInt(bits));
    const eventsAt = (bits: bigint): bigint =>
      numbers
        .slice(1)
        .reduce((set, k) => ((bits >> BigInt(positionOf(k))) & 1n ? set | (1n << BigInt(idOf(k))) : set), 0n);

    for (const i of numbers)
      for (const j of numbers) {
        agree(s.algebra.isSubset(prefix[i], prefix[j]), a.isSubset(prefixes[i]!, prefixes[j]!));
        agree(s.algebra.equals(prefix[i], prefix[j]), i === j);
        agree(s.algebra.isDisjoint(prefix[i], prefix[j]), a.isDisjoint(prefixes[i]!, prefixes[j]!));
        if (j === 0) continue;
        agree(s.algebra.contains(prefix[i], String(j)), a.contains(prefixes[i]!, idOf(j)));
        agree(s.algebra.enables(prefix[i], String(j)), enables(structure, prefixes[i]!, idOf(j)));
        const [more, plain] = [s.algebra.with(prefix[i], String(j)), a.with(prefixes[i]!, idOf(j))];
        agree(s.algebra.isEventSet(more), isEventSet(structure, plain));
        agree(s.algebra.isConsistent(more), isConsistent(structure, plain));
        for (const k of numbers.slice(1)) {
          agree(s.algebra.contains(more, String(k)), a.contains(plain, idOf(k)));
          agree(s.algebra.enables(more, String(k)), enables(structure, plain, idOf(k)));
          agree(s.algebra.isSubset(prefix[k], more), a.isSubset(prefixes[k]!, plain));
          agree(s.algebra.isSubset(more, prefix[k]), a.isSubset(plain, prefixes[k]!));
          agree(s.algebra.equals(more, prefix[k]), plain === prefixes[k]);
        }
      }
    for (const bits of places)
      for (const i of numbers)
        for (const j of numbers) {
          const [own, plainOwn] = [s.literal(bits), eventsAt(bits)];
          agree(
            s.algebra.isCommonWithin(own, prefix[i], prefix[j]),
            a.isCommonWithin(plainOwn, prefixes[i]!, prefixes[j]!),
          );
          const detected = taggedRules.detect(s.algebra, prefix[i], prefix[j], own);
          const plain = taggedRules.detect(a, prefixes[i]!, prefixes[j]!, eventsAt(bits));
          // The last prefix has a next event, which is past those that `eventsAt` lists.
          if (Math.max(i, j) === n) continue;
          for (const k of numbers.slice(1)) agree(s.algebra.contains(detected, String(k)), a.contains(plain, idOf(k)));
          const since = s.algebra.union(prefix[i], detected);
          agree(s.algebra.isEventSet(since), isEventSet(structure, prefixes[i]! | plain));
          agree(
            s.algebra.isCommonWithin(own, since, prefix[j]),
            a.isCommonWithin(plainOwn, prefixes[i]! | plain, prefixes[j]!),
          );
          agree(s.algebra.isDisjoint(detected, prefix[i]), a.isDisjoint(plain, prefixes[i]!));
        }
    const one = { name, claim: 'the algebras agree', script: s.conclude(s.algebra.and(...claims)) };
    expect(await discharge([session], [one], deadline())).toEqual([{ kind: 'proved' }]);
  });
});
