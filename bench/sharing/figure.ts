import { drawCharts, type Series } from '../chart.js';
import { all, mean, meanSaved, percent, saved, type Trial } from './trials.js';

/** What `bench/sharing.ts` has measured: the figure, and nothing else, is made from it. */
export interface Sharing {
  readonly command: string;
  readonly seed: number;
  readonly pools: readonly { readonly pool: number; readonly trials: readonly Trial[] }[];
}

/** Figure 13 for the pool in which the paper's heuristic saves what the paper says, and what is saved by size of the pool. */
export function drawSharing({ command, pools }: Sharing): string {
  const paperSaves = 0.32;
  const gap = ({ trials }: (typeof pools)[number]) => Math.abs(meanSaved(trials, 'paper') - paperSaves);
  const like = pools.reduce((best, pool) => (gap(pool) < gap(best) ? pool : best));
  const kinds = [
    { of: 'paper', name: "the paper's heuristic", colour: '#c1440e' },
    { of: 'searched', name: 'ours', colour: '#1f5fa8' },
  ] as const;
  const byTrial = kinds.map(({ of, name, colour }): Series => {
    const points = like.trials.map((row, i) => ({ x: i + 1, y: row[of] }));
    return { name: `${name}: ${percent(meanSaved(like.trials, of)).trim()} saved`, colour, points, joined: false };
  });
  const byPool = kinds.map(({ of, name, colour }): Series => {
    const points = pools.map(({ pool, trials }) => {
      const shares = trials.map((row) => 100 * saved(row[of]));
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
        xTicks: like.trials.map((_, i) => i + 1),
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
      command,
    ],
  );
}
