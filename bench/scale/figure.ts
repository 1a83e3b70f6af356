import { type Chart, drawCharts, type Series } from '../chart.js';
import { type Fit, fitLaw } from '../growth/fit.js';
import { range } from '../growth/rows.js';
import type { Cell, Measured, Point } from './cells.js';
import { type Axis, axes } from './rows.js';

/** What `bench/scale.ts` has measured: the table and the figure, and nothing else, are made from it. */
export interface Scale {
  readonly command: string;
  /** The revision with which the working tree is compared. */
  readonly before: string;
  readonly limit_s: number;
  readonly rows: readonly {
    readonly name: string;
    readonly axis: Axis;
    /** What stands on the axis for each size. */
    readonly xs: readonly number[];
    readonly points: readonly Point[];
  }[];
}

type ScaleRow = Scale['rows'][number];
type Metric = keyof Pick<Measured, 'states' | 'obligations' | 'entries' | 'cpu_s'>;

const metrics: Readonly<Record<Metric, string>> = {
  states: 'states',
  obligations: 'obligations on tables',
  entries: 'table entries',
  cpu_s: 'CPU time, s',
};
const metricNames = Object.keys(metrics) as Metric[];
const colours = ['#1b6ca8', '#b5532a', '#3a7d44'];

interface XY {
  readonly x: number;
  readonly y: number;
}

/** The points of one side at which something was counted: none where there are no tables, or the limit was met. */
function pointsOf({ xs, points }: ScaleRow, side: 'before' | 'after', metric: Metric): XY[] {
  return points.flatMap((point, i) => {
    const cell: Cell | undefined = point[side];
    return cell && !('stopped' in cell) && cell[metric] > 0 ? [{ x: xs[i]!, y: cell[metric] }] : [];
  });
}

/** A power of the size is said to hold as long as no size is off by more than this factor. */
const close = 1.25;

/** The power that fits the largest sizes: as many of them, three at least, as one law holds for. */
export function tailLaw(points: readonly XY[]): Fit | undefined {
  for (let from = 0; from + 3 <= points.length; from++) {
    const fit = fitLaw(points.slice(from), true);
    if (fit.law && fit.law.within <= close) return fit;
  }
  return undefined;
}

/** The exponent that was fitted, and where it holds. */
export function lawOf(row: ScaleRow, side: 'before' | 'after', metric: Metric): string {
  const points = pointsOf(row, side, metric);
  const fit = tailLaw(points);
  if (fit?.law) return `x^${fit.law.slope.toFixed(2)} (${fit.from} to ${fit.to})`;
  return points.length < 3 ? 'too few sizes' : 'no power';
}

/** The fitted exponents of a row, a line for each side. */
export const laws = (row: ScaleRow): string[][] =>
  (['before', 'after'] as const).map((side) => [
    row.name,
    row.axis,
    side,
    ...metricNames.map((metric) => lawOf(row, side, metric)),
  ]);

export const lawHeadings: readonly string[] = [
  'program',
  'x',
  '',
  ...Object.values(metrics).map((name) => `${name} ~`),
];

function chartOf({ rows }: Scale, axis: Axis, metric: Metric): Chart {
  const own = rows.filter((row) => row.axis === axis);
  const series = own.flatMap((row, i): Series[] => {
    const line = (side: 'before' | 'after') =>
      pointsOf(row, side, metric).map(({ x, y }) => ({ x: Math.log2(x), y: Math.log10(y) }));
    const colour = colours[i % colours.length]!;
    return [
      { name: row.name, colour, joined: true, points: line('after') },
      { name: '', colour, joined: false, points: line('before') },
    ];
  });
  const all = series.flatMap(({ points }) => points);
  const ticks = (values: readonly number[]) =>
    range(Math.floor(Math.min(0, ...values)), Math.ceil(Math.max(1, ...values)));
  const sizes = own.flatMap(({ xs }) => xs).map(Math.log2);
  return {
    title: `${axis}: ${metrics[metric]}`,
    xLabel: `${axis}, powers of two`,
    yLabel: `${metrics[metric]}, powers of ten`,
    xTicks: range(Math.floor(Math.min(...sizes)), Math.ceil(Math.max(...sizes))),
    yTicks: ticks(all.map(({ y }) => y)),
    series,
    levels: [],
  };
}

/** The figure: states, obligations, table entries and time against what grows. */
export function drawScale(scale: Scale): string {
  const drawn = axes.filter((axis) => scale.rows.some((row) => row.axis === axis));
  const charts = drawn.flatMap((axis) => metricNames.map((metric) => chartOf(scale, axis, metric)));
  const said = scale.rows.map((row) => {
    const all = metricNames.map((metric) => `${metrics[metric]} ${lawOf(row, 'after', metric)}`);
    return `${row.name}, by ${row.axis}: ${all.join('; ')}`;
  });
  const caption = [
    `Lines: the working tree. Dots alone: revision ${scale.before}, in the same run. Each size by a default check in a process of its own, which is stopped after ${scale.limit_s} s of CPU time: there lines end.`,
    `Fitted to the largest sizes, as many as a power holds for within a factor of ${close}; in brackets, from where to where. Drawn by ${scale.command}.`,
    ...said,
  ];
  return drawCharts(charts, caption, metricNames.length);
}
