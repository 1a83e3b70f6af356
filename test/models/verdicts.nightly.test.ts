import { describe, it } from 'vitest';
import { expectRun, nameOf } from '../conformance/expectation.js';
import { modelFile, models } from './models.js';

const long = Object.entries(models)
  .map(([name, { runs = [] }]) => ({ name, runs: runs.filter(({ nightly }) => nightly === true) }))
  .filter(({ runs }) => runs.length > 0);

describe.each(long)('$name', ({ name, runs }) => {
  for (const run of runs) it(nameOf(run), () => expectRun(modelFile(name), run, false));
});
