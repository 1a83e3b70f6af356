import fc from 'fast-check';
import { allReductions, type Reductions } from '../../src/network/reductions/reductions.js';
import { exploring } from '../../src/search/explorer.js';
import { satisfying } from '../../src/search/satisfying.js';
import { propertyCheck, strong } from '../../src/theorems/checks.js';
import { budget, fewest, problemOf } from '../search/differential.js';
import { arbitraryScenario } from '../search/oracle.js';
import { bruteForce } from './brute-force.js';
import { arbitraryGenes, randomProperties } from './random-properties.js';

/** How often each verdict was met: `tagged always violated`, `best-effort leadsTo vacuous`, … */
export type Tally = Map<string, number>;

interface Options {
  readonly histories: number;
  readonly packets: fc.Arbitrary<number>;
  /** How many properties each program is asked. */
  readonly properties: number;
  /** How the first property of a program is explored besides, to test reductions too. */
  readonly besides: readonly Reductions[];
}

/**
 * The explorer and the definition over all executions agree on random properties of random programs: on the verdict, on
 * the fewest packets and steps, on what holds vacuously, and on whether there is a witness.
 */
export function agreement(
  { histories, packets, properties, besides }: Options,
  parameters: fc.Parameters<[unknown, number[]]>,
): Tally {
  const tally: Tally = new Map();
  const count = (key: string) => tally.set(key, (tally.get(key) ?? 0) + 1);
  const property = fc.property(arbitraryScenario(packets), arbitraryGenes, (scenario, genes) => {
    const declared = randomProperties(scenario.source, genes, properties);
    const problem = problemOf({ ...scenario, source: `${declared}\n${scenario.source}` });
    if (typeof problem === 'string') return void count(`rejected ${problem}`);
    const { program, system, structure, options } = problem;
    const setting = { program, system, structure, semantics: options.semantics, controller: options.controller };
    const checks = [...program.properties.map(propertyCheck), strong];
    const found = bruteForce(setting, checks, options.packets, { histories, hops: 12 });
    for (const check of checks) {
      const { broken, satisfied, witnessed, cut } = found.get(check)!;
      const form = check.property?.form.kind ?? 'strong';
      const text = check.property?.text ?? 'strong';
      const say = (what: string): never => {
        throw new Error(`${options.semantics}, controller ${options.controller}: ${text}\n${what}`);
      };
      for (const reduced of check === checks[0] ? [allReductions, ...besides] : [allReductions]) {
        const verdict = exploring(reduced)(problem, check, budget);
        if (verdict.status === 'unknown') {
          count(`${options.semantics} ${form} unknown`);
          continue;
        }
        if (broken && verdict.status !== 'violated') say('the explorer says that it holds');
        if (verdict.status === 'violated') {
          const steps = verdict.counterexample.steps.length;
          if (!cut && !broken) say('the explorer says that it is violated');
          if (broken && fewest(verdict)! > broken.packets) say(`${fewest(verdict)} packets, not ${broken.packets}`);
          const isComparable = broken && fewest(verdict) === broken.packets;
          if (isComparable && steps > broken.steps) say(`${steps} steps, not ${broken.steps}`);
          if (!cut && isComparable && steps < broken.steps) say(`${steps} steps, fewer than ${broken.steps}`);
        }
        if (cut) continue;
        const isVacuous = verdict.status === 'holds' && verdict.vacuous === true;
        if (check.property && verdict.status === 'holds' && isVacuous === satisfied)
          say(`vacuous by the explorer: ${isVacuous}`);
        count(`${options.semantics} ${form} ${isVacuous ? 'vacuous' : verdict.status}`);
        if (!check.property || reduced !== allReductions) continue;
        const witness = satisfying(problem, check, budget, reduced);
        if (witness.kind !== 'unknown' && (witness.kind === 'found') !== witnessed) say(`witness: ${witness.kind}`);
        count(`witness ${witness.kind}`);
      }
    }
  });
  fc.assert(property as fc.IProperty<[unknown, number[]]>, parameters);
  return tally;
}
