/** A value that is read: what it is, and where in the document. */
export type Shape = (value: unknown, at: string) => void;

/** Fails with a place of the document, as in `.checks.lemma3.status: is "hold"; …`. */
export function refuse(value: unknown, at: string, wanted: string): never {
  throw new Error(`${at || 'the document'}: is ${JSON.stringify(value)?.slice(0, 200)}; wanted is ${wanted}`);
}

export const text: Shape = (value, at) => {
  if (typeof value !== 'string' || value === '') refuse(value, at, 'a text that is not empty');
};

export const matching =
  (pattern: RegExp): Shape =>
  (value, at) => {
    if (typeof value !== 'string' || !pattern.test(value)) refuse(value, at, `a text like ${pattern}`);
  };

/** A whole number from `least` on. */
export const whole =
  (least = 0): Shape =>
  (value, at) => {
    if (!Number.isSafeInteger(value) || (value as number) < least) refuse(value, at, `a whole number from ${least}`);
  };

export const flag: Shape = (value, at) => {
  if (typeof value !== 'boolean') refuse(value, at, 'true or false');
};

export const oneOf =
  (...choices: readonly unknown[]): Shape =>
  (value, at) => {
    if (!choices.includes(value)) refuse(value, at, `one of ${JSON.stringify(choices)}`);
  };

export const orNull =
  (shape: Shape): Shape =>
  (value, at) => {
    if (value !== null) shape(value, at);
  };

/** A key that may be missing. */
export const optional =
  (shape: Shape): Shape =>
  (value, at) => {
    if (value !== undefined) shape(value, at);
  };

export const listOf =
  (shape: Shape, least = 0): Shape =>
  (value, at) => {
    if (!Array.isArray(value) || value.length < least) refuse(value, at, `a list of ${least} at least`);
    for (const [i, item] of value.entries()) shape(item, `${at}[${i}]`);
  };

/** An object with these keys; keys may be added to the contract freely, so others are let through. */
export const record =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, at) => {
    const object = keyed(value, at);
    for (const [key, shape] of Object.entries(shapes)) shape(object[key], `${at}.${key}`);
  };

/** An object as what it has by its keys. */
export function keyed(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(value, at, 'an object');
  return value as Record<string, unknown>;
}

export const all =
  (...shapes: readonly Shape[]): Shape =>
  (value, at) => {
    for (const shape of shapes) shape(value, at);
  };

/** A list in strictly ascending order, so without repetitions. */
export const ascending =
  <T>(compare: (a: T, b: T) => number, order: string): Shape =>
  (value, at) => {
    const list = value as readonly T[];
    for (let i = 1; i < list.length; i++)
      if (compare(list[i - 1]!, list[i]!) >= 0) refuse(list, at, `in order of ${order}, without repetition`);
  };
