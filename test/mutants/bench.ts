import process from 'node:process';
import { isDeepStrictEqual } from 'node:util';

/**
 * The part of vitest that is needed by the tests that must see mutants. It stops at the first test that fails, and
 * starts in milliseconds. A matcher or modifier that it lacks throws when a test file is loaded or run, even without a
 * mutant, so that the control run sees it.
 */
interface Test {
  readonly name: string;
  readonly body: () => unknown;
}

const tests: Test[] = [];
const path: string[] = [];

const formatted = (name: string, row: readonly unknown[], index: number): string => {
  let next = 0;
  return name.replaceAll(/%[sdi#]/g, (mark) => (mark === '%#' ? String(index) : String(row[next++])));
};
const listed = (row: unknown): readonly unknown[] => (Array.isArray(row) ? row : [row]);

type Body = (...args: unknown[]) => unknown;
const each =
  (add: (name: string, body: () => unknown) => void) =>
  (rows: readonly unknown[]) =>
  (name: string, body: Body): void => {
    for (const [i, row] of rows.entries()) add(formatted(name, listed(row), i), () => body(...listed(row)));
  };

const addTest = (name: string, body: () => unknown): void => {
  tests.push({ name: [...path, name].join(' > '), body });
};
const addSuite = (name: string, body: () => unknown): void => {
  path.push(name);
  body();
  path.pop();
};
const ignore = (): void => undefined;

export const it = Object.assign(addTest, {
  each: each(addTest),
  skipIf: (skipped: boolean) => (skipped ? ignore : addTest),
});
export const test = Object.assign((name: string, body: () => unknown) => it(name, body), { each: it.each });
export const describe = Object.assign(addSuite, {
  each: each(addSuite),
  skipIf: (skipped: boolean) => (skipped ? ignore : addSuite),
});

/** Nothing is cleaned up afterwards, for the process ends. */
export const afterAll = ignore;

/** `expect.stringMatching` in a place of an expected value. */
interface Pattern {
  readonly pattern: RegExp;
}
const isPattern = (value: unknown): value is Pattern =>
  typeof value === 'object' && value !== null && 'pattern' in value && value.pattern instanceof RegExp;

/** Whether `actual` has all that `expected` has; a key whose value is `undefined` counts as absent. */
function matches(actual: unknown, expected: unknown): boolean {
  if (isPattern(expected)) return typeof actual === 'string' && expected.pattern.test(actual);
  if (typeof expected !== 'object' || expected === null || typeof actual !== 'object' || actual === null)
    return isDeepStrictEqual(actual, expected);
  if (Array.isArray(expected) && (!Array.isArray(actual) || actual.length !== expected.length)) return false;
  return Object.entries(expected).every(([key, value]) => matches((actual as Record<string, unknown>)[key], value));
}

/** Whether two values are equal, keys that are undefined aside. */
function equals(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  if (a instanceof Set || a instanceof Map || Array.isArray(a) !== Array.isArray(b)) return isDeepStrictEqual(a, b);
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return keys.every((key) => equals((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

const show = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v))?.slice(0, 300) ?? String(value);

function throws(actual: unknown, expected: unknown): boolean {
  try {
    (actual as () => unknown)();
    return false;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (expected === undefined) return true;
    if (typeof expected === 'function') return error instanceof expected;
    return expected instanceof RegExp ? expected.test(message) : message.includes(String(expected));
  }
}

const matchers: Readonly<Record<string, (actual: unknown, expected: unknown) => boolean>> = {
  toBe: (a, b) => Object.is(a, b),
  toEqual: equals,
  toStrictEqual: isDeepStrictEqual,
  toMatchObject: matches,
  toBeNull: (a) => a === null,
  toBeUndefined: (a) => a === undefined,
  toBeDefined: (a) => a !== undefined,
  toHaveLength: (a, b) => (a as { length: number }).length === b,
  toBeGreaterThan: (a, b) => (a as number) > (b as number),
  toBeGreaterThanOrEqual: (a, b) => (a as number) >= (b as number),
  toBeLessThan: (a, b) => (a as number) < (b as number),
  toBeLessThanOrEqual: (a, b) => (a as number) <= (b as number),
  toContain: (a, b) => (a instanceof Set ? a.has(b) : (a as string | readonly unknown[]).includes(b as string)),
  toMatch: (a, b) => (b instanceof RegExp ? b.test(a as string) : (a as string).includes(b as string)),
  toThrow: throws,
};

type Assertions = Readonly<Record<string, (expected?: unknown) => void>>;
const assertions = (actual: unknown, wanted: boolean): Assertions =>
  Object.fromEntries(
    Object.entries(matchers).map(([name, holds]) => [
      name,
      (expected?: unknown) => {
        if (holds(actual, expected) !== wanted)
          throw new Error(`${show(actual)} ${wanted ? name : `not ${name}`} ${show(expected)}`);
      },
    ]),
  );

const about = (actual: unknown, _message?: string) =>
  Object.assign({ not: assertions(actual, false) }, assertions(actual, true));

export const expect = Object.assign(about, { stringMatching: (pattern: RegExp): Pattern => ({ pattern }) });

/**
 * Runs the tests that have some of these names, or all, the cheapest first (`known` has the CPU time that they once
 * took, by name; a test without a name there counts as free). Exit status 0: every test is green, and the last line
 * says what each has cost; 1: one is red, the first line says which; 2: there are none.
 */
async function runTests(known: Readonly<Record<string, number>>, only?: readonly string[]): Promise<void> {
  const costs: Record<string, number> = {};
  const wanted = only ? tests.filter(({ name }) => only.includes(name)) : tests;
  const ordered = [...wanted].sort((a, b) => (known[a.name] ?? 0) - (known[b.name] ?? 0));
  for (const { name, body } of ordered) {
    const before = process.cpuUsage();
    try {
      await body();
    } catch (error) {
      console.log(`red: ${JSON.stringify(name)}\n${error instanceof Error ? error.stack : String(error)}`);
      process.exit(1);
    }
    const { user, system } = process.cpuUsage(before);
    costs[name] = user + system;
  }
  console.log(`${wanted.length} tests\n${JSON.stringify(costs)}`);
  process.exit(wanted.length > 0 ? 0 : 2);
}
Object.assign(globalThis, { runTests });
