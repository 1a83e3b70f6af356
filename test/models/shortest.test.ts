import { describe, expect, it } from 'vitest';
import type { Semantics, TheoremName } from '../../src/workbench.js';
import { resultOf } from '../conformance/expectation.js';
import { modelFile } from './models.js';

/** Counterexamples whose fewest steps can be counted by hand (interface.md: fewest packets, then fewest steps). */
const counted: readonly (readonly [string, Semantics, TheoremName, number, string])[] = [
  ['firewall', 'two-phase', 'theorem1.causal', 8, 'there and out in 5, back and dropped in 2, and Q emptied'],
  ['figure-2b-local', 'figure6', 'lemma3', 8, 'two packets to switch 4, which is IN, SW, LINK, SW each'],
  [
    'port-knocking',
    'figure6',
    'lemma3',
    12,
    'a packet to H1 in 4; the controller tells switch 4 in 2, or the next goes nowhere; a packet to H2 in 4; the controller tells a third switch in 2',
  ],
  ['chain-bounce', 'tagged', 'theorem1.paper', 16, 'two packets there, back and out in 7 each, and two items of Q'],
  [
    'midway',
    'best-effort',
    'theorem1.causal',
    16,
    'two packets to the end and out in 7 each; the controller learns of the event and tells one switch',
  ],
];

describe('the shortest counterexample', () => {
  it.each(counted)('%s, %s, %s: %i steps', async (model, semantics, check, steps, because) => {
    const { checks } = await resultOf(modelFile(model), { semantics });
    expect(checks[check]?.counterexample?.steps, because).toHaveLength(steps);
  });
});
