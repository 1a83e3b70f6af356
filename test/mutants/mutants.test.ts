import { afterAll, describe, expect, it } from 'vitest';
import { openLaboratory } from './laboratory.js';
import { mutants } from './mutants.js';

const { control, run, close } = openLaboratory();
afterAll(close);

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

// They wait for each other.
describe.concurrent('a planted fault', { timeout: 20 * 60_000 }, () => {
  it.each(allTests)('is what makes tests fail: without one %s passes', (test) =>
    inTurn(async () => expect(await control(test)).toMatchObject({ kind: 'green' })),
  );

  it.each(mutants.map((mutant) => [`${mutant.file}: ${mutant.name} (${mutant.breaks})`, mutant] as const))(
    'is seen: %s',
    (_, mutant) =>
      inTurn(async () => {
        const { kind, details } = await run(mutant.tests, mutant);
        expect(kind, details).toBe('red');
      }),
  );
});

it('has a name of its own', () => {
  const names = mutants.map(({ file, name }) => `${file}: ${name}`);
  expect(names.filter((name, i) => names.indexOf(name) < i)).toEqual([]);
});
