import { mostEventSets } from '../../src/network/reductions/automorphisms.js';
import { type Chart, drawCharts, type Series } from '../chart.js';
import { type Fit, fitLaw, pieces } from './fit.js';
import { type ChartName, type Point, type Row, range } from './rows.js';

/** What `bench/growth.ts` has measured: the figure, and nothing else, is made from it. */
export interface Growth {
  readonly command: string;
  readonly rows: readonly {
    readonly name: Row['name'];
    readonly chart: ChartName;
    readonly points: readonly Point[];
  }[];
}

interface Look {
  readonly title: string;
  readonly xLabel: string;
  readonly isPower: boolean;
}

const looks: Readonly<Record<ChartName, Look>> = {
  packets: { title: 'Packets', xLabel: 'packets', isPower: false },
  diameter: { title: 'Diameter of the ring', xLabel: 'diameter', isPower: true },
  events: { title: 'Events', xLabel: 'events', isPower: true },
};
const colours = ['#1b6ca8', '#b5532a', '#3a7d44'];

type Pick = (point: Point) => number;
const states: Pick = (point) => point.states;
const time: Pick = (point) => point.time;

/** Automorphisms are looked for below so many event-sets: what grows is another thing beyond. */
const losesAutomorphisms = (before: Point, after: Point): boolean =>
  before.eventSets <= mostEventSets && after.eventSets > mostEventSets;
const hasAutomorphisms = ({ eventSets }: Point): boolean => eventSets <= mostEventSets;

const stretches = (points: readonly Point[]) => pieces(points, losesAutomorphisms);

const shown = ({ law }: Fit, isPower: boolean): string => {
  if (!law) return 'too few sizes for a law';
  const { slope, within } = law;
  return `${isPower ? `x^${slope.toFixed(2)}` : `${Math.exp(slope).toFixed(1)}^x`} (within ×${within.toFixed(2)})`;
};

/** What is fitted to a row, a line for each stretch over which one law may hold. */
export function laws({
  name,
  chart,
  points,
}: Growth['rows'][number]): { where: string; states: string; time: string }[] {
  const { xLabel, isPower } = looks[chart];
  return stretches(points).map((stretch) => {
    const of = (pick: Pick) =>
      fitLaw(
        stretch.map((point) => ({ x: point.x, y: pick(point) })),
        isPower,
      );
    const { from, to } = of(states);
    const where = `${name}, ${xLabel} ${from === to ? from : `${from} to ${to}`}`;
    return { where, states: shown(of(states), isPower), time: shown(of(time), isPower) };
  });
}

function chartOf(growth: Growth, name: ChartName, yLabel: string, pick: Pick): Chart {
  const own = growth.rows.filter(({ chart }) => chart === name);
  const series = own.flatMap((row, i) =>
    stretches(row.points).map(
      (stretch, j): Series => ({
        name: hasAutomorphisms(stretch[0]!) ? row.name : 'without automorphisms',
        colour: colours[(i + j) % colours.length]!,
        joined: true,
        points: stretch.map((point) => ({ x: point.x, y: Math.log10(pick(point)) })),
      }),
    ),
  );
  const heights = series.flatMap(({ points }) => points.map(({ y }) => y));
  const bottom = Math.min(0, Math.floor(Math.min(...heights)));
  const sizes = own.flatMap(({ points }) => points.map(({ x }) => x));
  return {
    title: looks[name].title,
    xLabel: looks[name].xLabel,
    yLabel,
    xTicks: range(Math.min(...sizes), Math.max(...sizes)),
    yTicks: range(bottom, Math.ceil(Math.max(...heights))),
    series,
    levels: [],
  };
}

/** The figure: states and time by packets, diameter and events, on logarithmic heights. */
export function drawGrowth(growth: Growth): string {
  const names = Object.keys(looks) as ChartName[];
  const charts = names.flatMap((name) => [
    chartOf(growth, name, 'states, powers of ten', states),
    chartOf(growth, name, '× the firewall, powers of ten', time),
  ]);
  return drawCharts(
    charts,
    [
      `With more than ${mostEventSets} event-sets no automorphisms are looked for (network/reductions/automorphisms.ts); laws are fitted on both sides apart.`,
      'States and CPU time of all three checks together, tagged, controller on; time as a multiple of the firewall’s, 3 packets, in the same run.',
      `Drawn by ${growth.command}. In brackets, how far the worst size is from the law.`,
      ...growth.rows.flatMap((row) =>
        laws(row).map(({ where, states, time }) => `${where}: states grow as ${states}, time as ${time}`),
      ),
    ],
    2,
  );
}
