import { describe, expect, it } from 'vitest';
import { modelOf } from '../../src/export/model.js';
import { tla } from '../../src/export/tla.js';
import { explore } from '../../src/search/explorer.js';
import { theorems } from '../../src/theorems/checks.js';
import { modelSource } from '../compiler/compiled.js';
import { budget } from '../search/differential.js';
import { problem } from './spin-differences.js';
import { checkTla } from './tla.js';
import { expectSeen } from './tla-mutants.js';

describe('tla-checker and the explorer', () => {
  // Some 10 ms a state: the rest is nightly.
  it.each([
    ['tagged', 'theorem1.paper'],
    ['two-phase', 'theorem1.causal'],
  ] as const)('agree on firewall with 2 packets, %s, %s', (semantics, check) => {
    const posed = problem(modelSource('firewall'), semantics, 2);
    expect(checkTla(tla(modelOf(posed), theorems[check], 'Firewall'))).toBe(
      explore(posed, theorems[check], budget).status,
    );
  });
  it('disagree if switches learn nothing', () =>
    expectSeen(
      {
        of: ['firewall', 'tagged', 'theorem1.paper'],
        rule: '![n] = IF isVersion THEN @ ELSE learned]',
        fault: '![n] = @]',
      },
      'holds',
    ));
  it('disagree if packets may be too late', () =>
    expectSeen(
      {
        of: ['firewall', 'two-phase', 'theorem1.causal'],
        rule: 'pk[p].before \\subseteq X',
        fault: 'TRUE',
      },
      'violated',
    ));
});
