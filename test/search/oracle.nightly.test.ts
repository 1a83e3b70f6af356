import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, contradiction, problemOf } from './differential.js';
import { agreement } from './oracle.js';
import { programs } from './programs.js';
import { optionsOf, readVerdicts } from './verdicts.js';

// A new seed each night; fast-check prints it where something fails.
it('the explorer agrees with the oracle on many random programs', () => {
  agreement({ numRuns: 5_000, histories: 20_000, packets: fc.constantFrom(1, 2, 2, 3) });
}, 7_200_000);

describe.each(Object.entries(readVerdicts()))('on %s the oracle says nothing else', (name, runs) => {
  it.each(Object.keys(runs))(
    '%s',
    (run) => {
      const problem = problemOf({ source: programs[name]!, ...optionsOf(run) });
      if (typeof problem === 'string') return;
      const { comparisons } = compare(problem, 200_000);
      for (const comparison of comparisons) expect(contradiction(problem, comparison)).toBeUndefined();
    },
    1_200_000,
  );
});
