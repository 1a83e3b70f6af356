import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Laboratory, openLaboratory } from './laboratory.js';
import { mutants } from './mutants.js';

/** How many run at a time. */
const count = 2;
const free: Laboratory[] = [];
const waiting: ((laboratory: Laboratory) => void)[] = [];

/** Runs with a laboratory that nobody else uses, as soon as there is one. */
async function within<T>(work: (laboratory: Laboratory) => Promise<T>): Promise<T> {
  const laboratory = free.pop() ?? (await new Promise<Laboratory>((resolve) => waiting.push(resolve)));
  try {
    return await work(laboratory);
  } finally {
    const next = waiting.shift();
    if (next) next(laboratory);
    else free.push(laboratory);
  }
}

beforeAll(() => {
  while (free.length < count) free.push(openLaboratory());
});
afterAll(() => {
  for (const { close } of free) close();
});

const allTests = [...new Set(mutants.flatMap(({ tests }) => tests))];

// They wait for each other.
describe.concurrent('a planted fault', { timeout: 20 * 60_000 }, () => {
  it('is what makes tests fail: without one they pass', () =>
    within(async ({ run }) => expect(await run(allTests)).toMatchObject({ kind: 'green' })));

  it.each(mutants.map((mutant) => [`${mutant.file}: ${mutant.name} (${mutant.breaks})`, mutant] as const))(
    'is seen: %s',
    (_, mutant) =>
      within(async ({ run }) => {
        const { kind, details } = await run(mutant.tests, mutant);
        expect(kind, details).toBe('red');
      }),
  );
});

it('has a name of its own', () => {
  const names = mutants.map(({ file, name }) => `${file}: ${name}`);
  expect(names.filter((name, i) => names.indexOf(name) < i)).toEqual([]);
});
