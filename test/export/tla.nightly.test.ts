import { describe, expect, it } from 'vitest';
import type { Semantics } from '../../src/execution/execution.js';
import { modelOf } from '../../src/export/model.js';
import { tla } from '../../src/export/tla.js';
import { explore } from '../../src/search/explorer.js';
import { checkNames, theorems } from '../../src/theorems/checks.js';
import { compilableModels, modelSource } from '../compiler/compiled.js';
import { budget } from '../search/differential.js';
import { problem } from './spin-differences.js';
import { checkTla } from './tla.js';
import { expectSeen } from './tla-mutants.js';

const semantics: readonly Semantics[] = ['tagged', 'figure6', 'two-phase', 'best-effort'];
const cases = compilableModels.flatMap((name) =>
  semantics.flatMap((runs) => checkNames.map((check) => [name, runs, check, name === 'firewall' ? 2 : 1] as const)),
);

describe('tla-checker and the explorer', () => {
  it.each(cases.filter(([name]) => !/^ring-[3-8]$/.test(name)))(
    'agree on %s, %s, %s, packets: %d',
    (name, runs, check, packets) => {
      const posed = problem(modelSource(name), runs, packets);
      expect(checkTla(tla(modelOf(posed), theorems[check], 'Program'))).toBe(
        explore(posed, theorems[check], budget).status,
      );
    },
  );
  it('agree on a clock: what the controller tells one by one is no event-set; unless a switch may know that', () =>
    expectSeen(
      {
        of: ['rate-limit', 'figure6', 'lemma3'],
        rule: '\\A n \\in Switches : eventSet[n] \\in Family',
        fault: 'TRUE',
      },
      'violated',
    ));
  it('disagree if nothing is detected', () =>
    expectSeen(
      {
        of: ['firewall', 'tagged', 'theorem1.causal'],
        rule: 'CASE Semantics = "tagged" -> Pick(heard, {}, k.events)',
        fault: 'CASE Semantics = "tagged" -> {}',
      },
      'holds',
    ));
});
