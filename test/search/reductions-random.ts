import fc from 'fast-check';
import type { Budget } from '../../src/engines/engine.js';
import { problemOf } from './differential.js';
import { arbitraryEventfulProgram } from './eventful-program.js';
import { arbitraryMirroredProgram } from './mirrored-program.js';
import { arbitraryScenario } from './oracle.js';
import { type Compared, disagreement } from './reductions.js';
import { arbitraryWalkingProgram } from './walking-program.js';

/**
 * Programs that are about events; programs with long ways, so that it matters who has heard what; programs with
 * automorphisms.
 */
const arbitrarySource = fc.oneof(arbitraryEventfulProgram, arbitraryWalkingProgram, arbitraryMirroredProgram);

/** How often every choice of reductions came to one verdict, and to which. */
export type Agreed = Map<string, number>;

/**
 * Holds all choices of reductions to one verdict on random programs with events. A check is passed over if the search
 * that they are compared with comes to no verdict.
 */
export function agreementOfReductions(
  programs: { readonly numRuns: number; readonly seed?: number },
  packets: fc.Arbitrary<number>,
  budget: Budget,
  { source = arbitrarySource, ...compared }: { readonly source?: fc.Arbitrary<string> } & Partial<Compared> = {},
): Agreed {
  const agreements: Agreed = new Map();
  const scenarios = arbitraryScenario(packets, source).filter((scenario) => {
    const problem = problemOf(scenario);
    return typeof problem !== 'string' && problem.structure.events.length > 0;
  });
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const problem = problemOf(scenario);
      if (typeof problem === 'string') throw new Error('a rejected program is no scenario');
      const { agreed, difference } = disagreement(problem, budget, compared);
      if (difference) throw new Error(difference);
      for (const verdict of agreed) agreements.set(verdict, (agreements.get(verdict) ?? 0) + 1);
    }),
    programs,
  );
  return agreements;
}
