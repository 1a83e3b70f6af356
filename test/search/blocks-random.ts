import fc from 'fast-check';
import { defaultLimits, LimitReached } from '../../src/base/limits.js';
import type { Problem } from '../../src/engines/engine.js';
import { analyse, unrollFor } from '../../src/events/analysis.js';
import type { Semantics } from '../../src/execution/execution.js';
import { readProgram } from '../../src/language/read-program.js';
import { explore } from '../../src/search/explorer.js';
import { checks } from '../../src/theorems/checks.js';
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
  source: fc.oneof(arbitraryEventfulProgram, arbitrarySmallProgram),
  semantics: fc.constantFrom<Semantics>('tagged', 'figure6', 'two-phase', 'best-effort'),
  controller: fc.boolean(),
  packets: fc.constantFrom(1, 2),
});

/** What is said of a program, and in how many blocks with events its state falls. */
function verdicts({ source, ...options }: Scenario, isOneBlock: boolean): { said: string[]; blocks: number } {
  const reading = readProgram(source, 'random.snk');
  if (!reading.ok) throw new Error(source);
  const { program } = reading;
  try {
    const analysis = analyse(program, unrollFor(options.packets), defaultLimits, { isOneBlock });
    const { system, structure, broken } = analysis;
    const blocks = system.blocks.filter(({ edges }) => edges.length > 0).length;
    if (broken || !structure) return { said: [broken && 'code' in broken ? broken.code : broken!.fault.kind], blocks };
    const problem: Problem = { program, system, structure, options, limits: defaultLimits };
    return { said: checks.map((check) => explore(problem, check, budget).status), blocks };
  } catch (error) {
    if (error instanceof LimitReached) return { said: ['unknown'], blocks: 0 };
    throw error;
  }
}

/**
 * Random programs have the same verdicts with blocks and as one block, wherever both end. What the whole rejects for
 * its loops (`cycle`) or for what no clock can name (`undetermined`, `incomplete`) blocks may accept. Gives how many
 * programs with several blocks had a verdict.
 */
export function blocksAgree(parameters: fc.Parameters<[Scenario]>): number {
  let several = 0;
  const property = fc.property(scenarios, (scenario) => {
    const [parts, whole] = [false, true].map((isOneBlock) => verdicts(scenario, isOneBlock)) as [
      ReturnType<typeof verdicts>,
      ReturnType<typeof verdicts>,
    ];
    if (whole.said.length !== checks.length) return;
    if (parts.blocks > 1) several++;
    for (const [i, said] of parts.said.entries())
      if (said !== 'unknown' && whole.said[i] !== 'unknown' && said !== whole.said[i])
        throw new Error(`with blocks ${parts.said}, as one block ${whole.said}:\n${scenario.source}`);
  });
  fc.assert(property, parameters);
  return several;
}
