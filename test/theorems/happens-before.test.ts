import { describe, expect, it } from 'vitest';
import { happensBefore } from '../../src/theorems/happens-before.js';
import { type LocatedPacket, matches, networkTrace } from '../../src/theorems/trace.js';
import { play, stepAt } from '../execution/play.js';
import { diamondMulticast, firewall } from '../oracle/programs.js';
import { settingOf } from '../oracle/setting.js';

const asks = ['IN 1:2 ip_dst=H4', 'SW 1:2', 'SW 4:1'];

describe('≺', () => {
  it('is the order at each switch and along each copy, and strict', () => {
    const run = play(settingOf(firewall), ...asks, 'IN 4:2 ip_dst=H1', 'IN 1:2 ip_dst=H4', 'SW 4:2');
    const precedes = happensBefore(run, true);
    const at = (rule: string, place: string, n = 0) => stepAt(run, rule, place, n);
    const event = at('SW', '4:1');
    expect(precedes(at('IN', '1:2'), event)).toBe(true);
    expect(precedes(event, at('IN', '1:2'))).toBe(false);
    expect(precedes(event, event)).toBe(false);
    expect(precedes(event, at('IN', '4:2'))).toBe(true);
    expect(precedes(at('IN', '1:2'), at('SW', '4:2'))).toBe(true);
    // Switch 1 has not heard: later in the trace is not after.
    expect(precedes(event, at('IN', '1:2', 1))).toBe(false);
    expect(precedes(at('IN', '1:2', 1), event)).toBe(false);
  });

  it('follows each copy, but does not order copies of one packet', () => {
    const run = play(settingOf(diamondMulticast), 'IN 4:2', 'SW 4:2', 'SW 1:1', 'SW 2:1');
    const precedes = happensBefore(run, true);
    const [left, right] = [stepAt(run, 'SW', '1:1'), stepAt(run, 'SW', '2:1')];
    expect(precedes(stepAt(run, 'IN', '4:2'), left)).toBe(true);
    expect(precedes(stepAt(run, 'SW', '4:2'), right)).toBe(true);
    expect(precedes(left, right)).toBe(false);
  });

  it('has the edges of the controller in the causal specification only', () => {
    const run = play(settingOf(firewall), ...asks, 'RECV', 'SEND 1', 'IN 1:2 ip_dst=H4');
    const [event, entry] = [stepAt(run, 'SW', '4:1'), stepAt(run, 'IN', '1:2', 1)];
    expect(happensBefore(run, true)(event, entry)).toBe(true);
    expect(happensBefore(run, false)(event, entry)).toBe(false);
  });

  it('goes from a CTRLRECV to later CTRLSENDs, not to earlier ones', () => {
    const run = play(settingOf(firewall), ...asks, 'SEND 1', 'RECV', 'IN 1:2 ip_dst=H4');
    expect(happensBefore(run, true)(stepAt(run, 'SW', '4:1'), stepAt(run, 'IN', '1:2', 1))).toBe(false);
  });

  it('does not go from a CTRLSEND to one to another switch', () => {
    // Switch 4 has seen the event when it is informed, but the controller has heard of nothing when it informs switch
    // 1.
    const run = play(settingOf(firewall), ...asks, 'SEND 4', 'SEND 1', 'IN 1:2 ip_dst=H4');
    const precedes = happensBefore(run, true);
    expect(precedes(stepAt(run, 'SW', '4:1'), stepAt(run, 'CTRLSEND', '4'))).toBe(true);
    expect(precedes(stepAt(run, 'CTRLSEND', '1'), stepAt(run, 'IN', '1:2', 1))).toBe(true);
    expect(precedes(stepAt(run, 'SW', '4:1'), stepAt(run, 'IN', '1:2', 1))).toBe(false);
  });

  it('a message carries the past of all that has been heard, though it adds nothing', () => {
    // figure6 tells of event 0 once more when a second packet arrives at 1:1, and informs switch 2 of it once more.
    const packet = ['IN 4:2', 'SW 4:2', 'SW 1:1', 'RECV', 'SEND 2 {0}'];
    const run = play(settingOf(diamondMulticast, 'figure6'), ...packet, ...packet, 'IN 2:2');
    const [second, entry] = [stepAt(run, 'SW', '1:1', 1), stepAt(run, 'IN', '2:2')];
    expect(run.taken[second]!.step).toMatchObject({ packet: 1, detected: [0] });
    expect(happensBefore(run, true)(second, entry)).toBe(true);
  });
});

describe('the network trace', () => {
  const shown = (...script: readonly string[]) =>
    networkTrace(play(settingOf(firewall), ...script)).map(
      (lp) => `${lp.kind} ${lp.packet} ${lp.at.switch}:${lp.at.port} @${lp.step}`,
    );

  it('records IN, every later hop and every exit, but not the SW of the ingress hop', () => {
    expect(shown(...asks)).toEqual(['arrival 0 1:2 @0', 'arrival 0 4:1 @3', 'exit 0 4:2 @3']);
  });

  it('records a packet that its first switch drops once more, when that looks at it', () => {
    expect(shown('IN 4:2 ip_dst=H1', 'SW 4:2')).toEqual(['arrival 0 4:2 @0', 'drop 0 4:2 @1']);
  });

  it('matches events where packets arrive', () => {
    const setting = settingOf(firewall);
    const headers = setting.program.fields.map(({ domain }) => domain.indexOf('H4'));
    const arrival: LocatedPacket = { packet: 0, headers, at: { switch: 4, port: 1 }, step: 0, kind: 'arrival' };
    expect(matches(setting, arrival, 0)).toBe(true);
    expect(matches(setting, { ...arrival, kind: 'exit' }, 0)).toBe(false);
    expect(matches(setting, { ...arrival, at: { switch: 1, port: 1 } }, 0)).toBe(false);
    expect(matches(setting, { ...arrival, at: { switch: 4, port: 2 } }, 0)).toBe(false);
    expect(matches(setting, { ...arrival, headers: [0] }, 0)).toBe(false);
  });
});
