import { defaultLimits, LimitReached } from '../base/limits.js';
import { allRuns } from '../execution/all-runs.js';
import { entriesOf } from '../execution/entries.js';
import type { Semantics } from '../execution/execution.js';
import { randomNumbers, randomRun } from '../execution/random-runs.js';
import type { Run } from '../execution/run.js';
import type { Setting } from '../execution/state.js';
import { type Conformance, conformance, upTo } from '../replay/conform.js';
import { type Driver, SwitchFailed } from '../replay/drivers/driver.js';
import { prepareReplay } from './replay.js';

/** How to compare switches with the rules. */
export interface ConformOptions {
  readonly semantics: Semantics;
  readonly packets: number;
  /** Random executions, or every one (execution/all-runs.ts) up to a number of them. */
  readonly which:
    | { readonly kind: 'random'; readonly executions: number; readonly seed: number }
    | { readonly kind: 'all'; readonly limit: number };
}

/** What came of it. */
export interface Conformed extends Conformance {
  /** Whether there are no other executions; null if they were chosen at random. */
  readonly isAll: boolean | null;
}

/** Plays executions of the rules on switches, to see whether the compiled program does there what the rules of spec 3 say. */
export async function conform(
  source: Uint8Array | string,
  file: string,
  { semantics, packets, which }: ConformOptions,
  driver: Driver,
): Promise<Conformed | { readonly problem: string }> {
  const runnable = prepareReplay(source, file, { semantics, controller: true, unroll: 4 * packets });
  if ('problem' in runnable) return { problem: `${file}: ${runnable.problem}` };
  const { setting, tables } = runnable;
  try {
    if (which.kind === 'random') {
      const runs = randomRuns(setting, packets, which.executions, which.seed);
      return { ...(await conformance(tables, setting, runs, driver)), isAll: null };
    }
    const { runs, isAll } = upTo(allRuns(setting, entriesOf(setting, defaultLimits), packets), which.limit);
    return { ...(await conformance(tables, setting, runs, driver)), isAll: isAll() };
  } catch (error) {
    if (error instanceof LimitReached) return { problem: `${file}: the program needs ${error.message}` };
    if (error instanceof SwitchFailed) return { problem: [error.message, ...error.log.slice(-5)].join('\n') };
    throw error;
  }
}

function* randomRuns(setting: Setting, packets: number, count: number, seed: number): Generator<Run> {
  const random = randomNumbers(seed);
  for (let i = 0; i < count; i++) yield randomRun(setting, packets, random);
}
