import { describe, it } from 'vitest';
import { expectRun, nameOf } from '../conformance/expectation.js';
import { modelFile, models } from './models.js';

describe.each(Object.entries(models))('%s', (name, { runs = [] }) => {
  const long = runs.filter(({ nightly }) => nightly === true);
  for (const run of long) it(nameOf(run), () => expectRun(modelFile(name), run, false));
  if (long.length === 0) it.skip('has no runs that are too long for every day', () => {});
});
