import { describe, expect, it } from 'vitest';
import type { Semantics } from '../../src/execution/execution.js';
import { initialNetwork, type NetworkState } from '../../src/execution/state.js';
import { type Judgement, judgeCausal, judgeLemma3, judgePaper, judgeState } from '../../src/theorems/index.js';
import { play } from '../execution/play.js';
import {
  capVisible,
  chainBounce,
  chainOfTwo,
  conflictLocal,
  decidedElsewhere,
  diamondMulticast,
  firewall,
  midway,
  portKnocking,
} from '../oracle/programs.js';
import { settingOf } from '../oracle/setting.js';

/** What is wrong, without the words: `too-late 1 0` is of packet 1 and event 0. */
const short = (judgement: Judgement | ReturnType<typeof judgeLemma3>): string =>
  judgement.kind === 'violated'
    ? judgement.violations
        .map(({ kind, packet, event }) => [kind, packet, event].filter((x) => x !== null).join(' '))
        .join(', ')
    : judgement.kind;

function judge(source: string, semantics: Semantics, ...script: readonly string[]) {
  const run = play(settingOf(source, semantics), ...script);
  return { lemma3: short(judgeLemma3(run)), paper: short(judgePaper(run)), causal: short(judgeCausal(run)) };
}

const kept = { lemma3: 'kept', paper: 'kept', causal: 'kept' };

describe('firewall', () => {
  const asks = ['IN 1:2 ip_dst=H4', 'SW 1:2', 'SW 4:1'];
  const answer = ['IN 4:2 ip_dst=H1', 'SW 4:2'];

  it('best-effort answers too late: switch 4 saw the event, and drops the packet that it should let through', () => {
    expect(judge(firewall, 'best-effort', ...asks, ...answer)).toEqual({
      lemma3: 'kept',
      paper: 'too-late 1 0',
      causal: 'too-late 1 0',
    });
    expect(judge(firewall, 'two-phase', ...asks, ...answer)).toMatchObject({ paper: 'too-late 1 0' });
    expect(judge(firewall, 'best-effort', ...asks, 'RECV', 'SEND 4', 'SEND 1', ...answer, 'SW 1:1')).toEqual(kept);
  });

  it('tagged answers at once', () => {
    expect(judge(firewall, 'tagged', ...asks, ...answer, 'SW 1:1')).toEqual(kept);
  });

  it('may drop a packet that entered before the event, though it is looked at after it', () => {
    const [enters, looked] = answer as [string, string];
    expect(judge(firewall, 'tagged', enters, ...asks, looked)).toEqual(kept);
    // One SW before the event suffices, too: the answer is dropped before the first packet arrives.
    expect(judge(firewall, 'best-effort', ...answer, ...asks)).toEqual(kept);
  });

  it('says nothing of Theorem 1 while a packet is under way', () => {
    expect(judge(firewall, 'tagged', ...asks.slice(0, 2))).toEqual({
      lemma3: 'kept',
      paper: 'incomplete',
      causal: 'incomplete',
    });
    expect(judge(firewall, 'tagged')).toEqual(kept);
  });
});

describe('what the controller said', () => {
  it('counts in the causal definition only', () => {
    // Switch 3 is informed of the event, so all of packet 1 is after it; but switch 2, which decides, is not.
    const script = ['IN 2:2', 'SW 2:2', 'SW 1:1', 'RECV', 'SEND 3', 'IN 3:2', 'SW 3:2', 'SW 2:3'];
    const causal = 'too-late 1 0';
    expect(judge(decidedElsewhere, 'best-effort', ...script)).toEqual({ ...kept, causal });
    expect(judge(decidedElsewhere, 'best-effort', ...script.toSpliced(3, 2, 'SEND 3', 'RECV'))).toEqual(kept);
    expect(judge(decidedElsewhere, 'tagged', ...script)).toEqual(kept);
  });
});

describe('a counter whose every value shows', () => {
  const enter = ['IN 1:2', 'SW 1:2'];
  it('breaks the definition of the paper under tagged with three packets, and keeps the causal one', () => {
    const script = [...enter, ...enter, 'SW 4:1', 'SW 4:1', 'IN 4:2', 'SW 4:2', 'SW 1:1'];
    expect(judge(capVisible, 'tagged', ...script)).toEqual({
      lemma3: 'kept',
      paper: 'mixture 2',
      causal: 'kept',
    });
  });

  it('is too early for the paper where a fourth packet is what the definition counts second', () => {
    // Packets 0 and 1 enter unmarked, and the network counts both. Packet 2 enters knowing of the first alone: for the
    // definition, which did not count packet 1, it is event 1. All of packet 3, marked by both, is before that.
    const script = ['IN 1:2', 'SW 1:2', 'IN 1:2', 'SW 1:2', 'SW 4:1', 'RECV', 'SEND 1', 'IN 1:2', 'SW 4:1'];
    const marked = ['IN 4:2', 'SW 4:2', 'SW 1:1'];
    expect(judge(capVisible, 'tagged', ...script, ...marked, 'SW 1:2', 'SW 4:1')).toEqual({
      lemma3: 'kept',
      paper: 'too-early 3 1',
      causal: 'kept',
    });
    // Switch 1 is the clock: with its last hop after the SW of packet 2 there, packet 3 is not all before.
    const later = ['IN 4:2', 'SW 4:2', 'SW 1:2', 'SW 1:1', 'SW 4:1'];
    expect(judge(capVisible, 'tagged', ...script, ...later)).toEqual(kept);
  });
});

describe('a chain of two events', () => {
  it('by one packet: the definition of the paper counts the first only', () => {
    const bounce = ['IN 1:2', 'SW 1:2', 'SW 4:1', 'SW 1:1'];
    expect(judge(chainBounce, 'tagged', ...bounce)).toEqual(kept);
    expect(judge(chainBounce, 'tagged', ...bounce, ...bounce)).toMatchObject({ paper: 'mixture 1', causal: 'kept' });
  });

  it('figure6 tells a switch of the second without the first', () => {
    const knock = ['IN 4:2 ip_dst=H1', 'SW 4:2', 'SW 1:1', 'RECV', 'SEND 4', 'IN 4:2 ip_dst=H2', 'SW 4:2', 'SW 2:1'];
    expect(judge(portKnocking, 'figure6', ...knock, 'RECV')).toEqual(kept);
    expect(judge(portKnocking, 'figure6', ...knock, 'RECV', 'SEND 3 {1}')).toEqual({
      ...kept,
      lemma3: 'undefined-configuration',
    });
    expect(judge(portKnocking, 'figure6', ...knock, 'RECV', 'SEND 3 {1}', 'IN 3:2')).toEqual({
      lemma3: 'undefined-configuration',
      paper: 'undefined-configuration 2',
      causal: 'undefined-configuration 2',
    });
    expect(
      judge(portKnocking, 'figure6', ...knock, 'RECV', 'SEND 3 {1}', 'SEND 3 {0,1}', 'IN 3:2', 'SW 3:2'),
    ).toMatchObject({ lemma3: 'undefined-configuration', paper: 'incomplete' });
  });
});

describe('two events far apart, by the copies of one packet', () => {
  it('no chain fits a packet that has heard of the second only', () => {
    const script = ['IN 4:2', 'SW 4:2', 'SW 1:1', 'SW 2:1', 'IN 2:2', 'SW 2:2', 'SW 4:3'];
    expect(judge(diamondMulticast, 'tagged', ...script)).toEqual({
      lemma3: 'kept',
      paper: 'mixture 1',
      causal: 'kept',
    });
    const other = script.toSpliced(2, 2, 'SW 2:1', 'SW 1:1');
    expect(judge(diamondMulticast, 'tagged', ...other)).toEqual(kept);
  });
  it('figure6 sends one event of the two that the controller has heard of, and so lets the other come too late', () => {
    // The message to switch 2 carries the past of both events, but says only what that switch knows already.
    const both = ['IN 4:2', 'SW 4:2', 'SW 1:1', 'SW 2:1', 'RECV', 'RECV', 'SEND 2 {1}'];
    const lets = judge(diamondMulticast, 'figure6', ...both, 'IN 2:2', 'SW 2:2', 'SW 4:3');
    expect(lets).toMatchObject({ lemma3: 'kept', causal: 'too-late 1 0' });
    expect(judge(diamondMulticast, 'tagged', ...both.with(6, 'SEND 2 {0,1}'), 'IN 2:2', 'SW 2:2')).toEqual(kept);
  });
});

describe('a state that is tested twice on a path', () => {
  it('best-effort mixes two configurations within one packet', () => {
    const first = ['IN 1:2', 'SW 1:2', 'SW 2:1', 'SW 3:1', 'RECV'];
    const second = ['IN 1:2', 'SW 1:2', 'SEND 2', 'SEND 3', 'SW 2:1', 'SW 3:1'];
    expect(judge(midway, 'best-effort', ...first, ...second)).toEqual({
      lemma3: 'kept',
      paper: 'mixture 1',
      causal: 'mixture 1',
    });
    expect(judge(midway, 'two-phase', ...first, ...second)).toEqual(kept);
  });
});

describe('two hosts of which only the first may be answered', () => {
  const both = ['IN 1:2 ip_dst=H4', 'SW 1:2', 'IN 2:2 ip_dst=H4', 'SW 2:2', 'SW 4:1', 'SW 4:3'];
  it('figure6 detects both events, tagged the first', () => {
    expect(judge(conflictLocal, 'figure6', ...both)).toEqual({
      ...kept,
      lemma3: 'inconsistent, undefined-configuration',
    });
    expect(judge(conflictLocal, 'tagged', ...both)).toEqual(kept);
  });
  it('the definitions count the first only, and so does the controller', () => {
    const answer = ['IN 4:2 ip_dst=H1', 'SW 4:2', 'SW 1:1'];
    expect(judge(conflictLocal, 'tagged', ...both, ...answer)).toEqual(kept);
    const informed = [...both, 'RECV', 'RECV', 'SEND 4 {0}', 'SEND 1', ...answer];
    expect(judge(conflictLocal, 'two-phase', ...informed)).toEqual(kept);
  });
});

describe('a controller that counts what did not happen', () => {
  // Under two-phase it hears of a packet to switch 3 that came before event 0, takes it after that, and counts it as
  // event 1.
  const early = ['IN 1:2 vlan_id=1', 'SW 1:2', 'SW 3:1', 'IN 1:2 vlan_id=0', 'SW 1:2', 'SW 2:1'];
  const counted = [...early, 'RECV 1', 'RECV 0', 'SEND 1 {0,1}', 'IN 1:2 vlan_id=2', 'SW 1:2'];
  it('a packet that knows of it is a mixture if it never happens', () => {
    const mixture = 'mixture 2';
    expect(judge(chainOfTwo, 'two-phase', ...counted)).toEqual({ ...kept, paper: mixture, causal: mixture });
  });
  it('and too early if it happens after all of that packet', () => {
    const happens = ['IN 1:2 vlan_id=1', 'SW 1:2', 'SW 3:1'];
    const tooEarly = 'too-early 2 1';
    const verdicts = { ...kept, paper: tooEarly, causal: tooEarly };
    expect(judge(chainOfTwo, 'two-phase', ...counted, ...happens)).toEqual(verdicts);
  });
  it('but it takes nothing for event 1 before it knows of event 0', () => {
    const inOrder = [...early, 'RECV 0', 'RECV 0', 'SEND 1 {0}', 'IN 1:2 vlan_id=2', 'SW 1:2'];
    expect(judge(chainOfTwo, 'two-phase', ...inOrder)).toEqual(kept);
  });
});

describe('Lemma 3 looks everywhere', () => {
  const setting = settingOf(conflictLocal);
  const state = initialNetwork(setting);
  const idle = state.switches[1]!;
  const copy = { packet: 0, headers: [0], position: [0], tag: 0n, digest: 2n, sentBy: 0 };
  const leaving = { ...copy, port: 1, finished: true, to: undefined };
  const knows = (n: number, change: object) => ({
    ...state,
    switches: { ...state.switches, [n]: { ...idle, ...change } },
  });
  const rows: [string, NetworkState][] = [
    ['Q', { ...state, controllerQueue: [{ item: 2n, told: 0 }] }],
    ['R', { ...state, known: 2n }],
    ['E_n', knows(2, { eventSet: 2n })],
    ['digests that wait', knows(2, { inputs: { 2: [copy] } })],
    ['digests that leave', knows(2, { outputs: { 1: [leaving] } })],
  ];
  it.each(rows)('%s', (_, other) => {
    expect(judgeState(setting, other)).toEqual([]);
    const both = { ...other, switches: { ...other.switches, 4: { ...idle, eventSet: 1n } } };
    expect(judgeState(setting, both)).toMatchObject([{ kind: 'inconsistent' }]);
  });
  it('but a label told is no event', () => {
    const told = {
      ...state,
      controllerQueue: [
        { item: 1n, told: 0 },
        { item: 2n, told: 1 },
      ],
    };
    expect(judgeState(settingOf(conflictLocal, 'two-phase'), told)).toEqual([]);
    expect(judgeState(setting, told)).toMatchObject([{ kind: 'inconsistent' }]);
  });
});
