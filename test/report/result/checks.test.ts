import { describe, expect, it } from 'vitest';
import { worstStatus } from '../../../src/report/result/checks.js';
import type { Result, ShownCheck } from '../../../src/report/result/result.js';

const checksOf = (...statuses: readonly ShownCheck['status'][]): Result['checks'] => {
  const [lemma3, paper, causal] = statuses.map((status): ShownCheck => ({ status, states: 1, counterexample: null }));
  return {
    ...(lemma3 ? { lemma3 } : {}),
    ...(paper ? { 'theorem1.paper': paper } : {}),
    ...(causal ? { 'theorem1.causal': causal } : {}),
  };
};

describe('the worst status of a result', () => {
  it.each<readonly [ShownCheck['status'], readonly ShownCheck['status'][]]>([
    ['proved', ['proved', 'proved', 'proved']],
    ['proved', ['proved']],
    ['holds', ['proved', 'holds', 'proved']],
    ['holds', ['holds', 'holds', 'holds']],
    ['unknown', ['proved', 'unknown', 'holds']],
    ['violated', ['unknown', 'violated', 'proved']],
    ['holds', []],
  ])('is %s', (worst, statuses) => expect(worstStatus({ checks: checksOf(...statuses) })).toBe(worst));
  it('counts that of the tables', () => {
    const tables = { status: 'unknown', obligations: 0, counterexample: null } as const;
    expect(worstStatus({ checks: { tables, ...checksOf('proved', 'proved', 'proved') } })).toBe('unknown');
  });
});
