import { describe, expect, it } from 'vitest';
import { check } from '../../src/workbench.js';
import { resultOf } from '../conformance/expectation.js';
import { modelFile, models } from './models.js';

const resultFor = async (fields: string, policy: string) =>
  (
    await check(
      `host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; ${fields} state [0]; policy sw=1 & pt=2; pt<-1; (${policy}); pt<-2`,
      'test.snk',
      { packets: 1 },
    )
  ).result;

/** A chain of two events from the two formulas; other packets go through in all states. */
const chain = (first: string, second: string) =>
  `state=[0]; ${first}; (1:1)->(4:1)-><state<-[1]> + state=[1]; ${second}; (1:1)->(4:1)-><state<-[2]>
   + !(state=[0] & ${first} | state=[1] & ${second}); (1:1)->(4:1)`;

describe('a label written in several ways (spec 1.5)', () => {
  it('is one label, with the shortest text, and its second edge is its second event', async () => {
    const { nes, ets } = await resultFor('field tcp_dst in {22, 80};', chain('tcp_dst!=80', 'tcp_dst=22'));
    expect(nes?.events).toEqual([
      { id: 0, formula: 'tcp_dst=22', at: '4:1', occurrence: 1 },
      { id: 1, formula: 'tcp_dst=22', at: '4:1', occurrence: 2 },
    ]);
    expect(ets?.edges.map(({ formula }) => formula)).toEqual(['tcp_dst=22', 'tcp_dst=22']);
  });

  it('is printed in the alphabetically first of equally short texts', async () => {
    const fields = 'field tcp_dst in {1, 2}; field udp_dst in {1, 2};';
    const { nes } = await resultFor(
      fields,
      chain('tcp_dst=1; udp_dst!=2', 'tcp_dst!=2; udp_dst=1').replaceAll(/(\w+!?=\d); (\w+!?=\d)/g, '($1 & $2)'),
    );
    expect(nes?.events.map(({ formula }) => formula)).toEqual(['tcp_dst!=2 & udp_dst=1', 'tcp_dst!=2 & udp_dst=1']);
  });

  it('is two labels where the values that are not mentioned make a difference', async () => {
    const { nes } = await resultFor('', chain('tcp_dst!=80', 'tcp_dst=22'));
    expect(nes?.events.map(({ formula, occurrence }) => [formula, occurrence])).toEqual([
      ['tcp_dst!=80', 1],
      ['tcp_dst=22', 1],
    ]);
  });
});

describe('an edge whose branch no packet can run (spec 1.5)', () => {
  const stranded = `host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; state [0];
    policy sw=4 & pt=2; pt<-1; (1:1)->(4:1)-><state<-[1]>; pt<-2 + sw=1 & pt=2; pt<-1; (1:1)->(4:1); pt<-2`;

  it('counts all the same, with a warning', async () => {
    const { warnings, ets } = (await check(stranded, 'test.snk', { packets: 1 })).result;
    expect(ets?.edges).toEqual([{ from: [0], to: [1], formula: 'true', at: '4:1' }]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/no packet can run .* \[0\] to \[1\]/);
  });

  it('may have an event that other packets trigger', async () => {
    const options = { semantics: 'tagged', packets: 1 } as const;
    const withReply = `${stranded} + sw=4 & pt=2; state=[1]; pt<-1; (4:1)->(1:1); pt<-2`;
    const late = (await check(withReply, 'test.snk', { ...options, packets: 2, semantics: 'two-phase' })).result;
    // H1's packet arrives at 4:1 by the plain branch; H4's answer is dropped although it comes after.
    expect(late.checks['theorem1.causal']).toMatchObject({ status: 'violated' });
    expect(
      (await check(withReply, 'test.snk', { ...options, packets: 2 })).result.checks['theorem1.causal']?.status,
    ).toBe('proved');
  });

  it.each(Object.keys(models))('is in no model: %s', async (name) => {
    expect((await resultOf(modelFile(name), { packets: 1 })).warnings).toEqual([]);
  });
});
