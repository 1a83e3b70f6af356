import type { Driver, Guard } from './drivers/driver.js';
import { embeddedDriver } from './drivers/embedded.js';
import { simpleSwitchDriver, simpleSwitchVersion } from './drivers/simple-switch.js';

/** Which switches to replay on: a real simple_switch if there is one, the embedded interpreter otherwise (`auto`). */
export interface SwitchChoice {
  readonly driver: 'auto' | 'simple_switch' | 'embedded';
  /** The program; `simple_switch` is looked for on the PATH. */
  readonly file: string;
  readonly guard: Guard;
}

/** The driver that is asked for, or why it cannot be had. */
export function findSwitch({ driver, file, guard }: SwitchChoice): Driver | { readonly missing: string } {
  if (driver === 'embedded') return embeddedDriver;
  const version = simpleSwitchVersion(file);
  if (version !== undefined) return simpleSwitchDriver(file, version, guard);
  return driver === 'auto' ? embeddedDriver : { missing: `there is no simple_switch at ${file}` };
}
