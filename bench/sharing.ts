/**
 * Shared rules (paper §5.3, Figure 13): `npx tsx bench/sharing.ts [seed] [trials] [file.svg]`. Prints, for pools of several sizes, how
 * many of the 64 × 20 rules the paper's heuristic and ours save, and draws that; and for few event-sets how far both are from the
 * optimum. What was measured is written beside the figure, as JSON; `npx tsx bench/draw.ts` draws it again.
 */
import process from 'node:process';
import { pairedTags, searchedTags, trieRules } from '../src/compiler/assign-tags.js';
import { coverBy, rulesWith, tagWidth } from '../src/compiler/cubes.js';
import { optimalSharing } from '../src/smt/optimal-sharing.js';
import { openSession } from '../src/smt/solver/session.js';
import { writeFigure } from './kept-figures.js';
import { randomRules } from './random-rules.js';
import { drawSharing, type Sharing } from './sharing/figure.js';
import { mean, meanSaved, percent, runTrial, steps } from './sharing/trials.js';

const seed = Number(process.argv[2] ?? 1);
const trials = Number(process.argv[3] ?? 5);
const file = process.argv[4];
console.log(`seed ${seed}, ${trials} trials a row, ${steps} steps of search`);

const measured = [24, 40, 56, 64, 80, 120, 160].map((pool) => ({
  pool,
  timed: Array.from({ length: trials }, (_, trial) => runTrial(seed, trial, pool)),
}));
const sharing: Sharing = {
  command: `npx tsx bench/sharing.ts ${seed} ${trials} ${file ?? ''}`.trim(),
  seed,
  pools: measured.map(({ pool, timed }) => ({ pool, trials: timed.map(({ trial }) => trial) })),
};

console.log('\n64 event-sets × 20 rules: rules saved; time of our search as a multiple of the heuristic’s');
console.log(' pool   paper   ours, its tags   ours, searched      time');
for (const [i, { pool, trials }] of sharing.pools.entries()) {
  const time = `× ${mean(measured[i]!.timed.map(({ searchTime }) => searchTime)).toFixed(0)}`;
  console.log(
    `${String(pool).padStart(5)} ${percent(meanSaved(trials, 'paper'))} ${percent(meanSaved(trials, 'cubes')).padStart(13)} ${percent(meanSaved(trials, 'searched')).padStart(16)} ${time.padStart(12)}`,
  );
}

if (file !== undefined) {
  writeFigure(file, sharing, drawSharing);
  console.log(`\n${file}`);
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
