import { describe, it } from 'vitest';
import { expectCrossCheck, expectRun, nameOf } from '../conformance/expectation.js';
import { modelFile, models } from './models.js';

for (const [name, { runs = [] }] of Object.entries(models)) {
  // With up to 3 packets those that do not take long are compared every day.
  const compared = runs.filter(({ semantics, packets, nightly }) => semantics === 'tagged' && (nightly || packets > 3));
  if (compared.length > 0)
    describe(`${name}, proofs and a full cross-check`, () => {
      for (const run of compared) it(nameOf(run), () => expectCrossCheck(modelFile(name), run));
    });
  const long = runs.filter(({ nightly }) => nightly === true);
  if (long.length > 0)
    describe(name, () => {
      for (const run of long) it(nameOf(run), () => expectRun(modelFile(name), run, false));
    });
}
