import { LimitReached } from '../base/limits.js';
import { deployed } from '../replay/deployed.js';
import { SwitchFailed } from '../replay/drivers/driver.js';
import { type Pings, pings } from '../replay/live/pings.js';
import { bringUp, type LiveNetwork, type LiveOptions } from '../replay/live/up.js';
import { type CompileResult, compile } from './compile.js';

/** A program's network, up. */
export interface Up extends LiveNetwork {
  /** Undefined if there are too many to find out. */
  readonly pings: readonly Pings[] | undefined;
  /** The labels of the events, by id. */
  readonly events: readonly string[];
}

/** The network, or why it is not up; then nothing of it is left. */
export type UpOutcome =
  | { readonly kind: 'up'; readonly network: Up }
  | { readonly kind: 'rejected'; readonly compiled: CompileResult }
  | { readonly kind: 'impossible'; readonly why: string };

/**
 * Brings the network of a program up on this machine (Linux, as root), on one simple_switch for each switch, under `tagged`. There is no
 * controller: switches learn of events from packets.
 */
export async function up(source: Uint8Array | string, file: string, options: LiveOptions): Promise<UpOutcome> {
  const compilation = compile(source, file);
  const { rejected, compiled, limit } = compilation;
  if (rejected) return { kind: 'rejected', compiled: compilation };
  if (!compiled) return { kind: 'impossible', why: `the program needs ${limit}` };
  try {
    const ready = deployed(compiled.tables, 'tagged');
    const found = await pings(ready);
    const network = await bringUp(ready, options);
    const events = compiled.tables.events.map(({ formula, at, occurrence }) =>
      [`${formula} arrives at ${at}`, ...(occurrence > 1 ? [`(#${occurrence})`] : [])].join(' '),
    );
    return { kind: 'up', network: { ...network, pings: found, events } };
  } catch (error) {
    if (error instanceof LimitReached) return { kind: 'impossible', why: `the program needs ${error.message}` };
    if (error instanceof SwitchFailed)
      return { kind: 'impossible', why: [error.message, ...error.log.slice(-5)].join('\n') };
    throw error;
  }
}
