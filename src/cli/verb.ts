import { type Command, InvalidArgumentError } from 'commander';
import type { ExitStatus } from './exit-status.js';

/** Adds one verb, its arguments and options, to the command line; `end` is told the exit status that it ends with. */
export type Verb = (program: Command, end: (status: ExitStatus) => void) => void;

/** A number from `least` to `most`, as an option's value. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const n = Number(text);
    if (!/^\d+$/.test(text) || n < least || n > most)
      throw new InvalidArgumentError(`A whole number from ${least} to ${most} is wanted.`);
    return n;
  };

/** A time, as an option's value. */
export const seconds = (text: string): number => {
  const n = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || n > 1e6) throw new InvalidArgumentError('A number of seconds is wanted.');
  return n;
};

const units = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** An amount of memory in bytes, as an option's value. */
export const memorySize = (text: string): number => {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([KMG])(?:i?B)?$/.exec(text) ?? [];
  const bytes = Math.round(Number(number) * units[unit as keyof typeof units]);
  if (!(bytes >= 1 && bytes <= 2 ** 50)) throw new InvalidArgumentError('A size like 512M or 4G is wanted.');
  return bytes;
};
