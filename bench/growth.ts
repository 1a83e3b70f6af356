/**
 * How exploration grows: `npx tsx bench/growth.ts [reports/figures/growth.svg]`. States of all three checks under `tagged` with packets
 * (2 … 6), the diameter of a ring (2 … 16, 3 packets), and the number of events (a star of 2 … 10 switches, 3 packets). Prints the
 * fitted exponents, and where they hold: by a least-squares line through logarithms, so that states ~ x^k, or, of packets, ~ b^x.
 * What was measured is written beside the figure, as JSON; `npx tsx bench/draw.ts` draws it again.
 */
import process from 'node:process';
import { drawGrowth, type Growth, laws } from './growth/figure.js';
import { measureRow, reference_ms, rows } from './growth/rows.js';
import { writeFigure } from './kept-figures.js';
import { printTable } from './table.js';

const file = process.argv[2];
const reference = reference_ms();
console.log(
  `Time is CPU time, as a multiple of the firewall’s with 3 packets: ${reference.toFixed(1)} ms here and now.`,
);

const growth: Growth = {
  command: `npx tsx bench/growth.ts ${file ?? ''}`.trim(),
  rows: rows.map((row) => ({ name: row.name, chart: row.chart, points: measureRow(row, reference) })),
};
printTable(
  'How exploration grows',
  ['program', 'states', 'time, × firewall', 'states ~', 'time ~'],
  growth.rows.flatMap((row) => [
    ...row.points.map(({ x, states, time }) => [`${row.name}, ${row.chart} ${x}`, `${states}`, `${time}`, '', '']),
    ...laws(row).map(({ where, states, time }) => [where, '', '', states, time]),
  ]),
);
if (file !== undefined) writeFigure(file, growth, drawGrowth);
