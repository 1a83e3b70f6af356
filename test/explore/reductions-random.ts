import fc from 'fast-check';
import type { Budget } from '../../src/theorems/engine.js';
import { problemOf } from './differential.js';
import { arbitraryScenario } from './oracle.js';
import { disagreement } from './reductions.js';

/** How often every choice of reductions came to one verdict, and to which. */
export type Agreed = Map<string, number>;

/** All choices of reductions come to one verdict on random programs with events, wherever none of them decides. */
export function agreementOfReductions(
  programs: { readonly numRuns: number; readonly seed?: number },
  packets: fc.Arbitrary<number>,
  budget: Budget,
): Agreed {
  const agreements: Agreed = new Map();
  const scenarios = arbitraryScenario(packets).filter((scenario) => {
    const problem = problemOf(scenario);
    return typeof problem !== 'string' && problem.structure.events.length > 0;
  });
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const problem = problemOf(scenario);
      if (typeof problem === 'string') throw new Error('a rejected program is no scenario');
      const { agreed, difference } = disagreement(problem, budget);
      if (difference) throw new Error(difference);
      for (const verdict of agreed) agreements.set(verdict, (agreements.get(verdict) ?? 0) + 1);
    }),
    programs,
  );
  return agreements;
}
