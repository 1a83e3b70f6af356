import { assertOptions, callback, nameAmong } from '../base/options.js';
import { textOption } from '../base/taken.js';
import type { Driver, Guard } from './drivers/driver.js';
import { embeddedDriver } from './drivers/embedded.js';
import { packetInWire } from './drivers/packet-in.js';
import { pcapFilesWire } from './drivers/pcap-files.js';
import { simpleSwitchDriver } from './drivers/simple-switch.js';
import { simpleSwitchVersion } from './drivers/switch-process.js';

/**
 * Which switches to replay on: simple_switch over `--packet-in` if there is one, the embedded interpreter otherwise
 * (`auto`).
 */
export interface SwitchChoice {
  readonly driver: 'auto' | 'packet-in' | 'files' | 'embedded';
  /** The program; `simple_switch` is looked for on the PATH. */
  readonly file: string;
  readonly guard: Guard;
}

/**
 * The driver that is asked for, or why it cannot be had.
 * @example
 * ```ts
 * import { findSwitch } from 'snk-verify';
 *
 * const driver = findSwitch({ driver: 'embedded', file: 'simple_switch', guard: () => () => {} });
 * console.log('name' in driver && driver.name); // the embedded interpreter of BMv2 JSON
 * ```
 */
export function findSwitch(choice: SwitchChoice): Driver | { readonly missing: string } {
  const names = ['auto', 'packet-in', 'files', 'embedded'];
  const known = { driver: nameAmong(names), file: textOption, guard: callback };
  assertOptions('findSwitch', choice, known, ['driver', 'file', 'guard']);
  const { driver, file, guard } = choice;
  if (driver === 'embedded') return embeddedDriver;
  const version = simpleSwitchVersion(file);
  if (version !== undefined)
    return simpleSwitchDriver({ file, version, guard, wire: driver === 'files' ? pcapFilesWire : packetInWire });
  return driver === 'auto'
    ? embeddedDriver
    : { missing: `there is no simple_switch: ${file} cannot be run; --driver embedded needs none` };
}
