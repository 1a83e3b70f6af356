import { nearestName } from './nearest-name.js';
import { OptionError, shown, type Taken } from './taken.js';

/** What each option of a function takes: a row for every one that it has. */
export type KnownOptions<Options> = { readonly [Name in keyof Required<Options>]: Taken };

/** One of some names. */
export const nameAmong = (names: readonly string[]): Taken => ({
  takes: listed(names),
  isIt: (value) => typeof value === 'string' && names.includes(value),
  names,
});

/** A set of some names. */
export const namesAmong = (names: readonly string[]): Taken => ({
  takes: `a set of some of ${names.join(', ')}`,
  isIt: (value) => value instanceof Set && [...value].every((one) => names.includes(one)),
});

/** A whole number, `least` or more. */
export const wholeFrom = (least: number): Taken => ({
  takes: `a whole number from ${least} on`,
  isIt: (value) => Number.isSafeInteger(value) && (value as number) >= least,
});

/** A time. */
export const milliseconds: Taken = {
  takes: 'a number of milliseconds',
  isIt: (value) => typeof value === 'number' && value >= 0,
};

export const flagOption: Taken = { takes: 'true or false', isIt: (value) => typeof value === 'boolean' };
export const callback: Taken = { takes: 'a function', isIt: (value) => typeof value === 'function' };

/**
 * Refuses options that `verb` does not have, and values that they do not take, naming the nearest that there is: what
 * is misspelt must not pass for a default. One that is undefined is one that is not given, which `required` ones must
 * be.
 * @throws OptionError
 */
export function assertOptions<Options extends object>(
  verb: string,
  options: Options,
  known: KnownOptions<Options>,
  required: readonly (keyof Options & string)[] = [],
): void {
  if (typeof options !== 'object' || options === null)
    throw new OptionError(
      `${verb}: options takes an object, such as { ${Object.keys(known)[0]}: … }, not ${shown(options)}`,
    );
  const names = Object.keys(known);
  for (const [name, value] of Object.entries(options)) {
    const wanted = Object.hasOwn(known, name) ? known[name as keyof Options] : undefined;
    if (!wanted) throw new OptionError(`${verb}: there is no option ${name}; ${nearest(name, names)}`);
    if (value === undefined || wanted.isIt(value)) continue;
    throw new OptionError(`${verb}: ${refusal(name, value, wanted)}`);
  }
  for (const name of required)
    if (options[name] === undefined)
      throw new OptionError(`${verb}: the option ${name} is missing; it takes ${known[name].takes}`);
}

/**
 * Refuses an argument that is none of some names.
 * @throws OptionError
 */
export function assertName(verb: string, argument: string, value: unknown, names: readonly string[]): void {
  const wanted = nameAmong(names);
  if (!wanted.isIt(value)) throw new OptionError(`${verb}: ${refusal(argument, value, wanted)}`);
}

/** The text of a program, as it was read from its file. */
export const programText: Taken = {
  takes: 'a string or bytes',
  isIt: (value) => typeof value === 'string' || value instanceof Uint8Array,
};

/**
 * Refuses a call whose first arguments are not a program and its name: options in the name's place would be taken for
 * none.
 * @throws OptionError
 */
export function assertProgram(verb: string, source: unknown, file: unknown): void {
  if (!programText.isIt(source))
    throw new OptionError(`${verb}: the program comes first, as ${programText.takes}, not ${shown(source)}`);
  if (typeof file !== 'string')
    throw new OptionError(
      `${verb}: after the program comes the name to show it by, then options: ${verb}(source, 'firewall.snk', { … })`,
    );
}

/** What an option takes, and not this; and what may have been meant. */
function refusal(name: string, value: unknown, { takes, names }: Taken): string {
  const near = typeof value === 'string' && names ? nearestName(value, names) : undefined;
  return `${name} takes ${takes}, not ${shown(value)}${near === undefined ? '' : `; did you mean ${near}?`}`;
}

/** The names, as a sentence has them. */
const listed = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

function nearest(name: string, names: readonly string[]): string {
  const near = nearestName(name, names);
  return near === undefined ? `there are ${names.join(', ')}` : `did you mean ${near}?`;
}

/** How something is shown to people. */
export interface ShowOptions {
  /** Colours, as a terminal has them; default false. */
  readonly colour?: boolean;
}

export const showOptions: KnownOptions<ShowOptions> = { colour: flagOption };
