/**
 * The library was called in a way in which it cannot be meant: an option that there is not, or a value that an option
 * or an argument does not take.
 */
export class OptionError extends TypeError {
  override readonly name = 'OptionError';
}

/** What an option or an argument takes, in words, and whether a value is that. */
export interface Taken {
  readonly takes: string;
  readonly isIt: (value: unknown) => boolean;
  /** What else may have been meant, if it takes names. */
  readonly names?: readonly string[];
}

export const textOption: Taken = { takes: 'a string', isIt: (value) => typeof value === 'string' };

/** An object that another function of the library makes, or that has some methods. */
export const objectWith = (takes: string, ...keys: readonly string[]): Taken => ({
  takes,
  isIt: (value) => typeof value === 'object' && value !== null && keys.every((key) => key in value),
});

/** An array of such values. */
export const arrayOf = (takes: string, one: Taken): Taken => ({
  takes: `an array of ${takes}`,
  isIt: (value) => Array.isArray(value) && value.every(one.isIt),
});

/**
 * Refuses a call one of whose arguments is not what the function takes; the arguments are by their names, in their
 * order.
 * @throws OptionError
 */
export function assertArguments(verb: string, given: Readonly<Record<string, readonly [unknown, Taken]>>): void {
  for (const [name, [value, { takes, isIt }]] of Object.entries(given))
    if (!isIt(value)) throw new OptionError(`${verb}: ${name} takes ${takes}, not ${shown(value)}`);
}

/** A value in a message: what it is, shortly. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === 'function') return 'a function';
  if (value === null || typeof value !== 'object') return String(value);
  return Array.isArray(value) ? 'an array' : 'an object';
}
