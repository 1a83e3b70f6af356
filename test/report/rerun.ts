import { isDeepStrictEqual } from 'node:util';
import { defaultLimits } from '../../src/base/limits.js';
import { analyse, unrollFor } from '../../src/events/analysis.js';
import type { Setting } from '../../src/execution/state.js';
import { rerunSteps } from '../../src/execution/validate.js';
import { readProgram } from '../../src/language/read-program.js';
import { judgeCausal, judgeLemma3, judgePaper } from '../../src/theorems/index.js';
import type { Counterexample, Result, TheoremName } from '../../src/workbench.js';

/**
 * Re-runs each counterexample of a document from its text alone, and judges it by the definitions word for word. Gives
 * what is wrong, or nothing.
 */
export function faultsOf(document: string, source: string): readonly string[] {
  const { options, nes, checks } = JSON.parse(document) as Result;
  const faults: string[] = [];
  for (const [name, check] of Object.entries(checks)) {
    if (!check.counterexample) continue;
    const setting = settingOf(source, options, nes?.bound ?? null);
    const fault = faultOf(name as TheoremName | 'tables', setting, check.counterexample);
    if (fault !== undefined) faults.push(`${name}: ${fault}`);
  }
  return faults;
}

function settingOf(
  source: string,
  { semantics, controller, packets }: Result['options'],
  bound: number | null,
): Setting {
  const reading = readProgram(source, 'rerun.snk');
  if (!reading.ok) throw new Error('a counterexample to a program that cannot be read');
  const { program } = reading;
  const { system, structure } = analyse(program, unrollFor(packets, bound ?? undefined), defaultLimits);
  if (!structure) throw new Error('a counterexample to a program without event structure');
  return { program, system, structure, semantics, controller };
}

function faultOf(name: TheoremName | 'tables', setting: Setting, counterexample: Counterexample): string | undefined {
  const { kind, packet, event, steps } = counterexample;
  const validation = rerunSteps(setting, steps);
  if (validation.kind === 'impossible') return `step ${validation.step} cannot be re-run: ${validation.why}`;
  const { run } = validation;
  // The rules take every step; that the tables do something else in the last one cannot be seen without them.
  if (name === 'tables') return kind === 'compiler' ? undefined : `it is a ${kind}, not about tables`;
  const judgement = { lemma3: judgeLemma3, 'theorem1.paper': judgePaper, 'theorem1.causal': judgeCausal }[name](run);
  if (judgement.kind !== 'violated') return `the definition judges it ${judgement.kind}`;
  const isNamed = judgement.violations.some((v) =>
    isDeepStrictEqual([v.kind, v.packet, v.event], [kind, packet, event]),
  );
  if (!isNamed) {
    const found = judgement.violations.map((v) => `${v.kind} of packet ${v.packet} and event ${v.event}`);
    return `it is no ${kind} of packet ${packet} and event ${event}, but ${found.join(', ')}`;
  }
  const mustBeComplete = kind === 'mixture' || kind === 'too-early' || kind === 'too-late';
  if (mustBeComplete && !run.drained) return 'it is not complete: something is left in a queue';
  // A counterexample with steps after the violation would not have the fewest steps.
  if (name === 'lemma3' && 'state' in judgement && judgement.state !== steps.length)
    return 'it goes on after it is over';
  return undefined;
}
