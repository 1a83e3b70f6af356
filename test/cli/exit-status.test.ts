import { describe, expect, it } from 'vitest';
import { type ExitStatus, exitStatus, overallStatus, statusOf } from '../../src/cli/exit-status.js';
import type { Result, ShownCheck } from '../../src/workbench.js';

type Status = ShownCheck['status'];

const resultWith = (statuses: readonly Status[], rejected: boolean = false): Result => {
  const [lemma3, paper, causal] = statuses.map((status) => ({ status, states: 1, counterexample: null }));
  return {
    tool: { name: 'snk-verify', version: '0.0.0' },
    program: { file: 'a.snk', sha256: '' },
    rejected: rejected ? { code: 'name', message: '', line: 1, column: 1, details: { diagnostics: [] } } : null,
    options: { semantics: 'tagged', packets: 3, controller: true },
    warnings: [],
    checks: {
      ...(lemma3 ? { lemma3 } : {}),
      ...(paper ? { 'theorem1.paper': paper } : {}),
      ...(causal ? { 'theorem1.causal': causal } : {}),
    },
  };
};

describe('the exit status', () => {
  it.each<[ExitStatus, readonly Status[]]>([
    [0, ['holds', 'proved', 'holds']],
    [0, ['proved', 'proved', 'proved']],
    [1, ['holds', 'violated', 'unknown']],
    [1, ['unknown', 'holds', 'violated']],
    [3, ['holds', 'unknown', 'proved']],
    [3, ['unknown', 'unknown', 'unknown']],
  ])('of one program is %i for %j', (status, checks) => {
    expect(statusOf(resultWith(checks))).toBe(status);
    expect(statusOf(resultWith(checks, true))).toBe(2);
  });

  it('of several files is the first of 70, 2, 1, 3, 0 that one of them has', () => {
    const order = [70, 2, 1, 3, 0] as const;
    expect(Object.values(exitStatus).sort()).toEqual([...order].sort());
    for (const [i, first] of order.entries())
      for (const second of order.slice(i)) {
        expect(overallStatus([first, second]), `${first} ${second}`).toBe(first);
        expect(overallStatus([second, second, first]), `${second} ${second} ${first}`).toBe(first);
      }
    expect(overallStatus([])).toBe(0);
  });
});
