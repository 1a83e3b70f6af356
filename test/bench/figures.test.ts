import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { explored, problemOf } from '../../bench/explored.js';
import { laws } from '../../bench/growth/figure.js';
import { rows } from '../../bench/growth/rows.js';
import { figuresFolder, keptFigures, measuredGrowth, measuredSharing } from '../../bench/kept-figures.js';
import { runTrial } from '../../bench/sharing/trials.js';

const remedy = 'draw it again with `npx tsx bench/draw.ts`';

describe('the figures of reports/figures', () => {
  it('are all known, each with what was measured', () => {
    const names = Object.keys(keptFigures).flatMap((name) => [name, name.replace('.svg', '.json')]);
    expect(readdirSync(figuresFolder).sort()).toEqual(names.sort());
  });

  it.each(Object.keys(keptFigures))('%s is what its command draws', (name) =>
    expect(readFileSync(path.join(figuresFolder, name), 'utf8'), remedy).toBe(keptFigures[name]!()),
  );
});

describe('what was measured of growth', () => {
  const { rows: measured } = measuredGrowth();

  it('is of the rows that are measured now, of every size', () => {
    const sizes = measured.map(({ name, chart, points }) => ({ name, chart, sizes: points.map(({ x }) => x) }));
    expect(sizes).toEqual(rows.map(({ name, chart, sizes }) => ({ name, chart, sizes })));
  });

  it.each(rows)('is what is explored today: $name, the smallest sizes', ({ name, sizes, program, packets }) => {
    const { points } = measured.find((row) => row.name === name)!;
    for (const [i, x] of sizes.slice(0, 2).entries()) {
      const source = program(x);
      const { states } = explored(source, packets(x), 60_000)!;
      const eventSets = problemOf(source, packets(x)).structure.eventSets.length;
      expect({ x, states, eventSets }, 'measure it again').toEqual({
        x,
        states: points[i]!.states,
        eventSets: points[i]!.eventSets,
      });
    }
  });

  it('is fitted on both sides of the size from which automorphisms are not looked for', () => {
    const star = measured.find(({ chart }) => chart === 'events')!;
    expect(laws(star).map(({ where }) => where)).toEqual([
      'star, 3 packets, events 2 to 6',
      'star, 3 packets, events 7 to 10',
    ]);
  });
});

it('what was measured of shared rules is what the search finds today: the first trial', () => {
  const { seed, pools } = measuredSharing();
  const [{ pool, trials }] = pools as [(typeof pools)[number]];
  expect(runTrial(seed, 0, pool).trial).toEqual(trials[0]);
});
