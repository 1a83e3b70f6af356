import fc from 'fast-check';
import type { Semantics } from '../../src/execution/execution.js';
import { compare, contradiction, problemOf, type Scenario } from './differential.js';
import { arbitraryEventfulProgram } from './eventful-program.js';
import { arbitrarySmallProgram } from './small-program.js';

/** How often each pair of verdicts was met: `tagged paper violated`, `rejected cycle`, … */
export type Tally = Map<string, number>;

const arbitrarySource = fc.oneof(
  { weight: 2, arbitrary: arbitraryEventfulProgram },
  { weight: 1, arbitrary: arbitrarySmallProgram },
);

/** A random program with a random way to run it. */
export const arbitraryScenario = (packets: fc.Arbitrary<number>, source = arbitrarySource): fc.Arbitrary<Scenario> =>
  fc.record({
    source,
    semantics: fc.constantFrom<Semantics>('tagged', 'figure6', 'two-phase', 'best-effort'),
    controller: fc.boolean(),
    packets,
    unroll: fc.constantFrom(8, 4, 2, 3),
  });

/** How often a tally met entries with this start and this end. */
export const total = (tally: Tally, start: string, end = ''): number =>
  [...tally].reduce((sum, [key, n]) => sum + (key.startsWith(start) && key.endsWith(end) ? n : 0), 0);

/**
 * The explorer and the oracle agree on random programs: on every check's verdict, on the fewest packets, and the
 * explorer's counterexample is no longer than the oracle's. Where the oracle would have to look at more than so many
 * histories, it has no verdict.
 */
export function agreement(
  options: { readonly histories: number; readonly packets: fc.Arbitrary<number> } & fc.Parameters<[Scenario]>,
): Tally {
  const tally: Tally = new Map();
  const count = (key: string) => tally.set(key, (tally.get(key) ?? 0) + 1);
  const { histories, packets, ...parameters } = options;
  const property = fc.property(arbitraryScenario(packets), (scenario) => {
    const problem = problemOf(scenario);
    if (typeof problem === 'string') return void count(`rejected ${problem}`);
    // A program without events has only one configuration, so there is little to compare.
    if (problem.structure.events.length === 0) return void count('no events');
    const { events, eventSets, maximal, bound } = problem.structure;
    count('has events');
    if (events.length > 1) count('several events');
    if (bound !== null) count('cyclic');
    if (maximal.length > 1) count('conflict');
    if (eventSets.some((a) => eventSets.some((b) => (a & b) !== a && (a & b) !== b && eventSets.includes(a | b))))
      count('concurrent');
    const { comparisons } = compare(problem, histories);
    for (const comparison of comparisons) {
      const why = contradiction(problem, comparison);
      if (why) throw new Error(why);
      const { check, explorer, oracle } = comparison;
      const isChecked = oracle.status !== 'unknown' && explorer.status !== 'unknown';
      count(`${scenario.semantics} ${check} ${isChecked ? explorer.status : 'undecided'}`);
    }
  });
  fc.assert(property, parameters);
  return tally;
}
