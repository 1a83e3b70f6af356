import { describe, expect, it } from 'vitest';
import type { Semantics } from '../../src/execution/execution.js';
import { rerunSteps } from '../../src/execution/validate.js';
import { judgeCausal, judgeLemma3, judgePaper } from '../../src/theorems/index.js';
import { allEntries, bruteForce, checks, type OracleResult } from './brute-force.js';
import {
  bandwidthCap,
  capVisible,
  chainBounce,
  conflictLocal,
  diamondMulticast,
  firewall,
  midway,
  toggle,
} from './programs.js';
import { settingOf } from './setting.js';

const summary = (result: OracleResult): string =>
  checks
    .map((check) => {
      const verdict = result[check];
      return verdict.status === 'violated' ? `violated ${verdict.packetsNeeded}` : verdict.status;
    })
    .join(', ');

/**
 * Program, semantics, controller, and the statuses of lemma3, paper, causal with the packets needed: as in
 * test/conformance/expected.json.
 */
const rows: [string, string, Semantics, boolean, string][] = [
  ['firewall', firewall, 'tagged', true, 'holds, holds, holds'],
  ['firewall', firewall, 'figure6', true, 'holds, holds, holds'],
  ['firewall', firewall, 'two-phase', true, 'holds, violated 2, violated 2'],
  ['firewall', firewall, 'best-effort', true, 'holds, violated 2, violated 2'],
  ['conflict_local', conflictLocal, 'tagged', true, 'holds, holds, holds'],
  ['conflict_local', conflictLocal, 'figure6', false, 'violated 2, holds, holds'],
  ['chain_bounce', chainBounce, 'tagged', false, 'holds, violated 2, holds'],
  ['diamond_multicast', diamondMulticast, 'tagged', false, 'holds, violated 2, holds'],
  ['cap_visible', capVisible, 'tagged', false, 'holds, holds, holds'],
  ['bandwidth_cap', bandwidthCap, 'figure6', true, 'violated 2, holds, holds'],
  ['bandwidth_cap', bandwidthCap, 'two-phase', true, 'holds, holds, holds'],
  ['midway', midway, 'best-effort', true, 'holds, violated 2, violated 2'],
  ['midway', midway, 'tagged', false, 'holds, holds, holds'],
];

describe('every interleaving of two packets', () => {
  it.each(rows)('%s %#', (_, source, semantics, controller, expected) => {
    const setting = settingOf(source, semantics, controller);
    const result = bruteForce(setting, 2);
    expect(summary(result)).toBe(expected);

    const judges = { lemma3: judgeLemma3, paper: judgePaper, causal: judgeCausal };
    for (const check of checks) {
      const verdict = result[check];
      if (verdict.status !== 'violated') continue;
      const { kind, packet, event, steps } = verdict.counterexample;
      const validation = rerunSteps(setting, steps);
      if (validation.kind !== 'possible') throw new Error(validation.why);
      const judged = judges[check](validation.run);
      expect(judged.kind === 'violated' && judged.violations[0]).toMatchObject({ kind, packet, event });
    }
  });
});

describe('the oracle', () => {
  it('finds the same where it looks at every history', () => {
    // The memory of histories is the one thing in it that is not plain: without it, only the tiniest programs finish.
    for (const semantics of ['tagged', 'figure6', 'best-effort'] as const) {
      const setting = settingOf(firewall, semantics);
      const entries = allEntries(setting).filter(({ at, headers }) => headers[0] === (at.switch === 1 ? 1 : 0));
      const [brief, full] = [true, false].map((memoise) => bruteForce(setting, 2, { memoise, entries }));
      expect(summary(brief!)).toBe(summary(full!));
      expect(full!.histories).toBeGreaterThan(brief!.histories);
    }
  });

  it('pins the number of histories, so that a lost one is seen', () => {
    expect(bruteForce(settingOf(firewall), 2).histories).toBe(488);
    expect(bruteForce(settingOf(capVisible, 'tagged', false), 2).histories).toBe(2122);
  });

  it('needs a third packet for the counter whose every value shows', () => {
    const setting = settingOf(capVisible, 'tagged', false);
    const entries = allEntries(setting).filter(({ headers }) => headers[0] === 0);
    const result = bruteForce(setting, 3, { entries });
    expect(summary(result)).toBe('holds, violated 3, holds');
    expect(result.paper).toMatchObject({ counterexample: { kind: 'mixture' } });
  });

  it('says unknown where it cut executions off', () => {
    expect(summary(bruteForce(settingOf(firewall), 1, { hops: 1 }))).toBe('unknown, unknown, unknown');
    expect(summary(bruteForce(settingOf(toggle, 'tagged', false, 1), 2))).toBe('unknown, unknown, unknown');
    expect(summary(bruteForce(settingOf(toggle, 'tagged', false, 2), 2))).toBe('holds, holds, holds');
    expect(summary(bruteForce(settingOf(firewall), 2, { histories: 400 }))).toBe('unknown, unknown, unknown');
  });
});
