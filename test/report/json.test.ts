import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check, type Semantics } from '../../src/workbench.js';
import { resultOf } from '../conformance/expectation.js';
import { modelFile, models } from '../models/models.js';
import { document, formula, headers } from './contract.js';
import { expectContract } from './expect-contract.js';

/** Every variant, with 2 and with 3 packets; the controller may be off where there are events in the data plane. */
const ways = [2, 3].flatMap((packets) =>
  (['tagged', 'figure6', 'two-phase', 'best-effort'] as const).flatMap((semantics) =>
    (semantics === 'tagged' || semantics === 'figure6' ? [true, false] : [true]).map((controller) => ({
      semantics,
      controller,
      packets,
    })),
  ),
);

/** Lemma 3 in the largest rings needs millions of states, and is `unknown` here: that is a document too. */
const maxStates = 100_000;

describe('the JSON keeps the contract, and its counterexamples re-run:', () => {
  for (const [name, model] of Object.entries(models)) {
    const file = modelFile(name);
    if (model.rejected)
      it(`${name}, rejected`, async () => {
        const json = JSON.stringify(await resultOf(file));
        document(JSON.parse(json), '');
        expect(JSON.parse(json)).toMatchObject({ rejected: { code: model.rejected } });
      });

    if (model.rejected && model.rejected !== 'nonlocal') continue;
    const force = model.rejected === 'nonlocal';
    // Runs whose verdicts are expected are held to the contract where they are checked (test/models/verdicts.test.ts).
    const expected = (force ? model.forcedRuns : model.runs?.filter(({ nightly }) => !nightly)) ?? [];
    const isThere = (way: (typeof ways)[number]): boolean =>
      expected.some(
        ({ semantics, controller, packets }) =>
          semantics === way.semantics && controller === way.controller && packets === way.packets,
      );
    for (const way of ways.filter((one) => !isThere(one)))
      it(`${name}, ${way.semantics}, ${way.packets} packets${way.controller ? '' : ', no controller'}`, async () =>
        expectContract(await resultOf(file, { ...way, force, maxStates }), file));
  }
});

const network = `host H1 @ 1:2 ip 10.0.0.1;
host H4 @ 4:2;
link 1:1 <-> 4:1;
`;

describe('values', () => {
  const program = `${network}state [0];
policy
  pt=2 & vlan_id!=7 & tcp_dst=22 & tcp_src!=10 & tcp_src!=9 & ip_dst!=10.0.0.1 & ip_dst!=10.0.0.9; pt<-1;
  (1:1)->(4:1)-><state<-[1]>; pt<-2
+ pt=2 & ip_dst=10.0.0.1; state=[1]; pt<-1; (4:1)->(1:1); pt<-2`;

  it('are sorted in formulas, and a host stands for its address', async () => {
    const { ets } = (await check(program, 'a.snk', { packets: 1 })).result;
    expect(ets?.edges).toEqual([
      {
        from: [0],
        to: [1],
        formula: 'ip_dst!=10.0.0.9 & ip_dst!=H1 & tcp_dst=22 & tcp_src!=9 & tcp_src!=10 & vlan_id!=7',
        at: '4:1',
      },
    ]);
    formula(ets?.edges[0]?.formula, '');
  });

  it('in headers are numbers, or text', async () => {
    const { checks } = (await check(program, 'a.snk', { semantics: 'best-effort', packets: 2 })).result;
    const steps = checks['theorem1.causal']?.counterexample?.steps ?? [];
    const entering = steps.flatMap((step) => (step.rule === 'IN' ? [step.headers] : []));
    expect(entering).toEqual([
      { ip_dst: 'H4', tcp_dst: 22, tcp_src: expect.anything(), vlan_id: 'other' },
      { ip_dst: 'H1', tcp_dst: expect.anything(), tcp_src: expect.anything(), vlan_id: expect.anything() },
    ]);
    for (const shown of entering) headers(shown, '');
  });
});

describe('lists of states and of event-sets', () => {
  it('are in order, and so are edges: by the state they lead from, then by event', async () => {
    const event = (i: number) => `vlan_id=${i}; (1:1)->(4:1)-><state(${2 - i})<-1>`;
    const { ets } = (
      await check(
        `${network}state [0,0,0]; policy pt=2; pt<-1; (${[0, 1, 2].map(event).join(' + ')}); pt<-2`,
        'a.snk',
        {
          packets: 1,
        },
      )
    ).result;
    const texts = ets?.edges.map(({ from, formula }) => `${from} ${formula}`);
    expect(texts).toEqual([
      '0,0,0 vlan_id=0',
      '0,0,0 vlan_id=1',
      '0,0,0 vlan_id=2',
      '0,0,1 vlan_id=1',
      '0,0,1 vlan_id=2',
      '0,1,0 vlan_id=0',
      '0,1,0 vlan_id=2',
      '0,1,1 vlan_id=2',
      '1,0,0 vlan_id=0',
      '1,0,0 vlan_id=1',
      '1,0,1 vlan_id=1',
      '1,1,0 vlan_id=0',
    ]);
  });
  it('go by length, then item by item, numbers by size', async () => {
    const events = Array.from({ length: 11 }, (_, i) => `tcp_dst=${i}; state=[0]; (1:1)->(4:1)-><state<-[${20 - i}]>`);
    const { ets, nes } = (
      await check(`${network}state [0]; policy pt=2; pt<-1; (${events.join(' + ')}); pt<-2`, 'a.snk', {
        packets: 1,
      })
    ).result;
    expect(ets?.states).toEqual([[0], ...Array.from({ length: 11 }, (_, i) => [i + 10])]);
    expect(nes?.eventSets).toEqual([[], ...Array.from({ length: 11 }, (_, i) => [i])]);
    // Ids go by the text of the formula: tcp_dst=10 before tcp_dst=2 (spec 2.1).
    const texts = events.map((_, i) => `tcp_dst=${i}`).sort();
    expect(nes?.events.map(({ formula }) => formula)).toEqual(texts);
  });
});

describe('the first reason', () => {
  /** A program with every fault of the text; each line may be left out. */
  it.each([
    ['syntax', 'host H4 @ 1:2;', 'ip_dst=H9', 'state<-;'],
    ['name', 'host H4 @ 1:2;', 'ip_dst=H9', ''],
    ['topology', 'host H4 @ 1:2;', 'ip_dst=H1', ''],
  ])('to reject a text is %s', async (code, host, test, assignment) => {
    const { rejected } = (await check(`host H1 @ 1:2;\n${host}\npolicy ${test}; ${assignment} pt<-1`, 'a.snk')).result;
    expect(rejected?.code).toBe(code);
    document(
      JSON.parse(JSON.stringify((await check(`host H1 @ 1:2;\n${host}\npolicy ${test}; ${assignment}`, 'a')).result)),
      '',
    );
  });
});

describe('options', () => {
  it.each(['paper', 'causal', 'both'] as const)('--spec %s', async (spec) => {
    const { result } = await check(readFileSync(modelFile('firewall')), 'a.snk', { spec, packets: 1 });
    document(JSON.parse(JSON.stringify(result)), '');
    const wanted = spec === 'both' ? ['theorem1.paper', 'theorem1.causal'] : [`theorem1.${spec}`];
    expect(Object.keys(result.checks)).toEqual(['lemma3', ...wanted, 'tables']);
  });

  it.each(['tagged', 'figure6', 'two-phase', 'best-effort'] satisfies Semantics[])(
    'limits under %s',
    async (semantics) => {
      const source = readFileSync(modelFile('firewall'));
      for (const limit of [{ maxStates: 5, engine: 'explore' }, { maxStates: 5 }, { timeout_ms: 0 }] as const) {
        const { result } = await check(source, 'a.snk', { semantics, ...limit });
        document(JSON.parse(JSON.stringify(result)), '');
        // What is said of tables, for all packets, has no bound on states.
        const { tables: _, ...checks } = result.checks;
        // What is proved is so however many states may be visited.
        const isProved = semantics === 'tagged' && 'maxStates' in limit && !('engine' in limit);
        for (const { status, why } of Object.values(checks))
          expect([status, typeof why]).toEqual(isProved ? ['proved', 'undefined'] : ['unknown', 'string']);
      }
    },
  );
});
