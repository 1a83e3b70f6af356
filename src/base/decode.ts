/**
 * Readers of JSON values: each notes what is wrong under the value's path, such as `switches[0].id`, and goes on, so
 * that all problems come at once. What a reader returns is of use only if nothing was noted.
 */
export type Decoder<T> = (value: unknown, path: string, problems: string[]) => T;

const describe = (value: unknown): string => {
  // Lists and objects may be deeper than `stringify` can go.
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
};

/** Notes that a value is not what was wanted. What it returns is never used, since a problem has been noted. */
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
type Of<D> = D extends Decoder<infer T> ? T : never;
/** Keys whose decoder may give undefined may be left out of the object. */
type Decoded<S extends Shape> = {
  readonly [K in keyof S as undefined extends Of<S[K]> ? never : K]: Of<S[K]>;
} & { readonly [K in keyof S as undefined extends Of<S[K]> ? K : never]?: Exclude<Of<S[K]>, undefined> };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The path of the value that an object holds under a key: `checks["theorem1.paper"].counterexample`. */
const under = (path: string, key: string): string =>
  /^\w+$/.test(key) ? (path ? `${path}.${key}` : key) : `${path}[${JSON.stringify(key)}]`;

/** An object with these keys and no others. */
export const object =
  <S extends Shape>(shape: S): Decoder<Decoded<S>> =>
  (value, path, problems) => {
    if (isObject(value))
      for (const key of Object.keys(value))
        if (!Object.hasOwn(shape, key)) problems.push(`${path || 'the document'} has an unknown key \`${key}\``);
    return openObject(shape)(value, path, problems);
  };

/** An object with these keys; other keys, which a later version may have added, are not read. */
export const openObject =
  <S extends Shape>(shape: S): Decoder<Decoded<S>> =>
  (value, path, problems) => {
    if (!isObject(value)) return wrong(problems, path, 'an object', value);
    const entries = Object.entries(shape).map(
      ([key, decoder]) =>
        [key, decoder(Object.hasOwn(value, key) ? value[key] : undefined, under(path, key), problems)] as const,
    );
    return Object.fromEntries(entries.filter(([, decoded]) => decoded !== undefined)) as Decoded<S>;
  };

/** An object that has one of these shapes; the value under `key` names which one. */
export const variant =
  <K extends string, V extends Readonly<Record<string, Decoder<unknown>>>>(
    key: K,
    variants: V,
    what: string,
  ): Decoder<Of<V[keyof V]>> =>
  (value, path, problems) => {
    if (!isObject(value)) return wrong(problems, path, 'an object', value);
    const name = value[key];
    const decoder = typeof name === 'string' && Object.hasOwn(variants, name) ? variants[name] : undefined;
    if (!decoder) return wrong(problems, under(path, key), `${what} (${Object.keys(variants).join(', ')})`, name);
    return decoder(value, path, problems) as Of<V[keyof V]>;
  };

/** A value as it is, to be read later, when it is known what it should be. */
export const anything: Decoder<unknown> = (value) => value;

/** A value that may be null. */
export const nullable =
  <T>(decoder: Decoder<T>): Decoder<T | null> =>
  (value, path, problems) =>
    value === null ? null : decoder(value, path, problems);

/** An object whose keys are not known beforehand. */
export const record =
  <T>(item: (key: string) => Decoder<T> | undefined, what: string): Decoder<Readonly<Record<string, T>>> =>
  (value, path, problems) => {
    if (!isObject(value)) return wrong(problems, path, 'an object', value);
    const entries = Object.entries(value).flatMap(([key, one]) => {
      const decoder = item(key);
      if (decoder) return [[key, decoder(one, under(path, key), problems)] as const];
      problems.push(`${path} names \`${key}\`, which is no ${what}`);
      return [];
    });
    return Object.fromEntries(entries);
  };
