/**
 * A program is not BMv2's JSON, or needs more of it than the embedded interpreter knows. The message says where, and
 * what.
 */
export class BadProgram extends Error {}

/**
 * A part of a JSON document, read strictly: a value of another kind than asked for throws BadProgram, which names the
 * place.
 */
export interface Json {
  readonly place: string;
  readonly raw: unknown;
  readonly has: (key: string) => boolean;
  readonly at: (key: string) => Json;
  readonly items: () => Json[];
  readonly entries: () => [string, Json][];
  readonly text: () => string;
  readonly textOrNothing: () => string | undefined;
  readonly number: () => number;
  readonly flag: () => boolean;
  /** A hexadecimal number as a text. */
  readonly hex: () => bigint;
  readonly isNull: boolean;
  readonly fail: (problem: string) => never;
}

export function json(raw: unknown, place: string): Json {
  const fail = (problem: string): never => {
    throw new BadProgram(`${place}: ${problem}`);
  };
  const object = (): Record<string, unknown> =>
    typeof raw === 'object' && raw !== null && !Array.isArray(raw)
      ? (raw as Record<string, unknown>)
      : fail('an object is wanted');
  return {
    place,
    raw,
    has: (key) => key in object(),
    at: (key) => (key in object() ? json(object()[key], `${place}.${key}`) : fail(`there is no \`${key}\``)),
    items: () => (Array.isArray(raw) ? raw.map((item, i) => json(item, `${place}[${i}]`)) : fail('an array is wanted')),
    entries: () => Object.entries(object()).map(([key, value]) => [key, json(value, `${place}.${key}`)]),
    text: () => (typeof raw === 'string' ? raw : fail('a text is wanted')),
    textOrNothing: () => (raw === null ? undefined : typeof raw === 'string' ? raw : fail('a text or null is wanted')),
    number: () => (typeof raw === 'number' && Number.isInteger(raw) ? raw : fail('a whole number is wanted')),
    flag: () => (typeof raw === 'boolean' ? raw : fail('true or false is wanted')),
    hex: () =>
      typeof raw === 'string' && /^0x[\da-f]+$/i.test(raw) ? BigInt(raw) : fail('a hexadecimal number is wanted'),
    isNull: raw === null,
    fail,
  };
}
