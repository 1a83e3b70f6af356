import { afterAll, describe, expect, it } from 'vitest';
import { randomRules } from '../../bench/random-rules.js';
import { optimalTags, pairedTags, searchedTags, trieRules } from '../../src/compiler/assign-tags.js';
import { type Column, coverBy, fewestCubes, rulesWith, tagWidth } from '../../src/compiler/cubes.js';
import { optimalSharing } from '../../src/smt/optimal-sharing.js';
import { openSession } from '../../src/smt/solver/session.js';

const session = openSession();
afterAll(() => session.close());

const instances = [
  [3, 3, 6],
  [4, 3, 6],
  [5, 3, 8],
  [6, 4, 10],
] as const;

/**
 * Every second event-set that does not use a rule does not care for it: packets of it never arrive (paper §5.3 has none
 * such).
 */
const indifferent = (columns: readonly Column[]): Column[] =>
  columns.map(({ on, off, weight }, c) => ({ on, off: off.filter((_, i) => (i + c) % 2 === 0), weight }));

describe('the optimum of rule sharing', () => {
  it.each(instances)(
    'of %i event-sets × %i rules from %i is what trying all tags finds, and no heuristic is below',
    async (n, rules, pool) => {
      const random = randomRules(n, pool, n, rules);
      for (const columns of [random, indifferent(random)]) {
        const width = tagWidth(n);
        const optimum = await optimalSharing(n, columns, session, 60_000);
        if (optimum.kind === 'unknown') throw new Error(optimum.why);
        expect(optimum.rules).toBe(optimalTags(n, columns).rules);
        expect(new Set(optimum.codes).size).toBe(n);
        expect(rulesWith(optimum.codes, width, columns, fewestCubes)).toBe(optimum.rules);
        const paper = trieRules(pairedTags(n, columns), columns);
        const ours = rulesWith(searchedTags(n, columns, 500), width, columns, (...given) => coverBy(...given).length);
        expect(ours).toBeGreaterThanOrEqual(optimum.rules);
        expect(paper).toBeGreaterThanOrEqual(ours);
        console.log(`${n} event-sets × ${rules} rules: paper ${paper}, ours ${ours}, optimum ${optimum.rules}`);
      }
    },
  );

  it('is unknown when there is no time', async () => {
    const optimum = await optimalSharing(12, randomRules(1, 24, 12, 8), session, 50);
    expect(optimum).toMatchObject({ kind: 'unknown', why: 'the time limit was met (--timeout)' });
  });
});
