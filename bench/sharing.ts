/**
 * Shared rules (paper §5.3, Figure 13): `npx tsx bench/sharing.ts [seed] [trials] [file.svg]`. Prints, for pools of several sizes, how
 * many of the 64 × 20 rules the paper's heuristic and ours save, and draws that; and for few event-sets how far both are from the
 * optimum.
 */
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { pairedTags, searchedTags, trieRules } from '../src/compiler/assign-tags.js';
import { coverBy, rulesWith, tagWidth } from '../src/compiler/cubes.js';
import { optimalSharing } from '../src/smt/optimal-sharing.js';
import { openSession } from '../src/smt/solver/session.js';
import { drawCharts, type Series } from './figure.js';
import { randomRules } from './random-rules.js';

const steps = 3_000;
const seed = Number(process.argv[2] ?? 1);
const trials = Number(process.argv[3] ?? 5);
const file = process.argv[4];
console.log(`seed ${seed}, ${trials} trials a row, ${steps} steps of search`);

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const percent = (x: number): string => `${(100 * x).toFixed(1).padStart(5)} %`;

const eventSets = 64;
const all = eventSets * 20;

/** Rules that are left, of `all`: by the paper's heuristic, by our rules for its tags, and by our tags. */
interface Trial {
  readonly paper: number;
  readonly cubes: number;
  readonly searched: number;
  readonly search_ms: number;
}

function runTrial(trial: number, pool: number): Trial {
  const columns = randomRules(seed * 1_000 + trial, pool);
  const paired = pairedTags(eventSets, columns);
  const start = performance.now();
  const found = searchedTags(eventSets, columns, steps);
  const search_ms = performance.now() - start;
  const ours = (codes: readonly number[]) =>
    rulesWith(codes, tagWidth(eventSets), columns, (...given) => coverBy(...given).length);
  return { paper: trieRules(paired, columns), cubes: ours(paired), searched: ours(found), search_ms };
}

const pools = [24, 40, 56, 64, 80, 120, 160].map((pool) => ({
  pool,
  rows: Array.from({ length: trials }, (_, trial) => runTrial(trial, pool)),
}));
const saved = (rules: number): number => 1 - rules / all;
const meanSaved = (rows: readonly Trial[], of: 'paper' | 'cubes' | 'searched') => mean(rows.map((r) => saved(r[of])));

console.log('\n64 event-sets × 20 rules: rules saved\n pool   paper   ours, its tags   ours, searched      time');
for (const { pool, rows } of pools) {
  const time = `${mean(rows.map((r) => r.search_ms)).toFixed(0)} ms`;
  console.log(
    `${String(pool).padStart(5)} ${percent(meanSaved(rows, 'paper'))} ${percent(meanSaved(rows, 'cubes')).padStart(13)} ${percent(meanSaved(rows, 'searched')).padStart(16)} ${time.padStart(12)}`,
  );
}

if (file !== undefined) {
  writeFileSync(file, figure(file));
  console.log(`\n${file}`);
}

/** Figure 13 for the pool in which the paper's heuristic saves what the paper says, and what is saved by size of the pool. */
function figure(file: string): string {
  const paperSaves = 0.32;
  const gap = ({ rows }: (typeof pools)[number]) => Math.abs(meanSaved(rows, 'paper') - paperSaves);
  const like = pools.reduce((best, pool) => (gap(pool) < gap(best) ? pool : best));
  const kinds = [
    { of: 'paper', name: "the paper's heuristic", colour: '#c1440e' },
    { of: 'searched', name: 'ours', colour: '#1f5fa8' },
  ] as const;
  const byTrial = kinds.map(({ of, name, colour }): Series => {
    const points = like.rows.map((row, i) => ({ x: i + 1, y: row[of] }));
    return { name: `${name}: ${percent(meanSaved(like.rows, of)).trim()} saved`, colour, points, joined: false };
  });
  const byPool = kinds.map(({ of, name, colour }): Series => {
    const points = pools.map(({ pool, rows }) => {
      const shares = rows.map((row) => 100 * saved(row[of]));
      return { x: pool, y: mean(shares), low: Math.min(...shares), high: Math.max(...shares) };
    });
    return { name, colour, points, joined: true };
  });
  return drawCharts(
    [
      {
        title: `64 configurations × 20 rules, pool of ${like.pool}`,
        xLabel: 'trial',
        yLabel: 'rules',
        xTicks: like.rows.map((_, i) => i + 1),
        yTicks: [0, 200, 400, 600, 800, 1000, 1200, 1400],
        series: byTrial,
        levels: [{ y: all, text: `${all} without sharing` }],
      },
      {
        title: 'By size of the pool: mean, least, most',
        xLabel: 'rules in the pool',
        yLabel: 'rules saved, %',
        xTicks: [20, 40, 60, 80, 100, 120, 140, 160],
        yTicks: [0, 20, 40, 60, 80, 100],
        series: byPool,
        levels: [{ y: 100 * paperSaves, text: 'paper, §5.3: 32 %' }],
      },
    ],
    [
      `As paper Figure 13. Each of 64 configurations draws 20 rules without repetition, uniformly, from a pool of so many; the paper does not say how its are drawn.`,
      `The pool on the left is the one of those on the right in which the paper's heuristic, as we rebuilt it, comes nearest to the paper's 32 %.`,
      `npx tsx bench/sharing.ts ${seed} ${trials} ${file}`,
    ],
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
