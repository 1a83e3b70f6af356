import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Counterexample, Semantics } from '../../src/execution/execution.js';
import { readDocuments } from '../../src/report/read/document.js';
import { orThrow } from '../../src/verbs/load.js';
import type { Result, TheoremName } from '../../src/workbench.js';
import { check, validateExecutions } from '../../src/workbench.js';
import { knockReset } from '../report/html/programs.js';

const fileOf = (name: string) => `models/${name}.snk`;
const sourceOf = (name: string) => readFileSync(fileOf(name));

const resultOf = async (name: string, semantics: Semantics, force = false): Promise<Result> =>
  (await check(sourceOf(name), fileOf(name), { semantics, force })).result;

/** What `validate` says of a result that was written to a file. */
function validationOf(name: string, result: unknown) {
  const reading = readDocuments(JSON.stringify(result));
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  return orThrow(validateExecutions(reading.documents[0]!, sourceOf(name), fileOf(name))).validation;
}

/** Programs whose state spaces are small, with one of each kind of violation, loops, and events at several switches. */
const rows: readonly [name: string, semantics: Semantics, force: boolean][] = [
  ['firewall', 'two-phase', false],
  ['firewall', 'best-effort', false],
  ['port-knocking', 'figure6', false],
  ['visible-counter', 'tagged', false],
  ['chain-bounce', 'tagged', false],
  ['concurrent-pair', 'tagged', false],
  ['cyclic', 'best-effort', false],
  ['figure-2b-nonlocal', 'tagged', true],
];

describe('the counterexamples of a result are confirmed', () => {
  it.each([...rows])('%s, %s', async (name, semantics, force) => {
    const result = await resultOf(name, semantics, force);
    const { confirmed, executions } = validationOf(name, result);
    const violated = Object.values(result.checks).filter(({ status }) => status === 'violated');
    expect(violated.length).toBeGreaterThan(0);
    expect(executions).toHaveLength(violated.length);
    expect(confirmed, JSON.stringify(executions.map(({ why }) => why))).toBe(true);
    for (const [i, { counterexample }] of violated.entries())
      expect(executions[i]!.steps).toEqual(counterexample!.steps);
  });

  it('of a clock, whose ids depend on the packets and on how far it is listed', async () => {
    const file = 'knock-reset.snk';
    const { result } = await check(knockReset, file, { semantics: 'best-effort', engine: 'explore' });
    const document = (changes: object) => {
      const reading = readDocuments(JSON.stringify({ ...result, ...changes }));
      if (!reading.ok) throw new Error(reading.problems.join('\n'));
      return validateExecutions(reading.documents[0]!, knockReset, file);
    };
    expect(result.checks['theorem1.causal']!.status).toBe('violated');
    expect(orThrow(document({})).validation.confirmed).toBe(true);
    // With fewer packets the events have other ids, which is said.
    expect(document({ options: { ...result.options, packets: 2 } })).toMatchObject({
      ok: false,
      why: expect.stringMatching(/^nes\.events\[\d+\] is not the program's/),
    });
    const [, second] = result.nes!.events;
    const events = [result.nes!.events[0]!, { ...second!, after: 2 }];
    expect(document({ nes: { ...result.nes, events } })).toMatchObject({ ok: false });
  });

  it('though their steps state no more than what was chosen', async () => {
    const result = await resultOf('firewall', 'best-effort');
    const needed = ['rule', 'at', 'headers', 'from', 'item', 'switch'];
    const bare = JSON.parse(JSON.stringify(result, (key, value) => (key === 'steps' ? value.map(only) : value)));
    const only1 = bare.checks['theorem1.paper'].counterexample.steps;
    function only(step: object) {
      return Object.fromEntries(Object.entries(step).filter(([key]) => needed.includes(key)));
    }
    expect(only1[1]).toEqual({ rule: 'SW', at: '1:2' });
    expect(validationOf('firewall', bare)).toMatchObject({ confirmed: true });
    expect(validationOf('firewall', bare).executions.map(({ steps }) => steps)).toEqual(
      validationOf('firewall', result).executions.map(({ steps }) => steps),
    );
  });
});

describe('a result that says something else is not confirmed', () => {
  /** The result with another counterexample to one check, alone. */
  const withCounterexample = (
    result: Result,
    name: TheoremName,
    change: (counterexample: Counterexample) => object,
  ): unknown => {
    const found = result.checks[name]!;
    const changed = { ...found.counterexample!, ...change(found.counterexample!) };
    return { ...result, checks: { [name]: { ...found, counterexample: changed } } };
  };

  const faults: readonly (readonly [string, (counterexample: Counterexample) => object, RegExp])[] = [
    ['another kind', () => ({ kind: 'too-early' }), /not in the way that is said/],
    ['another packet', () => ({ packet: 0 }), /not in the way that is said/],
    ['another event', () => ({ event: null }), /not in the way that is said/],
    ['events elsewhere', () => ({ occurrences: [{ event: 0, step: 1 }] }), /not in the way that is said/],
    ['no event at all', () => ({ occurrences: [] }), /not in the way that is said/],
    ['packets under way', ({ steps }) => ({ steps: steps.slice(0, 6) }), /still under way/],
    ['nothing wrong', ({ steps }) => ({ steps: [...steps.slice(0, 5), steps[7]!] }), /is kept/],
    ['nothing at all', () => ({ steps: [] }), /is kept/],
    ['a step left out', ({ steps }) => ({ steps: steps.toSpliced(2, 1) }), /^step 3 is impossible/],
    ['a step twice', ({ steps }) => ({ steps: steps.toSpliced(4, 0, steps[4]!) }), /^step 6 is impossible/],
    ['another tag', ({ steps }) => ({ steps: steps.with(6, { ...steps[6]!, tag: [0] } as never) }), /^step 7 is/],
  ];
  it.each(faults)('%s', async (_, change, why) => {
    const result = await resultOf('firewall', 'best-effort');
    const validation = validationOf('firewall', withCounterexample(result, 'theorem1.causal', change));
    expect(validation.confirmed).toBe(false);
    expect(validation.executions[0]!.why).toMatch(why);
  });

  it('more packets than enter at most', async () => {
    const result = await resultOf('firewall', 'best-effort');
    const fewer = { ...result, options: { ...result.options, packets: 1 } };
    expect(validationOf('firewall', fewer).executions[0]!).toMatchObject({ impossible: { step: 5 }, unreached: 2 });
  });

  it('more events than loops are unrolled to', async () => {
    const { checks, ...result } = await resultOf('cyclic', 'best-effort');
    const short = { ...result, nes: { bound: 1 }, checks };
    const [execution] = validationOf('cyclic', short).executions;
    expect(execution).toMatchObject({ confirmed: false, why: expect.stringMatching(/unrolled to \(1\)/) });
  });
});

describe('documents', () => {
  const problemsOf = (json: unknown): readonly string[] => {
    const reading = readDocuments(JSON.stringify(json));
    return reading.ok ? [] : reading.problems;
  };

  it('may be several, each with its own path', () => {
    const one = { steps: [{ rule: 'SW', at: 'x' }] };
    expect(problemsOf([{}, one])).toEqual([expect.stringMatching(/^\[1\]\.steps\[0\]\.at is "x"/)]);
  });

  it('name a malformed counterexample by its check', () => {
    const checks = { 'theorem1.paper': { status: 'violated', counterexample: { kind: 'late', steps: [] } } };
    expect(problemsOf({ checks })[0]).toMatch(/^checks\["theorem1.paper"\]\.counterexample\.kind is "late"/);
  });

  it('are never a fault of the tool, whatever they hold', () => {
    const values = [null, 1, 'x', true, [], {}, [null], [[]], { steps: null }, { steps: [null] }, { checks: [] }];
    const nested = values.flatMap((value) => [
      value,
      { program: value },
      { options: value },
      { nes: value },
      { network: value },
      { checks: { lemma3: value } },
      { checks: { lemma3: { status: 'violated', counterexample: value } } },
      [{ rule: value }],
      [{ rule: 'IN', at: value, headers: value }],
      JSON.parse('{"__proto__": {"steps": 7}, "checks": {"__proto__": {"status": 1}}}'),
    ]);
    for (const json of nested) expect(() => readDocuments(JSON.stringify(json))).not.toThrow();
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    for (const text of [deep, `{"steps": ${deep}}`, `{"program": ${deep}}`, `[{"rule": ${deep}}]`])
      expect(() => readDocuments(text)).not.toThrow();
    expect(readDocuments('{').ok).toBe(false);
    expect(problemsOf(Array(100).fill({ rule: 'FLY' }))).toHaveLength(21);
  });
});
