import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { members } from '../../src/events/event-set.js';
import { resultOf } from '../conformance/expectation.js';
import { settingOf } from '../oracle/setting.js';
import { modelFile } from './models.js';

const cyclic = modelFile('cyclic');
const source = readFileSync(cyclic, 'utf8');
const structureOf = (unroll: number, text = source) => settingOf(text, 'tagged', true, unroll).structure;

describe('a loop, unrolled (spec 2.5)', () => {
  it('has a chain of openings and closings as long as the bound', async () => {
    // Openings come first in the order of ids: 0 and 1, or 0 to 2.
    expect(structureOf(4).eventSets.map(members)).toEqual([[], [0], [0, 2], [0, 1, 2], [0, 1, 2, 3]]);
    expect(structureOf(5).eventSets.map(members)).toEqual([[], [0], [0, 3], [0, 1, 3], [0, 1, 3, 4], [0, 1, 2, 3, 4]]);
  });

  it('names the bound, and the sets that longer paths extend', async () => {
    for (const bound of [1, 2, 4, 7]) {
      const structure = structureOf(bound);
      expect(structure.bound).toBe(bound);
      expect(structure.frontier.map((set) => members(set).length)).toEqual([bound]);
    }
  });

  it('is unrolled to 4 × packets unless told otherwise', async () => {
    for (const packets of [1, 2])
      expect((await resultOf(cyclic, { packets, spec: 'causal' })).nes?.bound).toBe(4 * packets);
    expect((await resultOf(cyclic, { packets: 1, unroll: 3 })).nes?.bound).toBe(3);
  });

  it('has all its events together consistent, at any bound', async () => {
    for (const bound of [1, 3, 6])
      expect(structureOf(bound).maximal.map((set) => members(set).length)).toEqual([bound]);
  });

  it('gives no verdict where an execution may go past the bound, and names the limit', async () => {
    const { checks } = await resultOf(cyclic, { packets: 3, unroll: 2 });
    for (const name of ['lemma3', 'theorem1.paper', 'theorem1.causal'] as const) {
      expect(checks[name], name).toMatchObject({ status: 'unknown', limit: 'unroll', counterexample: null });
      expect(checks[name]?.why, name).toMatch(/bound/);
    }
  });

  it('gives the same verdicts and states at every bound that is large enough', async () => {
    const at = async (unroll: number) => (await resultOf(cyclic, { packets: 3, unroll })).checks;
    const near = await at(4);
    expect(near).toEqual(await at(12));
    expect(near.lemma3?.status).toBe('holds');
  });

  it('is a violation all the same where one lies within the bound', async () => {
    const { checks } = await resultOf(cyclic, { semantics: 'two-phase', packets: 2, unroll: 2 });
    expect(checks['theorem1.causal']?.status).toBe('violated');
  });
});

describe('without a loop', () => {
  it('there is no bound and no frontier', async () => {
    const structure = structureOf(1, readFileSync(modelFile('bandwidth-cap-3'), 'utf8'));
    expect(structure.bound).toBeNull();
    expect(structure.frontier).toEqual([]);
    expect(structure.eventSets.map(members)).toEqual([[], [0], [0, 1], [0, 1, 2]]);
  });

  it('is said to be listed in tables only where there are tables', async () => {
    const unproved = async (unroll: number) => {
      const { rules, checks } = await resultOf(cyclic, { packets: 1, unroll, engine: 'all', spec: 'causal' });
      return { hasTables: rules !== undefined, said: checks.lemma3?.unproved };
    };
    expect(await unproved(6)).toEqual({ hasTables: true, said: expect.stringContaining('tables hold the first') });
    expect(await unproved(3_000)).toEqual({ hasTables: false, said: undefined });
  });
});
