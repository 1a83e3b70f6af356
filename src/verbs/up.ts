import { LimitReached } from '../base/limits.js';
import { assertOptions, assertProgram, callback, type KnownOptions, wholeFrom } from '../base/options.js';
import { objectWith, textOption } from '../base/taken.js';
import { deployed } from '../replay/deployed.js';
import { SwitchFailed } from '../replay/drivers/driver.js';
import { type Pings, pings } from '../replay/live/pings.js';
import { bringUp, type LiveNetwork, type LiveOptions } from '../replay/live/up.js';
import { compile } from './compile.js';
import { type Hindered, impossible, limited, type NotReached } from './load.js';

/** A program's network, up. */
export interface Up extends LiveNetwork {
  /** Undefined if there are too many to find out. */
  readonly pings: readonly Pings[] | undefined;
  /** The labels of the events, by id. */
  readonly events: readonly string[];
}

/** The network, or why it is not up; then nothing of it is left. */
export type UpOutcome = { readonly ok: true; readonly network: Up } | NotReached | Hindered;

const liveOptions: KnownOptions<LiveOptions> = {
  simpleSwitch: textOption,
  guard: callback,
  owner: wholeFrom(1),
  node: textOption,
  patience: objectWith('times to wait'),
};

/**
 * Brings the network of a program up on this machine (Linux, as root), on one simple_switch for each switch, under
 * `tagged`. There is no controller: switches learn of events from packets.
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import process from 'node:process';
 * import { up } from 'snk-verify';
 *
 * const file = 'models/firewall.snk';
 * const source = readFileSync(file, 'utf8');
 * const node = process.execPath;
 * // Whoever may be killed gives a guard that sees to it that what is up is taken down all the same.
 * const guard = () => () => {};
 * const outcome = await up(source, file, { simpleSwitch: 'simple_switch', guard, owner: process.pid, node });
 * if (outcome.ok) await outcome.network.down();
 * ```
 */
export async function up(source: Uint8Array | string, file: string, options: LiveOptions): Promise<UpOutcome> {
  assertProgram('up', source, file);
  assertOptions('up', options, liveOptions, ['simpleSwitch', 'guard', 'owner', 'node']);
  const compiled = compile(source, file);
  if (!compiled.ok) return compiled;
  try {
    const ready = deployed(compiled.tables, 'tagged');
    const found = await pings(ready);
    const network = await bringUp(ready, options);
    const events = compiled.tables.events.map(({ formula, at, occurrence }) =>
      [`${formula} arrives at ${at}`, ...(occurrence > 1 ? [`(#${occurrence})`] : [])].join(' '),
    );
    return { ok: true, network: { ...network, pings: found, events } };
  } catch (error) {
    if (error instanceof LimitReached) return limited(error);
    if (error instanceof SwitchFailed) return impossible([error.message, ...error.log.slice(-5)].join('\n'));
    throw error;
  }
}
