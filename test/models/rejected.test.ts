import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/workbench.js';
import { resultOf, root } from '../conformance/expectation.js';
import { modelFile } from './models.js';

/** An event of label `formula` at 4:1, as witnesses show it. */
const at41 = (id: number, formula: string) => ({ id, formula, at: '4:1', occurrence: 1 });
const edge = (from: number, to: number, formula: string, at = '4:1') => ({ from: [from], to: [to], formula, at });
const witnessOf = async (file: string) => {
  const { rejected } = await resultOf(file, { packets: 1 });
  return { code: rejected?.code, details: rejected?.details };
};

describe('why models are rejected (spec 2.2, 2.5)', () => {
  it('undetermined: one set of events, two paths to different configurations', async () => {
    expect(await witnessOf(modelFile('undetermined'))).toEqual({
      code: 'undetermined',
      details: {
        set: [at41(0, 'tcp_dst=1'), at41(1, 'tcp_dst=2')],
        paths: [
          [edge(0, 1, 'tcp_dst=1'), edge(1, 3, 'tcp_dst=2')],
          [edge(0, 2, 'tcp_dst=2'), edge(2, 4, 'tcp_dst=1')],
        ],
      },
    });
  });

  it('incomplete: two sets within a third, whose union is not one', async () => {
    const [e1, e3, e4] = [at41(0, 'tcp_dst=1'), at41(1, 'tcp_dst=3'), at41(2, 'tcp_dst=4')];
    expect(await witnessOf(modelFile('figure-2c'))).toEqual({
      code: 'incomplete',
      details: { sets: [[e1], [e3]], union: [e1, e3], upper: [e1, e3, e4] },
    });
  });

  it('incomplete: the transition system of the paper, Figure 2(c)', async () => {
    expect((await resultOf(modelFile('figure-2c'), { packets: 1 })).ets).toEqual({
      initial: [0],
      states: [[0], [1], [2], [3], [4]],
      edges: [edge(0, 1, 'tcp_dst=1'), edge(0, 2, 'tcp_dst=3'), edge(1, 3, 'tcp_dst=4'), edge(3, 4, 'tcp_dst=3')],
    });
  });

  it('nonlocal: a minimally inconsistent set and its switches', async () => {
    expect(await witnessOf(modelFile('figure-2b-nonlocal'))).toEqual({
      code: 'nonlocal',
      details: {
        set: [
          { id: 0, formula: 'ip_dst=H1', at: '1:1', occurrence: 1 },
          { id: 1, formula: 'ip_dst=H2', at: '2:1', occurrence: 1 },
        ],
        switches: [1, 2],
      },
    });
  });

  it('cycle: the component, and two of its edges at different switches', async () => {
    expect(await witnessOf(modelFile('cyclic-nonlocal'))).toEqual({
      code: 'cycle',
      details: { states: [[0], [1]], edges: [edge(0, 1, 'true', '4:1'), edge(1, 0, 'true', '1:1')] },
    });
  });
});

describe('what is rejected as undetermined', () => {
  it('is said to be nonlocal where it is that too (interface.md: locallyDetermined)', async () => {
    const undetermined = (second: string) => `host H1 @ 1:2; host H2 @ 2:2; link 1:1 <-> 2:1; state [0];
      policy sw=1 & pt=2; pt<-1; state=[0]; ((1:1)->(2:1)-><state<-[1]> + (1:1)->(2:1)-><state<-[2]>); pt<-2
      + sw=2 & pt=2; pt<-1; (${second}); pt<-2`;
    const structureOf = async (second: string) =>
      (await check(undetermined(second), 'test.snk', { packets: 1 })).result;
    expect(await structureOf('state!=[2]; (2:1)->(1:1)')).toMatchObject({
      rejected: { code: 'undetermined' },
      nes: { eventSets: [[], [0]], locallyDetermined: true },
    });
    expect(await structureOf('state=[0]; (2:1)->(1:1)-><state<-[3]> + state=[1]; (2:1)->(1:1)')).toMatchObject({
      rejected: { code: 'undetermined' },
      nes: { eventSets: [[], [0], [1]], locallyDetermined: false },
    });
  });
});

describe('faults of configurations, with the way of a packet (spec 1.4)', () => {
  const conformance = (name: string) => path.join(root, 'test/conformance/programs', `${name}.snk`);
  const hops = (...places: string[]) => places.map((at) => ({ at, headers: {} }));
  const rejectionOf = async (source: string) => (await check(source, 'test.snk', { packets: 1 })).result.rejected;

  it('egress: the policy finishes where no host is, in one of the states', async () => {
    expect(await witnessOf(conformance('egress'))).toEqual({
      code: 'egress',
      details: { state: [1], host: 'H1', path: hops('1:2', '4:1'), finishes: '4:1' },
    });
  });

  it('egress: with the headers that matter, as they are when the packet finishes', async () => {
    const source = `host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; state [0];
      policy sw=1 & pt=2 & ip_dst=H4; vlan_id<-7; pt<-1; (1:1)->(4:1)`;
    expect(await rejectionOf(source)).toMatchObject({
      code: 'egress',
      line: 2,
      details: {
        state: [0],
        host: 'H1',
        path: [
          { at: '1:2', headers: { ip_dst: 'H4' } },
          { at: '4:1', headers: { ip_dst: 'H4', vlan_id: 7 } },
        ],
        finishes: '4:1',
      },
    });
  });

  it('forwarding-loop: the last hop was met before', async () => {
    expect(await witnessOf(conformance('forwarding_loop'))).toEqual({
      code: 'forwarding-loop',
      details: { state: [0], host: 'H1', path: hops('1:3', '2:2', '3:2', '1:2', '2:2'), finishes: null },
    });
  });

  it('forwarding-loop: none where a header that changes tells the rounds apart', async () => {
    const triangle = (once: string) => `host H1 @ 1:3; link 1:1 <-> 2:2; link 2:1 <-> 1:2; state [0];
      policy pt=3; vlan_id<-0; pt<-1; (1:1)->(2:2); pt<-1; (2:1)->(1:2); ${once}pt<-1; (1:1)->(2:2); false`;
    expect((await rejectionOf(triangle('')))?.code).toBe('forwarding-loop');
    expect(await rejectionOf(triangle('vlan_id<-1; '))).toBeNull();
  });

  it('egress comes before forwarding-loop, for one packet and for two', async () => {
    const links = 'host H1 @ 1:3; link 1:1 <-> 2:2; link 2:1 <-> 1:2; state [0];';
    const round = '(pt<-1; ((1:1)->(2:2) + (2:1)->(1:2)))*; false';
    expect((await rejectionOf(`${links} policy pt=3; (${round} + pt<-1)`))?.code).toBe('egress');
    expect((await rejectionOf(`${links} policy pt=3; (${round} + pt<-3)`))?.code).toBe('forwarding-loop');
    expect((await rejectionOf(`${links} policy pt=3; (vlan_id=0; ${round} + vlan_id=1; pt<-1)`))?.code).toBe('egress');
  });
});
