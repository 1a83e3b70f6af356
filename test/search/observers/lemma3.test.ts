import { describe, expect, it } from 'vitest';
import { singleton } from '../../../src/events/event-set.js';
import { knowledge } from '../../../src/network/knowledge.js';
import { type NetworkState, switchesTurn } from '../../../src/network/state.js';
import { variants } from '../../../src/network/variants/variants.js';
import { breaksLemma3 } from '../../../src/search/observers/lemma3.js';
import { bandwidthCap, conflictLocal } from '../../oracle/programs.js';
import { settingOf } from '../../oracle/setting.js';

/**
 * Two events that exclude each other. Rules that work put neither where the switches have not been before, so only
 * states made by hand tell the parts of Lemma 3 from each other (spec 4.2).
 */
const k = knowledge(settingOf(conflictLocal).structure);
const [one, other] = [k.intern(singleton(0)), k.intern(singleton(1))];

const state = (change: Partial<NetworkState>): NetworkState => ({
  global: 0,
  turn: switchesTurn,
  versions: [{ set: 0, ghost: 0 }],
  controllerQueue: [],
  eventSets: [0, 0, 0],
  ghosts: [0, 0, 0],
  oldest: [0, 0, 0],
  queues: [[], []],
  ...change,
});
const breaks = (change: Partial<NetworkState>) => breaksLemma3(k, variants.tagged(k), state(change));
const copy = (digest: number) => ({ kind: 0, digest, ghost: 0 });

describe('Lemma 3, on one state', () => {
  it.each<[string, Partial<NetworkState>]>([
    ['E_n of two switches', { eventSets: [0, one, other] }],
    ['E_n and R', { eventSets: [one, 0, 0], versions: [{ set: other, ghost: 0 }] }],
    ['E_n and Q', { eventSets: [one, 0, 0], controllerQueue: [{ item: other, ghost: 0 }] }],
    ['E_n and a digest', { eventSets: [one, 0, 0], queues: [[], [copy(0), copy(other)]] }],
    ['two digests', { queues: [[copy(one)], [copy(other)]] }],
    ['two items of Q', { controllerQueue: [one, other].map((item) => ({ item, ghost: 0 })) }],
    ['Q and R', { versions: [{ set: one, ghost: 0 }], controllerQueue: [{ item: other, ghost: 0 }] }],
  ])('is broken by what contradicts itself: %s', (_, change) => expect(breaks(change)).toBe(true));

  it('keeps what does not', () => {
    expect(breaks({})).toBe(false);
    const everywhere = {
      eventSets: [one, 0, one],
      controllerQueue: [{ item: one, ghost: 3 }],
      queues: [[copy(one)], []],
    };
    expect(breaks({ ...everywhere, versions: [{ set: one, ghost: 1 }] })).toBe(false);
    // What R once was is no part of the state: a message on its way says no more than R does.
    expect(
      breaks({
        versions: [
          { set: other, ghost: 0 },
          { set: one, ghost: 0 },
        ],
      }),
    ).toBe(false);
  });

  it('is broken by an E_n that is no event-set, though it is consistent', () => {
    const cap = knowledge(settingOf(bandwidthCap).structure);
    const second = cap.intern(singleton(1));
    expect(cap.isConsistent(second)).toBe(true);
    expect(breaksLemma3(cap, variants.figure6(cap), state({ eventSets: [0, second, 0] }))).toBe(true);
    expect(breaksLemma3(cap, variants.figure6(cap), state({ queues: [[copy(second)], []] }))).toBe(false);
  });

  it('takes labels in Q for no events (two-phase, best-effort)', () => {
    const labels = { controllerQueue: [0, 1].map((item) => ({ item, ghost: 0 })) };
    expect(breaksLemma3(k, variants['two-phase'](k), state(labels))).toBe(false);
    expect(breaksLemma3(k, variants['best-effort'](k), state({ ...labels, eventSets: [0, one, other] }))).toBe(true);
  });
});
