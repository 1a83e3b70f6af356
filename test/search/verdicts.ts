import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Budget, Problem } from '../../src/engines/engine.js';
import type { Semantics } from '../../src/execution/execution.js';
import { explore } from '../../src/search/explorer.js';
import { theorems } from '../../src/theorems/checks.js';
import { checks } from '../oracle/brute-force.js';
import { budget, fewest, nameOfCheck, type Scenario } from './differential.js';

/**
 * The name of a way to run a program: `tagged on 2 1` is `--semantics tagged --controller on --packets 2 --unroll 1`.
 */
export function optionsOf(run: string): Omit<Scenario, 'source'> {
  const [semantics, controller, packets, unroll = '4'] = run.split(' ');
  return {
    semantics: semantics as Semantics,
    controller: controller === 'on',
    packets: Number(packets),
    unroll: Number(unroll),
  };
}

const verdictsFile = path.join(import.meta.dirname, 'verdicts.json');

/**
 * What the explorer must say, by program and run: `holds, 2/14, holds` is lemma3, paper and causal, where `2/14` is
 * violated by 2 packets in 14 steps. The oracle has confirmed it (`oracle.nightly.test.ts`) wherever it could look at
 * every execution.
 */
export const readVerdicts = (): Readonly<Record<string, Readonly<Record<string, string>>>> =>
  JSON.parse(readFileSync(verdictsFile, 'utf8')) as Record<string, Record<string, string>>;

/** The explorer's verdicts, as `verdicts.json` writes them. */
export function verdictsOf(problem: Problem, within: Budget = budget): string {
  const shown = checks.map((check) => {
    const verdict = explore(problem, theorems[nameOfCheck[check]], within);
    if (verdict.status !== 'violated') return verdict.status;
    return `${fewest(verdict)}/${verdict.counterexample.steps.length}`;
  });
  return shown.join(', ');
}
