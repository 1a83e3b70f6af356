import { readFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/base/limits.js';
import type { Keeper } from '../../src/engines/engine.js';
import { analyse, unrollFor } from '../../src/events/analysis.js';
import { readProgram } from '../../src/language/read-program.js';
import { explore } from '../../src/search/explorer.js';
import { checkNames, theorems } from '../../src/theorems/checks.js';
import type { Semantics } from '../../src/workbench.js';
import { modelFile } from '../models/models.js';

const runs: readonly (readonly [model: string, semantics: Semantics, packets: number])[] = [
  ['port-knocking', 'tagged', 3],
  ['port-knocking', 'figure6', 2],
  ['port-knocking', 'two-phase', 2],
  ['visible-counter', 'tagged', 3],
  ['midway', 'best-effort', 1],
  ['midway', 'best-effort', 2],
  ['multicast', 'best-effort', 2],
  ['learning-switch-two-hosts', 'best-effort', 2],
  ['cyclic', 'tagged', 3],
];

/**
 * Explores in instalments of so many states, everything that is kept between two of them being written down and read
 * again, as by another process.
 */
function inInstalments(
  problem: Parameters<typeof explore>[0],
  check: (typeof checkNames)[number],
  instalment: number,
): { readonly verdict: ReturnType<typeof explore>; readonly instalments: number } {
  let kept: Buffer | undefined;
  for (let instalments = 1; ; instalments++) {
    const keeper: Keeper = {
      kept: kept && deserialize(kept),
      offer: () => undefined,
      keep: (work) => {
        kept = serialize(work());
      },
    };
    const maxStates = instalment * instalments;
    const budget = { maxStates, deadline: Number.POSITIVE_INFINITY, maxBytes: 2 ** 30, onProgress: undefined, keeper };
    const verdict = explore(problem, theorems[check], budget);
    if (verdict.status !== 'unknown' || verdict.limit !== 'max-states') return { verdict, instalments };
  }
}

describe('an exploration that is interrupted and goes on', () => {
  it.each(runs)('%s, %s, %i packets: ends as one that is not, states and steps alike', (model, semantics, packets) => {
    const reading = readProgram(readFileSync(modelFile(model)), model);
    if (!reading.ok) throw new Error(`${model} cannot be read`);
    const { program } = reading;
    const { system, structure } = analyse(program, unrollFor(packets), defaultLimits);
    const options = { semantics, controller: true, packets };
    // Each instalment, as another day, with an analysis of its own.
    const problem = () => ({ program, system, structure: structure!, options, limits: defaultLimits });
    const budget = { maxStates: 1e6, deadline: Number.POSITIVE_INFINITY, maxBytes: 2 ** 30, onProgress: undefined };
    for (const check of checkNames) {
      const whole = explore(problem(), theorems[check], budget);
      const { verdict, instalments } = inInstalments(problem(), check, Math.ceil(whole.states / 9));
      // Two searches decide Theorem 1 in best-effort: one may find its violation while the other waits for its
      // instalment.
      const hasTwo = semantics === 'best-effort' && check !== 'lemma3';
      if (hasTwo && whole.status === 'violated') expect(verdict.status).toBe('violated');
      else {
        expect(verdict).toEqual(whole);
        expect(instalments).toBeGreaterThan(4);
      }
    }
  });
});
