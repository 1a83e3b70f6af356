import { describe, expect, it } from 'vitest';
import type { Execution, Step } from '../../src/execution/execution.js';
import { rerunSteps } from '../../src/execution/validate.js';
import { bandwidthCap, chainBounce, finishesInside, firewall, portKnocking, twoCopies } from '../oracle/programs.js';
import { settingOf } from '../oracle/setting.js';
import { answered } from './answered.js';
import { play, stepAt, stepsOf } from './play.js';

const setting = settingOf(firewall);

describe('an execution that the rules allow', () => {
  it('is valid, and complete when no packet is under way', () => {
    const result = rerunSteps(setting, answered);
    expect(result).toMatchObject({ kind: 'possible', run: { complete: true, drained: true } });
    expect(rerunSteps(setting, answered.slice(0, 4))).toMatchObject({ kind: 'possible', run: { complete: false } });
    expect(rerunSteps(setting, answered.slice(0, 10))).toMatchObject({ run: { complete: true, drained: false } });
  });

  it('is exactly what the rules give for its decisions', () => {
    const run = play(
      setting,
      'IN 1:2 ip_dst=H4',
      'SW 1:2',
      'SW 4:1',
      'IN 4:2 ip_dst=H1',
      'SW 4:2',
      'SW 1:1',
      'RECV',
      'SEND 1',
    );
    expect(stepsOf(run)).toEqual(answered);
  });

  it('may leave out what follows from what was chosen, but not which event figure6 sends', () => {
    const needed = ['rule', 'at', 'headers', 'from', 'item', 'switch'];
    const only = (step: Step) =>
      Object.fromEntries(Object.entries(step).filter(([key]) => needed.includes(key))) as unknown as Step;
    const bare = rerunSteps(setting, answered.map(only));
    expect(bare.kind).toBe('possible');
    expect(stepsOf(bare.run)).toEqual(answered);

    const knocking = settingOf(portKnocking, 'figure6');
    const knocks = ['IN 4:2 ip_dst=H1', 'SW 4:2', 'SW 1:1', 'RECV', 'SEND 4', 'IN 4:2 ip_dst=H2', 'SW 4:2', 'SW 2:1'];
    const steps = stepsOf(play(knocking, ...knocks, 'RECV', 'SEND 3 {1}'));
    expect(rerunSteps(knocking, steps).kind).toBe('possible');
    const { eventSet: _, ...unsaid } = steps.at(-1) as Extract<Step, { rule: 'CTRLSEND' }>;
    expect(rerunSteps(knocking, steps.with(-1, unsaid as Step))).toMatchObject({
      kind: 'impossible',
      step: steps.length - 1,
      why: expect.stringMatching(/any of 2 events: the step must state `eventSet`/),
    });
  });

  it('need not say who told an item', () => {
    const { told: _, ...untold } = answered[10] as Extract<Step, { rule: 'CTRLRECV' }>;
    expect(rerunSteps(setting, answered.with(10, untold as Step)).kind).toBe('possible');
  });
});

describe('a corrupted execution is refused at its first impossible step', () => {
  const change = (index: number, changes: object): Execution =>
    answered.with(index, { ...answered[index]!, ...changes } as Step);
  const without = (index: number): Execution => answered.toSpliced(index, 1);

  const rows: [string, Execution, number, RegExp][] = [
    ['enters where no host is', change(0, { at: '1:1' }), 0, /no host is attached to 1:1/],
    ['enters at no location', change(0, { at: 'H1' }), 0, /no location/],
    ['a value outside the domain', change(0, { headers: { ip_dst: 'H9' } }), 0, /H9 is not in the domain of ip_dst/],
    ['a field that is missing', change(0, { headers: {} }), 0, /ip_dst has no value/],
    ['a field too many', change(0, { headers: { ip_dst: 'H4', vlan_id: 1 } }), 0, /no field vlan_id/],
    ['packets numbered otherwise', change(0, { packet: 1 }), 0, /states packet 1, but by the rules it is 0/],
    ['a tag from the future', change(0, { tag: [0] }), 0, /states tag \[0\], but by the rules it is \[\]/],
    ['a stale tag', change(5, { tag: [] }), 5, /states tag \[\], but by the rules it is \[0\]/],
    ['another packet', change(3, { packet: 1 }), 3, /states packet/],
    ['an event missed', change(3, { detected: [] }), 3, /states detected/],
    ['a digest forgotten', change(8, { digestIn: [] }), 8, /states digestIn/],
    ['a set not learnt', change(8, { eventSet: [] }), 8, /states eventSet/],
    ['a packet dropped', change(6, { outputs: [] }), 6, /states outputs/],
    ['the wrong port', change(6, { outputs: [{ port: 2, headers: { ip_dst: 'H1' }, digest: [0] }] }), 6, /outputs/],
    ['the wrong digest', change(3, { outputs: [{ port: 2, headers: { ip_dst: 'H4' }, digest: [] }] }), 3, /outputs/],
    ['a link elsewhere', change(2, { to: '4:2' }), 2, /states to/],
    ['a link from elsewhere', change(2, { from: '4:1' }), 2, /no packet waits to leave by 4:1/],
    ['a link missing', without(2), 2, /no packet waits at 4:1/],
    ['a SW missing', without(1), 1, /no packet waits to leave by 1:1/],
    ['delivered twice', answered.toSpliced(5, 0, answered[4]!), 5, /no packet waits to leave by 4:2/],
    [
      'delivered over a link',
      answered.toSpliced(2, 1, { rule: 'OUT', packet: 0, at: '1:1', host: null }),
      2,
      /does not leave the network/,
    ],
    ['delivered to another host', change(4, { host: 'H1' }), 4, /states host/],
    ['an item never told', change(10, { item: [] }), 10, /holds no such item/],
    ['an item told by another', change(10, { told: 1 }), 10, /told by step 1, but \{e0\} told by step 3/],
    ['an item taken twice', answered.toSpliced(11, 0, answered[10]!), 11, /but nothing/],
    ['more sent than is known', change(11, { eventSet: [] }), 11, /states eventSet/],
    ['sent to no switch', change(11, { switch: 9 }), 11, /no switch 9/],
    ['no rule at all', change(2, { rule: 'FLY' }), 2, /no such rule/],
  ];
  it.each(rows)('%s', (_, steps, step, why) => {
    const result = rerunSteps(setting, steps);
    expect(result).toMatchObject({ kind: 'impossible', step });
    expect(result.kind === 'impossible' && result.why).toMatch(why);
  });

  it('with the controller off, at its CTRLSEND', () => {
    const result = rerunSteps(settingOf(firewall, 'tagged', false), answered);
    expect(result).toMatchObject({ kind: 'impossible', step: 11, why: expect.stringMatching(/controller is off/) });
  });

  it('under other semantics, where these say something else', () => {
    expect(rerunSteps(settingOf(firewall, 'two-phase'), answered)).toMatchObject({ kind: 'impossible', step: 3 });
    expect(rerunSteps(settingOf(firewall, 'best-effort'), answered)).toMatchObject({ kind: 'impossible', step: 0 });
  });
});

describe('copies that leave by one port', () => {
  const copies = settingOf(twoCopies);
  const out = (vlan_id: number) => ({ port: 1, headers: { vlan_id }, digest: [] });
  const sw = { rule: 'SW', packet: 0, tag: [], digestIn: [], detected: [], eventSet: [] } as const;
  const crossing = (first: number, second: number, arrives: number): Execution => [
    { rule: 'IN', packet: 0, at: '1:2', headers: { vlan_id: 0 }, tag: [] },
    { ...sw, at: '1:2', outputs: [out(first), out(second)] },
    { rule: 'LINK', packet: 0, from: '1:1', to: '2:1' },
    { ...sw, at: '2:1', outputs: [{ ...out(arrives), port: 2 }] },
  ];
  it('may be queued in any order, and arrive in that order', () => {
    expect(rerunSteps(copies, crossing(1, 2, 1)).kind).toBe('possible');
    expect(rerunSteps(copies, crossing(2, 1, 2)).kind).toBe('possible');
    expect(rerunSteps(copies, crossing(1, 2, 2))).toMatchObject({ kind: 'impossible', step: 3 });
    expect(rerunSteps(copies, crossing(2, 1, 1))).toMatchObject({ kind: 'impossible', step: 3 });
    expect(rerunSteps(copies, crossing(1, 1, 1))).toMatchObject({ kind: 'impossible', step: 1 });
  });
});

describe('the tag', () => {
  it('is what the switch knew when the packet entered, not when it takes the packet', () => {
    const late = play(setting, 'IN 4:2 ip_dst=H1', 'IN 1:2 ip_dst=H4', 'SW 1:2', 'SW 4:1', 'SW 4:2');
    expect(stepsOf(late).at(-1)).toMatchObject({ rule: 'SW', at: '4:2', tag: [], eventSet: [0], outputs: [] });
    const inTime = play(setting, 'IN 1:2 ip_dst=H4', 'SW 1:2', 'SW 4:1', 'IN 4:2 ip_dst=H1', 'SW 4:2');
    expect(stepsOf(inTime).at(-2)).toMatchObject({ at: '4:2', tag: [0], outputs: [{ port: 1, digest: [0] }] });
  });
  it('is all that later switches forward by, whatever they know', () => {
    const run = play(
      settingOf(chainBounce),
      'IN 1:2',
      'IN 1:2',
      'SW 1:2',
      'SW 4:1',
      'SW 1:1',
      'SW 1:2',
      'SW 4:1',
      'SW 1:1',
    );
    const headers = stepsOf(run).flatMap((step) =>
      step.rule === 'SW' && step.at === '1:1' ? [step.outputs[0]?.headers] : [],
    );
    expect(headers).toEqual([{ vlan_id: 0 }, { vlan_id: 0 }]);
  });
});

describe('queues are first in, first out', () => {
  it('at a host port, at a port where packets leave, and at the other end of a link', () => {
    const run = play(setting, 'IN 1:2 ip_dst=H4', 'IN 1:2 ip_dst=H4', 'SW 1:2', 'SW 1:2', 'SW 4:1', 'SW 4:1');
    const order = stepsOf(run).filter(({ rule }) => rule === 'SW' || rule === 'OUT');
    expect(order).toMatchObject([
      { at: '1:2', packet: 0 },
      { at: '1:2', packet: 1 },
      { at: '4:1', packet: 0 },
      { rule: 'OUT', packet: 0 },
      { at: '4:1', packet: 1 },
      { rule: 'OUT', packet: 1 },
    ]);
  });
});

describe('the variants', () => {
  it('figure6 tells events one by one, known ones again, and sends any one event of R', () => {
    const knocking = settingOf(portKnocking, 'figure6');
    const first = [
      'IN 4:2 ip_dst=H1',
      'SW 4:2',
      'SW 1:1',
      'RECV',
      'SEND 4',
      'IN 4:2 ip_dst=H2',
      'SW 4:2',
      'SW 2:1',
      'RECV',
    ];
    const run = play(knocking, ...first, 'SEND 3 {1}');
    expect(rerunSteps(knocking, stepsOf(run)).kind).toBe('possible');
    expect(run.states.at(-1)!.switches[3]!.eventSet).toBe(2n);
    expect(() => play(knocking, ...first, 'SEND 3 {0,1}')).toThrow('no such CTRLSEND');
    // A switch that has heard of the second event alone has no configuration.
    expect(() => play(knocking, ...first, 'SEND 3 {1}', 'IN 3:2', 'SW 3:2')).toThrow(
      /by \{e1\}, which is no event-set/,
    );
    // A second packet to H1 matches event 0 again, and figure6 detects it again.
    const again = play(
      settingOf(firewall, 'figure6'),
      ...['IN 1:2 ip_dst=H4', 'SW 1:2', 'SW 4:1'],
      ...['IN 1:2 ip_dst=H4', 'SW 1:2', 'SW 4:1'],
    );
    expect(again.states.at(-1)!.controllerQueue.map(({ item }) => item)).toEqual([1n, 1n]);
    const once = play(
      setting,
      ...['IN 1:2 ip_dst=H4', 'SW 1:2', 'SW 4:1'],
      ...['IN 1:2 ip_dst=H4', 'SW 1:2', 'SW 4:1'],
    );
    expect(once.states.at(-1)!.controllerQueue.map(({ item }) => item)).toEqual([1n]);
  });

  it('figure6 is the same for one event, and detects only what is enabled', () => {
    expect(rerunSteps(settingOf(firewall, 'figure6'), answered)).toMatchObject({ kind: 'possible' });
    const run = play(settingOf(bandwidthCap, 'figure6'), 'IN 1:2 ip_dst=H4', 'SW 1:2', 'SW 4:1');
    expect(stepsOf(run).at(-2)).toMatchObject({ at: '4:1', detected: [0], eventSet: [0] });
  });

  it('tagged tells an event with its causes', () => {
    const run = play(settingOf(chainBounce), 'IN 1:2', 'SW 1:2', 'SW 4:1', 'SW 1:1');
    expect(run.states.at(-1)!.controllerQueue).toEqual([
      { item: 1n, told: stepAt(run, 'SW', '4:1') },
      { item: 3n, told: stepAt(run, 'SW', '1:1') },
    ]);
  });

  it('two-phase names a label by its first event, and counts its events one by one', () => {
    const cap = settingOf(bandwidthCap, 'two-phase');
    const one = ['IN 1:2 ip_dst=H4', 'SW 1:2', 'SW 4:1'];
    const run = play(cap, ...one, ...one, ...one, 'RECV', 'RECV', 'RECV', 'SEND 1');
    const steps = stepsOf(run).filter(({ rule }) => rule === 'CTRLRECV' || rule === 'CTRLSEND');
    expect(steps).toMatchObject([{ item: [0] }, { item: [0] }, { item: [0] }, { switch: 1, eventSet: [0, 1] }]);
    expect(stepsOf(run).filter((step) => step.rule === 'SW')).toMatchObject(
      Array(6).fill({ detected: [], eventSet: [] }),
    );
  });

  it('best-effort has no tags, and an exit at an internal port is an OUT to no host, before the copy moves on', () => {
    const mixing = settingOf(finishesInside, 'best-effort');
    const run = play(
      mixing,
      ...['IN 1:2', 'SW 1:2', 'SW 2:1'],
      'IN 1:2',
      'SW 1:2',
      'RECV',
      'SEND 2',
      'SW 2:1',
      'SW 1:1',
    );
    const steps = stepsOf(run);
    expect(steps.slice(-5)).toMatchObject([
      { rule: 'SW', at: '2:1', tag: [0], outputs: [{ port: 1 }] },
      { rule: 'OUT', packet: 1, at: '2:1', host: null },
      { rule: 'LINK', packet: 1, from: '2:1', to: '1:1' },
      { rule: 'SW', at: '1:1', tag: [] },
      { rule: 'OUT' },
    ]);
    expect(steps[0]).toMatchObject({ tag: null });
    expect(rerunSteps(mixing, steps)).toMatchObject({ kind: 'possible', run: { complete: true } });
    const early = steps.toSpliced(-4, 2, steps.at(-3)!, steps.at(-4)!);
    expect(rerunSteps(mixing, early)).toMatchObject({ kind: 'impossible', step: steps.length - 4 });
  });
});
