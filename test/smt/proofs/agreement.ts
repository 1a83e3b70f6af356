import fc from 'fast-check';
import { explore } from '../../../src/search/explorer.js';
import { attempt } from '../../../src/smt/proofs/attempt.js';
import type { SolverSession } from '../../../src/smt/solver/session.js';
import { checks, type TheoremName, theorems } from '../../../src/theorems/checks.js';
import { arbitraryClockProgram } from '../../search/clock-program.js';
import { budget, problemOf } from '../../search/differential.js';
import { arbitraryEventfulProgram } from '../../search/eventful-program.js';
import { arbitrarySmallProgram } from '../../search/small-program.js';

/** A random program, and how many packets enter it at most, with the controller on or off. */
const arbitrarySubject = (packets: fc.Arbitrary<number>) =>
  fc.record({
    source: fc.oneof(
      { weight: 2, arbitrary: arbitraryEventfulProgram },
      { weight: 1, arbitrary: arbitrarySmallProgram },
      { weight: 1, arbitrary: arbitraryClockProgram },
    ),
    controller: fc.boolean(),
    packets,
  });

/**
 * Proofs and the explorer agree on random programs under `tagged`: no execution violates what is proved; and Lemma 3
 * and the causal definition are proved of every program that is accepted and has no loop. Counts the outcomes by check.
 * @throws where they contradict
 */
export async function proofAgreement(
  session: SolverSession,
  options: { readonly packets: fc.Arbitrary<number> } & fc.Parameters<
    [{ source: string; controller: boolean; packets: number }]
  >,
): Promise<ReadonlyMap<string, number>> {
  const tally = new Map<string, number>();
  const count = (key: string) => tally.set(key, (tally.get(key) ?? 0) + 1);
  const { packets, ...parameters } = options;
  const property = fc.asyncProperty(arbitrarySubject(packets), async (subject) => {
    const problem = problemOf({ ...subject, semantics: 'tagged', unroll: 2 * subject.packets }, true);
    if (typeof problem === 'string') return void count('rejected');
    const { structure } = problem;
    if (structure.events.length === 0) return void count('without events');
    const attempts = await attempt(session, problem, checks, performance.now() + 60_000);
    const isLoopFree = structure.bound === null;
    for (const [check, { kind }] of attempts) {
      const { status } = explore(problem, theorems[check as TheoremName], budget);
      count(`${isLoopFree ? '' : 'loop, '}${check} ${kind}, ${status}`);
      if (kind === 'proved' && status === 'violated')
        throw new Error(`${check} is proved, and violated by ${subject.packets} packets`);
      if (kind !== 'proved' && isLoopFree && check !== 'theorem1.paper')
        throw new Error(`${check} is not proved: ${JSON.stringify(attempts.get(check))}`);
    }
  });
  await fc.assert(property, parameters);
  return tally;
}

/** A tally in a line. */
export const showTally = (tally: ReadonlyMap<string, number>): string =>
  [...tally]
    .map(([key, n]) => `${key}: ${n}`)
    .sort()
    .join('; ');
