import fc from 'fast-check';
import { defaultLimits, LimitReached } from '../../src/base/limits.js';
import type { Problem } from '../../src/engines/engine.js';
import { analyse, unrollFor } from '../../src/events/analysis.js';
import type { Semantics } from '../../src/execution/execution.js';
import { readProgram } from '../../src/language/read-program.js';
import { explore } from '../../src/search/explorer.js';
import { checks } from '../../src/theorems/checks.js';
import { bruteForce } from '../oracle/brute-force.js';
import { arbitraryClockProgram } from './clock-program.js';
import { budget } from './differential.js';
import { arbitraryEventfulProgram } from './eventful-program.js';
import { arbitrarySmallProgram } from './small-program.js';

interface Scenario {
  readonly source: string;
  readonly semantics: Semantics;
  readonly controller: boolean;
  readonly packets: number;
}

const scenarios: fc.Arbitrary<Scenario> = fc.record({
  source: fc.oneof(arbitraryEventfulProgram, arbitrarySmallProgram, arbitraryClockProgram, arbitraryClockProgram),
  semantics: fc.constantFrom<Semantics>('tagged', 'figure6', 'two-phase', 'best-effort'),
  controller: fc.boolean(),
  packets: fc.constantFrom(1, 2),
});

/** More histories than this are not looked at one by one. */
const histories = 2_000;

/** What is said of a program, and in how many blocks with events its state falls. */
interface Said {
  readonly said: readonly string[];
  readonly blocks: number;
  readonly problem?: Problem;
}

function verdicts({ source, ...options }: Scenario, isOneBlock: boolean): Said {
  const reading = readProgram(source, 'random.snk');
  if (!reading.ok) throw new Error(source);
  const { program } = reading;
  try {
    const analysis = analyse(program, unrollFor(options.packets), defaultLimits, { isOneBlock });
    const { system, structure, broken } = analysis;
    const blocks = system.blocks.filter(({ edges }) => edges.length > 0).length;
    if (broken || !structure) return { said: [broken && 'code' in broken ? broken.code : broken!.fault.kind], blocks };
    const problem: Problem = { program, system, structure, options, limits: defaultLimits };
    return { said: checks.map((check) => explore(problem, check, budget).status), blocks, problem };
  } catch (error) {
    if (error instanceof LimitReached) return { said: ['unknown'], blocks: 0 };
    throw error;
  }
}

/** The verdicts of the definitions word for word, over every interleaving. */
function byOracle({ program, system, structure, options }: Problem): string[] {
  const { semantics, controller, packets } = options;
  const found = bruteForce({ program, system, structure, semantics, controller }, packets, { histories, hops: 12 });
  return [found.lemma3, found.paper, found.causal].map(({ status }) => status);
}

const agree = (one: readonly string[], other: readonly string[]): boolean =>
  one.every((said, i) => said === 'unknown' || other[i] === 'unknown' || said === other[i]);

/** How many programs had a verdict: with several blocks, both ways; and by the oracle as well. */
export interface Compared {
  readonly several: number;
  readonly clocks: number;
  readonly judged: number;
}

/**
 * Random programs have the same verdicts with blocks, as one block, and by the brute-force oracle, wherever these end.
 * What the whole rejects for its loops (`cycle`) or for what no clock can name (`undetermined`, `incomplete`) blocks
 * may accept.
 */
export function blocksAgree(parameters: fc.Parameters<[Scenario]>): Compared {
  let [several, clocks, judged] = [0, 0, 0];
  const property = fc.property(scenarios, (scenario) => {
    const [parts, whole] = [verdicts(scenario, false), verdicts(scenario, true)];
    const fail = (what: string): never => {
      throw new Error(
        `${scenario.semantics}, ${scenario.packets} packets: with blocks ${parts.said}, ${what}:\n${scenario.source}`,
      );
    };
    if (whole.said.length === checks.length) {
      if (parts.blocks > 1) several++;
      if (!agree(parts.said, whole.said)) fail(`as one block ${whole.said}`);
    }
    if (!parts.problem) return;
    if (parts.problem.structure.blocks.some(({ naming }) => naming.clock !== null)) clocks++;
    const oracle = byOracle(parts.problem);
    if (oracle.some((said) => said !== 'unknown')) judged++;
    if (!agree(parts.said, oracle)) fail(`by the oracle ${oracle}`);
  });
  fc.assert(property, parameters);
  return { several, clocks, judged };
}
