import { type Command, Option } from 'commander';
import { type Driver, findSwitch } from '../workbench.js';
import { guard } from './leftovers.js';

/** What commander hands over of the options that choose switches. */
export interface SwitchFlags {
  readonly driver: 'auto' | 'packet-in' | 'files' | 'embedded';
  readonly simpleSwitch: string;
}

/** Adds the options that choose switches to a verb. */
export const withSwitches = (command: Command): Command =>
  command
    .addOption(
      new Option('--driver <name>', 'packet-in, files: simple_switch; auto: packet-in if there is one, else embedded')
        .choices(['auto', 'packet-in', 'files', 'embedded'])
        .default('auto'),
    )
    .option('--simple-switch <file>', "BMv2's simple_switch", 'simple_switch');

/** The switches that the options ask for, or why they cannot be had. */
export const chosenSwitch = ({ driver, simpleSwitch }: SwitchFlags): Driver | { readonly missing: string } =>
  findSwitch({ driver, file: simpleSwitch, guard });
