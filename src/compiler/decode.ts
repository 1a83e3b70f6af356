/**
 * Readers of JSON values: each notes what is wrong under the value's path, such as `switches[0].id`, and goes on, so that
 * all problems come at once. What a reader returns is of use only if nothing was noted.
 */
export type Decoder<T> = (value: unknown, path: string, problems: string[]) => T;

const describe = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
};

/** What is wrong with a value. The value returned is never used. */
const wrong = <T>(problems: string[], path: string, wanted: string, value: unknown): T => {
  problems.push(
    `${path || 'the document'} ${value === undefined ? `is missing: ${wanted}` : `is ${describe(value)}, not ${wanted}`}`,
  );
  return undefined as T;
};

export const text: Decoder<string> = (value, path, problems) =>
  typeof value === 'string' ? value : wrong(problems, path, 'a text', value);

export const flag: Decoder<boolean> = (value, path, problems) =>
  typeof value === 'boolean' ? value : wrong(problems, path, 'true or false', value);

/** A whole number in bounds; `why` says where the upper bound comes from. */
export const whole =
  (most: number, why: string): Decoder<number> =>
  (value, path, problems) =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most
      ? (value as number)
      : wrong(problems, path, `a whole number from 0 to ${most} (${why})`, value);

export const textOrInteger: Decoder<string | number> = (value, path, problems) =>
  typeof value === 'string' || Number.isSafeInteger(value)
    ? (value as string | number)
    : wrong(problems, path, 'a text or an integer', value);

/** One of some texts or numbers. */
export const oneOf =
  <T extends string | number>(values: readonly T[], what: string): Decoder<T> =>
  (value, path, problems) =>
    values.includes(value as T) ? (value as T) : wrong(problems, path, `${what} (${values.join(', ')})`, value);

export const listOf =
  <T>(item: Decoder<T>): Decoder<readonly T[]> =>
  (value, path, problems) =>
    Array.isArray(value)
      ? value.map((one, i) => item(one, `${path}[${i}]`, problems))
      : wrong(problems, path, 'a list', value);

/** A key that may be left out. */
export const optional =
  <T>(decoder: Decoder<T>): Decoder<T | undefined> =>
  (value, path, problems) =>
    value === undefined ? undefined : decoder(value, path, problems);

type Shape = Readonly<Record<string, Decoder<unknown>>>;
type Decoded<S extends Shape> = { readonly [K in keyof S]: S[K] extends Decoder<infer T> ? T : never };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object with these keys and no others. */
export const object =
  <S extends Shape>(shape: S): Decoder<Decoded<S>> =>
  (value, path, problems) => {
    if (!isObject(value)) return wrong(problems, path, 'an object', value);
    for (const key of Object.keys(value))
      if (!Object.hasOwn(shape, key)) problems.push(`${path || 'the document'} has an unknown key \`${key}\``);
    const entries = Object.entries(shape).map(([key, decoder]) => {
      const at = path ? `${path}.${key}` : key;
      return [key, decoder(Object.hasOwn(value, key) ? value[key] : undefined, at, problems)] as const;
    });
    return Object.fromEntries(entries.filter(([, decoded]) => decoded !== undefined)) as Decoded<S>;
  };

/** An object whose keys are not known beforehand. */
export const record =
  <T>(item: (key: string) => Decoder<T> | undefined, what: string): Decoder<Readonly<Record<string, T>>> =>
  (value, path, problems) => {
    if (!isObject(value)) return wrong(problems, path, 'an object', value);
    const entries = Object.entries(value).flatMap(([key, one]) => {
      const decoder = item(key);
      if (decoder) return [[key, decoder(one, `${path}.${key}`, problems)] as const];
      problems.push(`${path} names \`${key}\`, which is no ${what}`);
      return [];
    });
    return Object.fromEntries(entries);
  };
