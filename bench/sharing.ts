/**
 * Shared rules (paper §5.3, Figure 13): `npx tsx bench/sharing.ts [seed] [trials]`. Prints, for pools of several sizes, how many of the
 * 64 × 20 rules the paper's heuristic and ours save; and for 8 event-sets how far both are from the optimum.
 */
import process from 'node:process';
import { optimalTags, pairedTags, searchedTags, trieRules } from '../src/compiler/assign-tags.js';
import { coverBy, rulesWith, tagWidth } from '../src/compiler/cubes.js';
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

console.log('\n8 event-sets × 6 rules: rules, and the optimum\n pool   paper    ours  optimum');
for (const pool of [8, 12, 16, 24]) {
  const rows = Array.from({ length: Math.min(trials, 5) }, (_, trial) => {
    const columns = randomRules(seed * 1_000 + trial, pool, 8, 6);
    const width = tagWidth(8);
    const paper = trieRules(pairedTags(8, columns), columns);
    const ours = rulesWith(searchedTags(8, columns, steps), width, columns, (...given) => coverBy(...given).length);
    return { paper, ours, optimum: optimalTags(8, columns).rules };
  });
  const means = (['paper', 'ours', 'optimum'] as const).map((k) => mean(rows.map((r) => r[k])).toFixed(1));
  console.log(`${String(pool).padStart(5)} ${means.map((m) => m.padStart(7)).join(' ')}`);
}
