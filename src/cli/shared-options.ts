import { Option } from 'commander';
import { crossCheckNames, defaults, semanticsNames } from '../workbench.js';
import { wholeNumber } from './verb.js';

// Options that several verbs have, each said once.

/** Which rules a network runs by. */
export const semanticsOption = (description = 'how the network runs'): Option =>
  new Option('--semantics <name>', description).choices(semanticsNames).default('tagged');

/** How many packets enter: a bound of exploration, or the number itself, as the description says. */
export const packetsOption = (description: string, { least = 0, most = 1000 } = {}): Option =>
  new Option('--packets <n>', description).argParser(wholeNumber(least, most)).default(defaults.packets);

export const packetsAtMost = 'how many packets enter at most';

export const controllerOption = (): Option =>
  new Option('--controller <state>', 'whether the controller informs switches').choices(['on', 'off']).default('on');

/** How long the paths of loops are that are not followed for ever. */
export const unrollOption = (byDefault = '4 for each packet'): Option =>
  new Option(
    '--unroll <n>',
    `paths of loops, if the state can recur; never shorter than conditions ask (default: ${byDefault})`,
  ).argParser(wholeNumber(1, 10_000));

/** How far what is proved is explored all the same, for the verbs that prove. */
export const crossCheckOption = (): Option =>
  new Option(
    '--cross-check <how>',
    'how far to explore what is proved, to test the proof: budget, about as long as the proofs took; full, up to --packets; off',
  )
    .choices(crossCheckNames)
    .default('budget');
