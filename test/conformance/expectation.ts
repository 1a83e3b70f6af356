import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import {
  type CheckOptions,
  check,
  type Rejection,
  type Result,
  type Semantics,
  type ShownCheck,
  type TheoremName,
} from '../../src/workbench.js';

/** What one check of a run must give; `packetsNeeded` are the fewest packets of a counterexample. */
export interface ExpectedCheck {
  readonly status: 'holds' | 'violated';
  readonly packetsNeeded?: number;
}

export interface ExpectedRun {
  readonly semantics: Semantics;
  readonly controller: boolean;
  readonly packets: number;
  /** Whether the run takes too long for every day. */
  readonly nightly?: boolean;
  readonly checks: Readonly<Record<TheoremName, ExpectedCheck>>;
}

/** What is expected of one program: the entries of expected.json, here and in models/. */
export interface Expectation {
  readonly rejected: Rejection['code'] | null;
  readonly line?: number | null;
  readonly column?: number | null;
  readonly ets?: NonNullable<Result['ets']>;
  readonly nes?: NonNullable<Result['nes']>;
  readonly runs?: readonly ExpectedRun[];
  /** Runs with `--force`. */
  readonly forcedRuns?: readonly ExpectedRun[];
}

/** The top of the repository. */
export const root = path.resolve(import.meta.dirname, '../..');

/** The entries of an expected.json, by program. */
export const readExpectations = <Entry extends Expectation>(file: string): Readonly<Record<string, Entry>> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, Entry>;

/** A run in words, as the name of its test. */
export const nameOf = ({ semantics, controller, packets }: ExpectedRun): string =>
  `${semantics}, ${packets} packets${controller ? '' : ', no controller'}`;

/** A search that does not end within this time fails the test. */
const timeout_ms = 10 * 60_000;

/** What the workbench says of a file; it explores unless the options ask for another engine. */
export const resultOf = async (file: string, options: CheckOptions = {}): Promise<Result> =>
  (await check(readFileSync(file), path.basename(file), { timeout_ms, engine: 'explore', ...options })).result;

/** Expects the checks of a run, each with its status and the fewest packets; hands back its result. */
export async function expectRun(file: string, run: ExpectedRun, force: boolean): Promise<Result> {
  const { semantics, controller, packets } = run;
  const result = await resultOf(file, { semantics, controller, packets, force });
  expect(result.rejected).toBeNull();
  expect(Object.fromEntries(Object.entries(result.checks).map(([name, shown]) => [name, inShort(shown)]))).toEqual(
    run.checks,
  );
  return result;
}

/** Expects the same of a run under `tagged` where all is proved that can be, and all is explored to compare with it. */
export async function expectCrossCheck(file: string, run: ExpectedRun): Promise<void> {
  const { semantics, controller, packets } = run;
  const options: CheckOptions = { semantics, controller, packets, engine: 'all', crossCheck: 'full' };
  const { tables: _, ...checks } = (await resultOf(file, options)).checks;
  const shown = Object.entries(checks);
  expect(Object.fromEntries(shown.map(([name, check]) => [name, inShort(check)]))).toEqual(run.checks);
  for (const [, { status, crossCheck, states }] of shown)
    expect(crossCheck).toEqual(status === 'proved' ? { packets, states, complete: true } : undefined);
}

/** A verdict as expected.json writes it: a proof for any number of packets covers the run's. */
function inShort({ status, counterexample }: Pick<ShownCheck, 'status' | 'counterexample'>): object {
  const fewest = counterexample?.steps.filter(({ rule }) => rule === 'IN').length;
  return { status: status === 'proved' ? 'holds' : status, ...(fewest === undefined ? {} : { packetsNeeded: fewest }) };
}

/** Expects the code of the rejection, or that there is none, and its place where one is given. */
export async function expectRejection(file: string, { rejected, line, column }: Expectation): Promise<void> {
  const actual = (await resultOf(file, { packets: 1 })).rejected;
  expect(actual?.code ?? null).toBe(rejected);
  if (line != null) expect({ line: actual?.line, column: actual?.column }).toEqual({ line, column });
}

/**
 * Expects the transition system and the event structure to the letter; `nes` is what it is for the bound on loops that
 * it names.
 */
export async function expectStructures(file: string, { ets, nes }: Expectation): Promise<void> {
  const actual = await resultOf(file, { packets: 1, ...(nes?.bound == null ? {} : { unroll: nes.bound }) });
  if (ets) expect(actual.ets).toEqual(ets);
  if (nes) expect(withoutBlocks(actual.nes!)).toEqual(nes);
}

/**
 * A structure as expectations have it that are older than blocks and clocks, which test/events and test/order hold
 * against their definitions.
 */
export function withoutBlocks({ blocks: _, complete, events, ...rest }: NonNullable<Result['nes']>): object {
  // Longer paths than the bound may have more events and event-sets, and where there is no bound all are listed.
  expect(complete).toBe(rest.bound === null ? undefined : false);
  return { ...rest, events: events.map(({ time: _time, clock: _clock, after: _after, ...event }) => event) };
}
