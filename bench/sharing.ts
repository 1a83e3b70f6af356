/**
 * Shared rules (paper §5.3, Figure 13): `npx tsx bench/sharing.ts [seed] [trials]`. Prints, for pools of several sizes, how many of the
 * 64 × 20 rules the paper's heuristic and ours save; and for few event-sets how far both are from the optimum.
 */
import process from 'node:process';
import { pairedTags, searchedTags, trieRules } from '../src/compiler/assign-tags.js';
import { coverBy, rulesWith, tagWidth } from '../src/compiler/cubes.js';
import { optimalSharing } from '../src/smt/optimal-sharing.js';
import { openSession } from '../src/smt/session.js';
import { randomRules } from './random-rules.js';

const steps = 3_000;
const seed = Number(process.argv[2] ?? 1);
const trials = Number(process.argv[3] ?? 5);
console.log(`seed ${seed}, ${trials} trials a row, ${steps} steps of search`);

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const percent = (x: number): string => `${(100 * x).toFixed(1).padStart(5)} %`;

console.log('\n64 event-sets × 20 rules: rules saved\n pool   paper   ours, its tags   ours, searched      time');
for (const pool of [24, 40, 56, 64, 80, 120, 160]) {
  const rows = Array.from({ length: trials }, (_, trial) => {
    const columns = randomRules(seed * 1_000 + trial, pool);
    const saved = (rules: number) => 1 - rules / (64 * 20);
    const paired = pairedTags(64, columns);
    const start = performance.now();
    const searched = searchedTags(64, columns, steps);
    const search_ms = performance.now() - start;
    const ours = (codes: readonly number[]) =>
      saved(rulesWith(codes, 6, columns, (...given) => coverBy(...given).length));
    return { paper: saved(trieRules(paired, columns)), cubes: ours(paired), searched: ours(searched), search_ms };
  });
  const [paper, cubes, searched] = (['paper', 'cubes', 'searched'] as const).map((k) => mean(rows.map((r) => r[k])));
  const time = `${mean(rows.map((r) => r.search_ms)).toFixed(0)} ms`;
  console.log(
    `${String(pool).padStart(5)} ${percent(paper!)} ${percent(cubes!).padStart(13)} ${percent(searched!).padStart(16)} ${time.padStart(12)}`,
  );
}

/** The optimum is asked of Z3 for so long, in milliseconds. */
const optimum_ms = 60_000;
const session = openSession();
console.log(
  '\nHow far from the optimum (by Z3): rules\n event-sets × rules   pool   paper    ours   optimum   time of Z3',
);
for (const [n, rules, pool] of [
  [4, 6, 12],
  [5, 6, 12],
  [6, 6, 12],
  [7, 6, 12],
  [8, 6, 12],
] as const) {
  for (let trial = 0; trial < Math.min(trials, 2); trial++) {
    const columns = randomRules(seed * 1_000 + trial, pool, n, rules);
    const width = tagWidth(n);
    const paper = trieRules(pairedTags(n, columns), columns);
    const ours = rulesWith(searchedTags(n, columns, steps), width, columns, (...given) => coverBy(...given).length);
    const start = performance.now();
    const optimum = await optimalSharing(n, columns, session, optimum_ms);
    const time_ms = performance.now() - start;
    const shown = optimum.kind === 'optimum' ? String(optimum.rules) : 'unknown';
    console.log(
      `${`${n} × ${rules}`.padStart(19)} ${String(pool).padStart(6)} ${String(paper).padStart(7)} ${String(ours).padStart(7)} ${shown.padStart(9)} ${`${time_ms.toFixed(0)} ms`.padStart(12)}`,
    );
  }
}
await session.close();
