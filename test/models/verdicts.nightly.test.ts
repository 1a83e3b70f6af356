import { describe, it } from 'vitest';
import { expectRun, nameOf } from '../conformance/expectation.js';
import { modelFile, models } from './models.js';

for (const [name, { runs = [] }] of Object.entries(models)) {
  const long = runs.filter(({ nightly }) => nightly === true);
  if (long.length > 0)
    describe(name, () => {
      for (const run of long) it(nameOf(run), () => expectRun(modelFile(name), run, false));
    });
}
