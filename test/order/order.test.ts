import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocuments } from '../../src/report/read/document.js';
import { orThrow } from '../../src/verbs/load.js';
import {
  type CheckOptions,
  check,
  type Rejection,
  type Result,
  type Semantics,
  validateExecutions,
} from '../../src/workbench.js';
import { faultsOf } from '../report/rerun.js';

/** An event by what it is, not by its id: that depends on how far loops are unrolled. */
interface ExpectedEvent {
  readonly formula: string;
  readonly at: string;
  readonly occurrence: number;
  readonly time?: number;
  /** The formulas of its history, its own last. */
  readonly history?: readonly string[];
}

type Status = 'holds' | 'violated';
interface ExpectedRun {
  readonly semantics: Semantics;
  readonly controller: 'on' | 'off';
  readonly packets: number;
  readonly lemma3: Status;
  readonly 'theorem1.paper': Status;
  readonly 'theorem1.causal': Status;
}

/** What the definitions say of a program, found by plain enumeration: see /work/shared/cases/README.md. */
interface Expectation {
  readonly rejected?: Rejection['code'];
  readonly events?: readonly ExpectedEvent[];
  readonly runs?: readonly ExpectedRun[];
}

const here = import.meta.dirname;
const expected = JSON.parse(readFileSync(path.join(here, 'expected.json'), 'utf8')) as Record<string, Expectation>;
const textOf = (name: string): string => readFileSync(path.join(here, `${name}.snk`), 'utf8');
const original = path.resolve(here, '../../../shared/cases/order');

const resultOf = async (name: string, options: CheckOptions): Promise<Result> =>
  (await check(textOf(name), `${name}.snk`, { timeout_ms: 5 * 60_000, engine: 'explore', ...options })).result;

/** What `validate` says of the executions of a document. */
function confirmed(name: string, json: string): boolean {
  const reading = readDocuments(json);
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  return orThrow(validateExecutions(reading.documents[0]!, textOf(name), `${name}.snk`)).validation.confirmed;
}

/** The events of a result as expected.json writes them, up to some time. */
function eventsOf({ nes }: Result, upTo: number): ExpectedEvent[] {
  const { events } = nes!;
  const historyOf = (id: number): string[] => {
    const { formula, after } = events[id]!;
    return [...(after == null ? [] : historyOf(after)), formula];
  };
  return events
    .filter(({ time }) => time === undefined || time <= upTo)
    .map(({ id, formula, at, occurrence, time }) => ({
      formula,
      at,
      occurrence,
      ...(time === undefined ? {} : { time, history: historyOf(id) }),
    }));
}

const sorted = (events: readonly ExpectedEvent[]): string[] =>
  events
    .map(({ formula, at, occurrence, time, history }) => JSON.stringify({ formula, at, occurrence, time, history }))
    .sort();

describe.each(Object.entries(expected))('%s', (name, { rejected, events, runs = [] }) => {
  it(rejected ? `is rejected: ${rejected}, however many packets enter` : 'is accepted', async () => {
    for (const packets of [1, 3]) {
      const result = await resultOf(name, { packets, maxStates: 1 });
      expect(result.rejected?.code).toBe(rejected);
    }
  });

  if (events)
    it('has its events, by formula, place, occurrence, time and history', async () => {
      const result = await resultOf(name, { packets: 3, maxStates: 1 });
      const upTo = Math.max(0, ...events.map(({ time = 0 }) => time));
      expect(sorted(eventsOf(result, upTo))).toEqual(sorted(events));
    });

  for (const { semantics, controller, packets, ...statuses } of runs)
    it(`${semantics}, controller ${controller}, ${packets} packets`, async () => {
      const result = await resultOf(name, { semantics, controller: controller === 'on', packets });
      const json = JSON.stringify(result);
      // A proof for any number of packets is one for these.
      const found = Object.entries(result.checks)
        .filter(([check]) => check in statuses)
        .map(([check, { status }]) => [check, status === 'proved' ? 'holds' : status]);
      expect(Object.fromEntries(found)).toEqual(statuses);
      // Each execution is re-run, by the definitions word for word and by the verb that users have.
      expect(faultsOf(json, textOf(name))).toEqual([]);
      if (Object.values(statuses).includes('violated')) expect(confirmed(name, json)).toBe(true);
    });
});

describe('the files', () => {
  const names = (folder: string) => readdirSync(folder).filter((name) => /\.(snk|json)$/.test(name));

  it('are 22 programs, each with an expectation', () => {
    expect(Object.keys(expected)).toHaveLength(22);
    expect(names(here).sort()).toEqual([...Object.keys(expected).map((name) => `${name}.snk`), 'expected.json'].sort());
  });

  it.skipIf(!existsSync(original))('are copies of those that were found', () => {
    expect(names(here)).toEqual(names(original));
    for (const name of names(original)) {
      const [copy, first] = [here, original].map((folder) => readFileSync(path.join(folder, name), 'utf8'));
      if (name.endsWith('.json')) expect(JSON.parse(copy!)).toEqual(JSON.parse(first!));
      else expect(copy).toBe(first);
    }
  });
});
