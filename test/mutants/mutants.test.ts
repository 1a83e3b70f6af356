import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { afterAll, describe, expect, it } from 'vitest';
import { openLaboratory } from './laboratory.js';
import { type Mutant, mutants } from './mutants.js';

const { control, runOne, run, close } = openLaboratory();
afterAll(close);

/**
 * The test that has seen each fault, which is asked first: all others of its files are run only if that one sees it no
 * more. `UPDATE_MUTANTS=1` asks all of them, and writes it anew.
 */
const file = path.join(import.meta.dirname, 'seen-by.json');
const isUpdate = process.env['UPDATE_MUTANTS'] !== undefined;
const seenBy = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>;
const found: Record<string, string> = {};
const titleOf = ({ file, name }: Mutant): string => `${file}: ${name}`;

/** How many run at a time. */
let free = 2;
const waiting: (() => void)[] = [];

/** Does some work as soon as fewer than two others are under way. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free--;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }
}

const allTests = [...new Set(mutants.flatMap(({ tests }) => tests))];

/** The tests of a file that are asked first. The others are run by vitest, and here as soon as they matter. */
const askedOf = (test: string): string[] => [
  ...new Set(mutants.flatMap((mutant) => (mutant.tests.includes(test) ? [seenBy[titleOf(mutant)] ?? ''] : []))),
];

/** With a fault: the test that has seen it before, and all of them if it does not now. */
async function see(mutant: Mutant) {
  const title = titleOf(mutant);
  const first = seenBy[title];
  if (first !== undefined && !isUpdate) {
    const outcome = await runOne(mutant.tests, mutant, first);
    if (outcome.kind === 'red') return outcome;
  }
  const outcome = await run(mutant.tests, mutant);
  if (outcome.red !== undefined) found[title] = outcome.red;
  return outcome;
}

// They wait for each other.
describe.concurrent('a planted fault', { timeout: 20 * 60_000 }, () => {
  it.each(allTests)('is what makes tests fail: without one those of %s pass', (test) =>
    inTurn(async () => {
      const outcome = await control(test, isUpdate ? undefined : askedOf(test));
      // Whatever is asked of another file of the same fault is none of its tests.
      expect(outcome.kind === 'green' || outcome.details.startsWith('0 tests'), outcome.details).toBe(true);
    }),
  );

  it.each(mutants.map((mutant) => [`${titleOf(mutant)} (${mutant.breaks})`, mutant] as const))(
    'is seen: %s',
    (_, mutant) =>
      inTurn(async () => {
        const { kind, details } = await see(mutant);
        expect(kind, details).toBe('red');
      }),
  );
});

afterAll(() => {
  const others = Object.keys(found);
  if (isUpdate) writeFileSync(file, `${JSON.stringify(found, Object.keys(found).sort(), 2)}\n`);
  else if (others.length > 0)
    console.warn(
      `SLOW: test/mutants/seen-by.json does not say which test sees ${others.join('; ')}. UPDATE_MUTANTS=1 npx vitest run test/mutants/mutants.test.ts`,
    );
});

it('has a name of its own', () => {
  const names = mutants.map(titleOf);
  expect(names.filter((name, i) => names.indexOf(name) < i)).toEqual([]);
});
