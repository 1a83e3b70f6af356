import { afterAll, describe, expect, it } from 'vitest';
import { members } from '../../../src/events/event-set.js';
import { enables, isConsistent, isEventSet } from '../../../src/events/event-structure.js';
import { explore } from '../../../src/search/explorer.js';
import { attempt } from '../../../src/smt/proofs/attempt.js';
import { type ClockEvent, clockScript } from '../../../src/smt/proofs/clock-script.js';
import { lemma3Obligations } from '../../../src/smt/proofs/lemma3.js';
import { obligationsOf, type Provable } from '../../../src/smt/proofs/obligations.js';
import { taggedRules } from '../../../src/smt/proofs/rules.js';
import { proofSubject } from '../../../src/smt/proofs/situation.js';
import { stateKinds } from '../../../src/smt/proofs/state-behaviours.js';
import { discharge } from '../../../src/smt/solver/discharge.js';
import { openSession } from '../../../src/smt/solver/session.js';
import type { Term } from '../../../src/smt/solver/term.js';
import { checks, theorems } from '../../../src/theorems/checks.js';
import { budget } from '../../search/differential.js';
import { faults } from './faults.js';
import { plainSets } from './plain-sets.js';
import { provableText } from './subjects.js';

const session = openSession();
afterAll(session.close);
const deadline = () => performance.now() + 60_000;

/** Steps of the state, each by packets to a TCP port, at 4:1; the others cross the link all the same. */
const stepping = (steps: readonly (readonly [from: number, port: number, to: number])[], ordered = ''): string => {
  const ports = [...new Set(steps.map(([, port]) => port))];
  const branches = ports.map((port) => {
    const own = steps.filter((step) => step[1] === port);
    const moving = own.map(([from, , to]) => `state=[${from}]; (1:1)->(4:1)-><state<-[${to}]>`);
    const staying = own.map(([from]) => `state!=[${from}]`).join(' & ');
    return `tcp_dst=${port}; ( ${moving.join(' + ')} + ${staying}; (1:1)->(4:1) )`;
  });
  return `host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; state [0]; ${ordered}
policy sw=1 & pt=2; pt<-1; ( ${branches.join(' + ')} ); pt<-2 + sw=4 & pt=2; state=[1]; pt<-1; (4:1)->(1:1); pt<-2`;
};

const clocks: Readonly<Record<string, Provable>> = {
  'a bucket': provableText(
    stepping([
      [2, 80, 1],
      [1, 80, 0],
      [0, 7, 1],
      [1, 7, 2],
    ]),
  ),
  'knocks with a reset': provableText(
    stepping([
      [0, 1, 1],
      [1, 1, 0],
      [1, 2, 2],
      [1, 3, 0],
      [2, 1, 0],
      [2, 2, 0],
      [2, 3, 3],
    ]),
  ),
  'an ordered choice without a loop': provableText(
    stepping(
      [
        [0, 1, 1],
        [0, 2, 2],
        [1, 2, 3],
        [2, 1, 4],
      ],
      'ordered state(0);',
    ),
  ),
};
const names = Object.keys(clocks);
const wanted = [theorems.lemma3, theorems['theorem1.causal']];

/** The labels of a clock, with their places. */
const placesOf = ({ system }: Provable) => system.labels.map(({ at }, id) => ({ id, at }));

describe('clocks whose paths branch', () => {
  it.each(names)('%s: Lemma 3 and causal are proved', async (name) => {
    const found = await attempt(session, clocks[name]!, wanted, deadline());
    expect([...found.values()].map(({ kind }) => kind)).toEqual(['proved', 'proved']);
  });

  it.each(names)(
    '%s: the paper’s reading is proved, for the trees of packets depend on the state alone',
    async (name) => {
      const found = await attempt(session, clocks[name]!, checks, deadline());
      expect(found.get('theorem1.paper')).toEqual({ kind: 'proved' });
    },
  );

  it('the paper’s reading has no proof where a packet of an older configuration triggers an event', async () => {
    // Each packet shows which state it has met (spec 5), and a packet that shows the old one counts.
    const visible = stepping([
      [0, 1, 1],
      [1, 1, 2],
      [1, 2, 0],
      [2, 2, 0],
    ]).replaceAll(/state=\[([12])\]; (\S+<state<-\S+>)/g, 'state=[$1]; $2; vlan_id<-$1');
    const source = provableText(visible);
    const found = await attempt(session, source, checks, deadline());
    expect(found.get('theorem1.causal')).toEqual({ kind: 'proved' });
    expect(found.get('theorem1.paper')).toMatchObject({
      kind: 'unknown',
      why: expect.stringMatching(/^paper\/SW\/tree does not follow \([^)]*\)$/),
    });
    const options = { semantics: 'tagged', packets: 3, controller: true } as const;
    expect(explore({ ...source, options }, theorems['theorem1.paper'], budget).status).toBe('violated');
  });

  it('states are told apart where packets do, and only there', () => {
    const { program, system, structure, limits } = clocks['a bucket']!;
    const kinds = stateKinds(program, system, structure.blocks[0]!.block, limits);
    expect(kinds).toMatchObject({
      count: 3,
      reaches: [
        [0, 1, 2],
        [0, 1, 2],
        [0, 1, 2],
      ],
    });
    const cap = Array.from({ length: 40 }, (_, n) => [n, 1, n + 1] as const);
    const chain = provableText(stepping(cap, 'ordered state(0);'));
    const counted = stateKinds(chain.program, chain.system, chain.structure.blocks[0]!.block, limits);
    // [1], which lets answers through, all others, and the last, which no edge leaves.
    expect(counted.reaches).toEqual([[0, 1, 2], [0, 1, 2], [2]]);
  });

  it('what obligations assume is possible', async () => {
    for (const own of obligationsOf(clocks['a bucket']!, checks).values()) {
      const assumptions = own.map((one) => ({ ...one, script: one.script.replace(/^\(assert \(not .*$/m, '') }));
      expect(assumptions.every(({ script }, i) => script !== own[i]!.script)).toBe(true);
      expect((await discharge([session], assumptions, deadline())).map(({ kind }) => kind)).toEqual(
        own.map(() => 'refuted'),
      );
    }
  });

  it.each([
    ['every set enables every event', { enables: (): Term => 'true' }],
    ['everything is consistent', { isConsistent: (): Term => 'true' }],
  ])('%s: no proof', async (_, change) => {
    const source = clocks['a bucket']!;
    const places = placesOf(source);
    const faulty = () => {
      const script = clockScript(places.length);
      return { ...script, algebra: { ...script.algebra, ...change } };
    };
    const obligations = lemma3Obligations(proofSubject(source.program, places, faulty));
    const found = await discharge([session], obligations, deadline());
    expect(obligations.filter((_, i) => found[i]!.kind === 'refuted').map(({ name }) => name)).toContain(
      'lemma3/SW/history',
    );
  });

  // In a clock ⊢ of what has been detected is the next event's, and tags with an unheard event are not lengths.
  const shown = faults.filter(([fault]) => !fault.startsWith('tags have ') && fault !== 'con is in all sets');
  it.each(shown.map(([fault, , rules, obligations]) => [fault, rules, obligations] as const))(
    'a fault in the rules leaves no proof: %s',
    async (_, rules, expected) => {
      const all = [...obligationsOf(clocks['a bucket']!, wanted, { ...taggedRules, ...rules }).values()].flat();
      // All that digests bring to the switch of a clock it knows, and elsewhere a switch that forgets still knows what
      // happened there, which is nothing: what it knows is only too little for its past.
      const isHidden = (name: string) => rules.learn !== undefined && name === 'lemma3/SW/switch';
      const asked = all.filter(({ name }) => expected.includes(name) && !isHidden(name));
      const found = await discharge([session], asked, deadline());
      expect(asked.filter((_, i) => found[i]!.kind === 'refuted').map(({ name }) => name)).toEqual(
        asked.map(({ name }) => name),
      );
    },
  );
});

/**
 * The clock's algebra beside plain sets over the structure as far as it is listed: for each longest history a script
 * states all that the two are to agree on, with numbers in the place of constants.
 */
describe('the algebra of a clock agrees with the structure that is listed', () => {
  it.each(names)('%s', async (name) => {
    const { structure } = clocks[name]!;
    const plain = plainSets(structure);
    const historyOf = (id: number): number[] => {
      const { label, history } = structure.events[id]!;
      return [...(history!.after === null ? [] : historyOf(history!.after)), label];
    };
    const idOf = new Map(structure.events.map(({ id }) => [historyOf(id).join(), id]));
    const labels = placesOf(clocks[name]!).length;
    for (const longest of structure.maximal) {
      const taken = historyOf(members(longest).reduce((a, b) => (historyOf(a).length > historyOf(b).length ? a : b)));
      const s = clockScript(labels);
      const { algebra: a } = s;
      const claims: Term[] = [];
      const agree = (truth: Term, expected: boolean) => claims.push(expected ? truth : `(not ${truth})`);
      const prefixes = [0, ...taken.keys()].map((_, length) => ({
        term: a.union(s.anySet(`prefix-${length}`), a.empty),
        set: taken
          .slice(0, length)
          .reduce((set, _, k) => set | (1n << BigInt(idOf.get(taken.slice(0, k + 1).join())!)), 0n),
      }));
      for (const [length, label] of taken.entries()) s.assume(`(= (label-at ${length + 1}) ${label})`);
      for (const length of prefixes.keys()) s.assume(`(= prefix-${length} ${length})`);
      const events = taken.flatMap((_, k) =>
        Array.from({ length: labels }, (_, label) => {
          const id = idOf.get([...taken.slice(0, k), label].join());
          s.assume(`(= (is-event ${k + 1} ${label}) ${id !== undefined})`);
          return { term: { k: String(k + 1), label: String(label) } satisfies ClockEvent, id };
        }),
      );
      const existing = events.flatMap(({ term, id }) => (id === undefined ? [] : [{ term, id }]));
      for (const x of prefixes) {
        for (const y of prefixes) {
          agree(a.isSubset(x.term, y.term), plain.isSubset(x.set, y.set));
          agree(a.isDisjoint(x.term, y.term), plain.isDisjoint(x.set, y.set));
        }
        for (const e of existing) {
          agree(a.contains(x.term, e.term), plain.contains(x.set, e.id));
          agree(a.enables(x.term, e.term), enables(structure, x.set, e.id));
          const [more, plainly] = [a.with(x.term, e.term), x.set | (1n << BigInt(e.id))];
          agree(a.isConsistent(more), isConsistent(structure, plainly));
          agree(a.isEventSet(more), isEventSet(structure, plainly));
          for (const f of existing) {
            agree(a.contains(more, f.term), plain.contains(plainly, f.id));
            const both = a.with(more, f.term);
            agree(a.isConsistent(both), isConsistent(structure, plainly | (1n << BigInt(f.id))));
            agree(a.isEventSet(both), isEventSet(structure, plainly | (1n << BigInt(f.id))));
          }
        }
        // Past the longest history nothing is listed.
        if (x === prefixes[prefixes.length - 1]) continue;
        for (let bits = 0n; bits < 1n << BigInt(labels); bits++) {
          const matching = structure.events.reduce(
            (set, { id, label }) => ((bits >> BigInt(label)) & 1n ? set | (1n << BigInt(id)) : set),
            0n,
          );
          const detected = taggedRules.detect(a, x.term, a.empty, s.literal(bits));
          const plainly = taggedRules.detect(plain, x.set, 0n, matching);
          for (const e of existing) agree(a.contains(detected, e.term), plain.contains(plainly, e.id));
          agree(a.isEventSet(a.union(x.term, detected)), isEventSet(structure, x.set | plainly));
        }
      }
      const script = s.conclude(a.and(...claims));
      expect(await discharge([session], [{ name, claim: 'the algebras agree', script }], deadline())).toEqual([
        { kind: 'proved' },
      ]);
    }
  });
});
