import { defaultLimits, LimitReached } from '../base/limits.js';
import { assertOptions, assertProgram, type KnownOptions, nameAmong, wholeFrom } from '../base/options.js';
import { assertArguments, objectWith } from '../base/taken.js';
import { allRuns } from '../execution/all-runs.js';
import { entriesOf } from '../execution/entries.js';
import type { Semantics } from '../execution/execution.js';
import { randomNumbers, randomRun } from '../execution/random-runs.js';
import type { Run } from '../execution/run.js';
import type { Setting } from '../execution/state.js';
import { type Conformance, conformance, upTo } from '../replay/conform.js';
import { aDriver, type Driver, SwitchFailed } from '../replay/drivers/driver.js';
import { checkOptions } from './check-options.js';
import { type Hindered, impossible, limited, load, type NotReached, runnable } from './load.js';

/** How to compare switches with the rules. */
export interface ConformOptions {
  readonly semantics: Semantics;
  readonly packets: number;
  /** Random executions, or every one (execution/all-runs.ts) up to a number of them. */
  readonly which:
    | { readonly kind: 'random'; readonly executions: number; readonly seed: number }
    | { readonly kind: 'all'; readonly limit: number };
}

const conformOptions: KnownOptions<ConformOptions> = {
  semantics: checkOptions.semantics,
  packets: checkOptions.packets,
  which: objectWith("{ kind: 'random', executions, seed } or { kind: 'all', limit }", 'kind'),
};

/** All that `which` may have. */
interface WhichOptions {
  readonly kind: string;
  readonly executions?: number;
  readonly seed?: number;
  readonly limit?: number;
}

const whichOptions: KnownOptions<WhichOptions> = {
  kind: nameAmong(['random', 'all']),
  executions: wholeFrom(0),
  seed: wholeFrom(0),
  limit: wholeFrom(0),
};

/** What came of it. */
export interface Conformed extends Conformance {
  readonly ok: true;
  /** Whether there are no other executions; null if they were chosen at random. */
  readonly isAll: boolean | null;
}

/**
 * Plays executions of the rules on switches: the compiled program against the rules.
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { conform, findSwitch } from 'snk-verify';
 *
 * const file = 'models/firewall.snk';
 * const source = readFileSync(file, 'utf8');
 * const driver = findSwitch({ driver: 'embedded', file: 'simple_switch', guard: () => () => {} });
 * if ('missing' in driver) throw new Error(driver.missing);
 * const which = { kind: 'random', executions: 5, seed: 1 } as const;
 * const conformed = await conform(source, file, { semantics: 'tagged', packets: 2, which }, driver);
 * if (conformed.ok) console.log(conformed.confirmed, conformed.diverged); // 5 0
 * ```
 */
export async function conform(
  source: Uint8Array | string,
  file: string,
  options: ConformOptions,
  driver: Driver,
): Promise<Conformed | NotReached | Hindered> {
  assertProgram('conform', source, file);
  assertOptions('conform', options, conformOptions, ['semantics', 'packets', 'which']);
  const { kind } = options.which;
  assertOptions<WhichOptions>(
    'conform: which',
    options.which,
    whichOptions,
    kind === 'all' ? ['kind', 'limit'] : ['kind', 'executions', 'seed'],
  );
  assertArguments('conform', { driver: [driver, aDriver] });
  const { semantics, packets, which } = options;
  const loaded = load(source, file, { packets });
  if (!loaded.ok) return loaded;
  const runs = runnable(loaded, { semantics, controller: true });
  if (!runs.ok) return runs;
  const { setting, tables } = runs;
  try {
    if (which.kind === 'random') {
      const runs = randomRuns(setting, packets, which.executions, which.seed);
      return { ok: true, ...(await conformance(tables, setting, runs, driver)), isAll: null };
    }
    const { runs, isAll } = upTo(allRuns(setting, entriesOf(setting, defaultLimits), packets), which.limit);
    return { ok: true, ...(await conformance(tables, setting, runs, driver)), isAll: isAll() };
  } catch (error) {
    if (error instanceof LimitReached) return limited(error);
    if (error instanceof SwitchFailed) return impossible([error.message, ...error.log.slice(-5)].join('\n'));
    throw error;
  }
}

function* randomRuns(setting: Setting, packets: number, count: number, seed: number): Generator<Run> {
  const random = randomNumbers(seed);
  for (let i = 0; i < count; i++) yield randomRun(setting, packets, random);
}
