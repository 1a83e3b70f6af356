/**
 * How exploration grows: `npx tsx bench/growth.ts [reports/figures/growth.svg]`. States of all three checks under `tagged` with packets
 * (2 … 6), the diameter of a ring (2 … 16, 3 packets), and the number of events (a star of 2 … 10 switches, 3 packets). Prints the
 * fitted exponents: by a least-squares line through logarithms, so that states ~ x^k, or, of packets, ~ b^x.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { ring } from '../scripts/ring.mjs';
import { type Explored, explored } from './explored.js';
import { type Chart, drawCharts, type Series } from './figure.js';
import { printTable } from './table.js';

/** A size past this is left out, and all larger ones. */
const limit_ms = 60_000;

const model = (name: string) => readFileSync(new URL(`../models/${name}.snk`, import.meta.url), 'utf8');

/** As many switches around one, each with a host and an event of its own; the first of them lets packets back. */
function star(events: number): string {
  const all = Array.from({ length: events }, (_, i) => i + 1);
  const around = all.map((n) => `host H${n} @ ${n}:2; link ${n}:1 <-> 20:${n};`);
  const flows = all.map((n) => `sw=${n} & pt=2; pt<-1; (${n}:1)->(20:${n})-><state(${n - 1})<-1>; pt<-100`);
  return `${around.join('\n')}
host H0 @ 20:100; state [${all.map(() => 0)}];
policy
  ${flows.join('\n+ ')}
+ sw=20 & pt=100; state(0)=1; pt<-1; (20:1)->(1:1); pt<-2`;
}

interface Row {
  readonly name: string;
  readonly colour: string;
  readonly sizes: readonly number[];
  readonly run: (size: number) => Explored | undefined;
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const packetRows = (
  [
    ['port-knocking', '#1b6ca8'],
    ['learning-switch-two-hosts', '#b5532a'],
    ['ring-4', '#3a7d44'],
  ] as const
).map(([name, colour]): Row => ({ name, colour, sizes: range(2, 6), run: (n) => explored(model(name), n, limit_ms) }));
const ringRow: Row = {
  name: 'ring, 3 packets',
  colour: '#1b6ca8',
  sizes: range(2, 16),
  run: (d) => explored(ring(d), 3, limit_ms),
};
const eventRow: Row = {
  name: 'star, 3 packets',
  colour: '#1b6ca8',
  sizes: range(2, 10),
  run: (n) => explored(star(n), 3, limit_ms),
};

interface Point {
  readonly x: number;
  readonly states: number;
  readonly time_ms: number;
}

function measure({ sizes, run }: Row): Point[] {
  const points: Point[] = [];
  for (const x of sizes) {
    const result = run(x);
    if (!result) break;
    points.push({ x, states: result.states, time_ms: result.time_ms });
  }
  return points;
}

/** The slope of the least-squares line. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const covariance = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  return covariance / points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}

const file = process.argv[2];
const charts: Chart[] = [];
const table: string[][] = [];
const caption = [
  'Stars of seven switches and more have over 100 event-sets, for which no automorphisms are looked for (network/reductions/automorphisms.ts).',
  `States and time of all three checks together, tagged, controller on; drawn by npx tsx bench/growth.ts ${file ?? ''}`,
];

/** Measures rows and adds a chart of them, of logarithms, with what was fitted. */
function add(title: string, xLabel: string, rows: readonly Row[], isPower: boolean): void {
  const drawn = rows.map((row) => ({ row, points: measure(row) }));
  for (const { row, points } of drawn) {
    const fitted = (pick: (point: Point) => number) =>
      slope(points.map((point) => [isPower ? Math.log(point.x) : point.x, Math.log(pick(point))]));
    const shown = (k: number) => (isPower ? `x^${k.toFixed(2)}` : `${Math.exp(k).toFixed(1)}^x`);
    const growth = [shown(fitted(({ states }) => states)), shown(fitted(({ time_ms }) => time_ms))] as const;
    caption.push(`${row.name}: states grow as ${growth[0]}, time as ${growth[1]}`);
    for (const { x, states, time_ms } of points)
      table.push([`${row.name}, ${xLabel} ${x}`, String(states), (time_ms / 1000).toFixed(2), '', '']);
    table.push([`${row.name}: fitted`, '', '', ...growth]);
  }
  const chart = (title: string, yLabel: string, pick: (point: Point) => number): void => {
    const series = drawn.map(({ row, points }): Series => {
      const { name, colour } = row;
      return {
        name,
        colour,
        joined: true,
        points: points.map((point) => ({ x: point.x, y: Math.log10(pick(point)) })),
      };
    });
    const top = Math.ceil(Math.max(...series.flatMap(({ points }) => points.map(({ y }) => y))));
    charts.push({ title, xLabel, yLabel, xTicks: rows[0]!.sizes, yTicks: range(0, top), series, levels: [] });
  };
  chart(title, 'states, powers of ten', ({ states }) => states);
  chart(title, 'milliseconds, powers of ten', ({ time_ms }) => time_ms);
}

add('Packets', 'packets', packetRows, false);
add('Diameter of the ring', 'diameter', [ringRow], true);
add('Events', 'events', [eventRow], true);
printTable('How exploration grows', ['program', 'states', 'time s', 'states ~', 'time ~'], table);
if (file !== undefined) writeFileSync(file, drawCharts(charts, caption, 2));
