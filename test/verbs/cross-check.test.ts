import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explore } from '../../src/search/explorer.js';
import { sharedSession } from '../../src/smt/solver/shared-session.js';
import { checkNames, checks, theorems } from '../../src/theorems/checks.js';
import type { CheckpointFolder } from '../../src/verbs/checkpoint.js';
import { crossCheckNames, inOrder, leastStates, shares } from '../../src/verbs/cross-check.js';
import { decide } from '../../src/verbs/decide.js';
import { type CheckOptions, check, showResult } from '../../src/workbench.js';
import { modelSource } from '../compiler/compiled.js';
import { modelFile } from '../models/models.js';
import { budget, problemOf } from '../search/differential.js';

const resultOf = async (name: string, options: CheckOptions = {}) =>
  (await check(readFileSync(modelFile(name)), `${name}.snk`, options)).result;

/** What is said of each theorem. */
const theoremsOf = async (name: string, options: CheckOptions = {}) => {
  const { checks: said } = await resultOf(name, options);
  return checkNames.map((check) => said[check]!);
};

const statuses = async (name: string, options: CheckOptions) =>
  (await theoremsOf(name, options)).map(({ status }) => status);

describe('what is proved', () => {
  it('is explored as a cross-check, which of a small program comes to the end that --engine explore comes to', async () => {
    const [lemma3] = await theoremsOf('firewall', { engine: 'explore' });
    const found = await theoremsOf('firewall');
    const { states, covered } = lemma3!;
    // (Without a proof of the tables the others are compared with them, too, and have more states.)
    expect(found[0]).toEqual({
      status: 'proved',
      states,
      counterexample: null,
      covered,
      crossCheck: { packets: 3, states, complete: true },
    });
    for (const { status, states, crossCheck } of found)
      expect({ status, crossCheck }).toEqual({
        status: 'proved',
        crossCheck: { packets: 3, states, complete: true },
      });
    expect(await theoremsOf('firewall', { crossCheck: 'full' })).toEqual(found);
  });

  it('is proved all the same where its cross-check meets a limit', async () => {
    const most = { maxStates: 30 };
    const result = await resultOf('firewall', most);
    for (const name of checkNames)
      expect(result.checks[name]).toEqual({
        status: 'proved',
        states: 31,
        counterexample: null,
        crossCheck: { packets: 1, states: 31, complete: false },
      });
    expect(showResult(result)).toMatch(
      /Lemma 3 +proved {4}for any number of packets {2}cross-checked up to 1 packet, 31 states\n/,
    );
    expect(showResult(result)).not.toContain('explored');
    for (const check of await theoremsOf('firewall', { ...most, engine: 'explore' }))
      expect(check).toEqual({
        status: 'unknown',
        states: 31,
        counterexample: null,
        limit: 'max-states',
        why: 'more than 30 states (--max-states); no violation with up to 1 packet',
      });
  });

  it('says so where not even executions without packets were explored', async () => {
    const result = await resultOf('cyclic', { unroll: 1, spec: 'causal' });
    // The rules have endlessly many events; the executions that go past the bound were cut short.
    expect(result.checks.lemma3).toMatchObject({ status: 'proved', crossCheck: { packets: null, complete: false } });
    expect(showResult(result)).toContain('cross-checked in part');
  });

  it('is not explored if that is wished', async () => {
    for (const check of await theoremsOf('firewall', { crossCheck: 'off' }))
      expect(check).toEqual({ status: 'proved', states: 0, counterexample: null });
  });

  it.each(['concurrent-pair', 'ids', 'visible-counter'])(
    'has no bearing on what is not, however far it is explored: %s',
    async (name) => {
      const whole = await theoremsOf(name, { crossCheck: 'full' });
      const rest = whole.filter(({ status }) => status !== 'proved');
      expect(rest).not.toEqual([]);
      for (const crossCheck of crossCheckNames) {
        const found = await theoremsOf(name, { crossCheck });
        expect(found.map(({ status }) => status)).toEqual(whole.map(({ status }) => status));
        expect(found.filter(({ status }) => status !== 'proved')).toEqual(rest);
      }
    },
  );

  it('is explored by no other engine, and under no other semantics', async () => {
    for (const options of [{ engine: 'explore' }, { engine: 'smt', packets: 1 }, { semantics: 'figure6' }] as const)
      for (const crossCheck of crossCheckNames)
        expect(await theoremsOf('firewall', { ...options, crossCheck })).toEqual(await theoremsOf('firewall', options));
  });

  it('does not count if the tables are not known to do what the rules say: then all is explored', async () => {
    const problem = problemOf({
      source: modelSource('firewall'),
      semantics: 'tagged',
      controller: true,
      packets: 2,
      unroll: 8,
    });
    if (typeof problem === 'string') throw new Error(problem);
    const about = { file: 'a.snk', program: '', wanted: checks, session: sharedSession() };
    for (const crossCheck of crossCheckNames) {
      const found = await decide({ problem, ...about, tables: { late: 'too late' }, options: { crossCheck } });
      for (const name of checkNames) {
        expect(found[name]).toMatchObject({ status: 'holds', unproved: 'what the tables do is not proved' });
        expect(found[name]).not.toHaveProperty('crossCheck');
      }
    }
  });

  it('is kept by --resume, and a cross-check that was cut goes on', async () => {
    const kept = new Map<string, Uint8Array>();
    const resume: CheckpointFolder = {
      read: (name) => kept.get(name),
      write: (name, bytes) => void kept.set(name, bytes),
      onProblem: (message) => expect.unreachable(message),
    };
    const cut = await theoremsOf('firewall', { resume, maxStates: 30 });
    expect(cut.map(({ crossCheck }) => crossCheck?.complete)).toEqual([false, false, false]);
    const whole = await theoremsOf('firewall');
    expect(await theoremsOf('firewall', { resume })).toEqual(whole);
    expect(await theoremsOf('firewall', { resume, crossCheck: 'full' })).toEqual(whole);
  });
});

describe('what is explored', () => {
  /** The checks in the order in which their exploration begins. */
  const orderOf = async (name: string, options: CheckOptions = {}) => {
    const begun = new Set<string>();
    await resultOf(name, { ...options, onProgress: (check) => begun.add(check) });
    return [...begun];
  };

  it('begins with what a condition of the proof does not hold of', async () => {
    expect(await orderOf('chain-bounce')).toEqual(['theorem1.paper', 'lemma3', 'theorem1.causal']);
    expect(await orderOf('chain-bounce', { crossCheck: 'off' })).toEqual(['theorem1.paper']);
    expect(await orderOf('chain-bounce', { engine: 'explore' })).toEqual([...checkNames]);
    expect(await orderOf('firewall')).toEqual([...checkNames]);
    expect(await statuses('chain-bounce', { crossCheck: 'off' })).toEqual(['proved', 'violated', 'proved']);
  });

  it('comes from what is refuted by what is open to what is proved', () => {
    const of = new Map([
      ['lemma3', { kind: 'proved' }],
      ['theorem1.paper', { kind: 'unknown', why: 'open' }],
      ['theorem1.causal', { kind: 'unknown', why: 'refuted', isRefuted: true }],
    ] as const);
    expect(inOrder(checks, { of, took_ms: 0 }).map(({ name }) => name)).toEqual([
      'theorem1.causal',
      'theorem1.paper',
      'lemma3',
    ]);
  });
});

describe('the budget of a cross-check', () => {
  const problem = problemOf({
    source: modelSource('port-knocking'),
    semantics: 'tagged',
    controller: true,
    packets: 3,
    unroll: 12,
  });
  if (typeof problem === 'string') throw new Error(problem);
  const past = -1;

  it('ends it once its time is over and the states are visited that it has at least', () => {
    const whole = explore(problem, theorems.lemma3, budget);
    expect(whole.status).toBe('holds');
    const cut = explore(problem, theorems.lemma3, { ...budget, enough: { time: past, states: 100 } });
    expect(cut).toMatchObject({ status: 'unknown', limit: 'timeout', reached: expect.any(Number) });
    expect(cut.states).toBeGreaterThanOrEqual(100);
    expect(cut.states).toBeLessThan(whole.states);
    for (const enough of [
      { time: past, states: leastStates },
      { time: Number.POSITIVE_INFINITY, states: 0 },
    ])
      expect(explore(problem, theorems.lemma3, { ...budget, enough })).toEqual(whole);
  });

  it('is no longer than the time of the check, whatever states it has at least', () => {
    const enough = { time: past, states: leastStates };
    expect(explore(problem, theorems.lemma3, { ...budget, deadline: past, enough })).toMatchObject({
      status: 'unknown',
      limit: 'timeout',
    });
  });

  it('is a share of the time that the proofs took, from when the first begins, with what those before have left', () => {
    let now = 0;
    const share = shares(3, 900, () => now);
    now = 1_000;
    expect(share()).toEqual({ time: 1_300, states: leastStates });
    now = 1_100;
    expect(share()).toEqual({ time: 1_500, states: leastStates });
    now = 2_500;
    expect(share()).toEqual({ time: 2_500, states: leastStates });
  });
});
