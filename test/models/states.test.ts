import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/events/analysis.js';
import { explore } from '../../src/explore/explorer.js';
import { readProgram } from '../../src/language/read-program.js';
import { defaultLimits } from '../../src/netkat/limits.js';
import { type CheckName, checkNames } from '../../src/theorems/verdict.js';
import type { Semantics } from '../../src/workbench.js';
import { modelFile } from './models.js';

/**
 * States explored by each check (lemma3, theorem1.paper, theorem1.causal), to the last one: a search that forgets states, or a
 * reduction that drops too many, may give the right verdicts here and wrong ones elsewhere, but not the same numbers. These
 * are what the tool has counted. Whoever changes the search says in the commit why they moved; the verdicts must not.
 */
const explored: readonly (readonly [string, Semantics, boolean, number, readonly [number, number, number]])[] = [
  ['firewall', 'tagged', true, 2, [33, 34, 33]],
  ['firewall', 'tagged', true, 3, [110, 119, 115]],
  ['firewall', 'tagged', false, 3, [46, 47, 47]],
  ['firewall', 'figure6', true, 3, [110, 119, 115]],
  ['firewall', 'two-phase', true, 2, [50, 34, 31]],
  ['firewall', 'best-effort', true, 3, [179, 228, 228]],
  ['learning-switch', 'tagged', true, 3, [791, 868, 823]],
  ['port-knocking', 'tagged', true, 2, [150, 179, 155]],
  ['port-knocking', 'tagged', true, 3, [1171, 1654, 1317]],
  ['port-knocking', 'figure6', true, 3, [152, 1522, 1242]],
  ['port-knocking', 'two-phase', true, 2, [217, 267, 236]],
  ['ring-2', 'tagged', true, 3, [861, 995, 861]],
  ['ring-3', 'tagged', true, 3, [2414, 2822, 2414]],
  ['ring-4', 'tagged', true, 2, [397, 423, 397]],
  ['visible-counter', 'tagged', true, 2, [46, 57, 49]],
  ['visible-counter', 'tagged', true, 3, [194, 375, 244]],
  ['concurrent-pair', 'tagged', true, 2, [505, 501, 519]],
  ['concurrent-pair', 'figure6', false, 3, [115, 41, 117]],
  ['chain-bounce', 'tagged', true, 3, [188, 94, 264]],
  ['figure-2a', 'figure6', true, 3, [1537, 2193, 2116]],
  ['figure-2b-local', 'tagged', true, 3, [594, 873, 710]],
  ['cyclic', 'tagged', true, 3, [345, 373, 373]],
  ['midway', 'best-effort', true, 2, [159, 968, 958]],
  ['bandwidth-cap-3', 'best-effort', true, 3, [311, 2227, 2281]],
  ['nat', 'two-phase', true, 3, [537, 80, 76]],
  ['multicast', 'tagged', true, 3, [924, 1074, 924]],
];

describe('states explored', () => {
  it.each(explored)('%s, %s, controller %s, %i packets', (model, semantics, controller, packets, states) => {
    const reading = readProgram(readFileSync(modelFile(model)), model);
    if (!reading.ok) throw new Error(`${model} cannot be read`);
    const { program } = reading;
    const { system, structure } = analyse(program, 4 * packets, defaultLimits);
    const problem = {
      program,
      system,
      structure: structure!,
      options: { semantics, controller, packets },
      limits: defaultLimits,
    };
    const budget = { maxStates: 1e6, deadline: Number.POSITIVE_INFINITY, maxBytes: 2 ** 30, onProgress: undefined };
    expect(checkNames.map((check: CheckName) => explore(problem, check, budget).states)).toEqual(states);
  });
});
