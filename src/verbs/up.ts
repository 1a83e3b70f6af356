import { LimitReached } from '../base/limits.js';
import { deployed } from '../replay/deployed.js';
import { SwitchFailed } from '../replay/drivers/driver.js';
import { type Pings, pings } from '../replay/live/pings.js';
import { bringUp, type LiveNetwork, type LiveOptions } from '../replay/live/up.js';
import { compile } from './compile.js';
import { type Impossible, impossible, limited, type Refused } from './load.js';

/** A program's network, up. */
export interface Up extends LiveNetwork {
  /** Undefined if there are too many to find out. */
  readonly pings: readonly Pings[] | undefined;
  /** The labels of the events, by id. */
  readonly events: readonly string[];
}

/** The network, or why it is not up; then nothing of it is left. */
export type UpOutcome = { readonly ok: true; readonly network: Up } | Refused | Impossible;

/**
 * Brings the network of a program up on this machine (Linux, as root), on one simple_switch for each switch, under `tagged`. There is no
 * controller: switches learn of events from packets.
 */
export async function up(source: Uint8Array | string, file: string, options: LiveOptions): Promise<UpOutcome> {
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
