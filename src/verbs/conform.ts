import type { Semantics } from '../execution/execution.js';
import type { Run } from '../execution/run.js';
import { LimitReached } from '../netkat/limits.js';
import { type Conformance, conformance } from '../replay/conform.js';
import { type Driver, SwitchFailed } from '../replay/drivers/driver.js';
import { randomNumbers, randomRun } from '../replay/random-runs.js';
import { prepare, type Runnable } from './replay.js';

/** How to compare switches with the rules. */
export interface ConformOptions {
  readonly semantics: Semantics;
  readonly packets: number;
  /** How many random executions. */
  readonly executions: number;
  readonly seed: number;
}

/** Plays random executions of the rules on switches: the compiled program against the rules (issue 7.5). */
export async function conform(
  source: Uint8Array | string,
  file: string,
  { semantics, packets, executions, seed }: ConformOptions,
  driver: Driver,
): Promise<Conformance | { readonly problem: string }> {
  const runnable = prepare(source, file, { semantics, controller: true, unroll: 4 * packets });
  if ('problem' in runnable) return { problem: `${file}: ${runnable.problem}` };
  try {
    const runs = randomRuns(runnable, packets, executions, seed);
    return await conformance(runnable.tables, runnable.setting, runs, driver);
  } catch (error) {
    if (error instanceof LimitReached) return { problem: `${file}: the program needs ${error.message}` };
    if (error instanceof SwitchFailed) return { problem: [error.message, ...error.log.slice(-5)].join('\n') };
    throw error;
  }
}

function* randomRuns({ setting }: Runnable, packets: number, count: number, seed: number): Generator<Run> {
  const random = randomNumbers(seed);
  for (let i = 0; i < count; i++) yield randomRun(setting, packets, random);
}
