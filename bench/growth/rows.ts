import { readFileSync } from 'node:fs';
import { ring } from '../../scripts/ring.mjs';
import { explored, problemOf } from '../explored.js';

/** What one size costs. Time is CPU time, as a multiple of what the firewall costs with 3 packets in the same run. */
export interface Point {
  readonly x: number;
  readonly states: number;
  readonly time: number;
  readonly eventSets: number;
}

/** Programs of growing size. */
export interface Row {
  readonly name: string;
  readonly chart: ChartName;
  readonly sizes: readonly number[];
  readonly program: (size: number) => string;
  readonly packets: (size: number) => number;
}

export type ChartName = 'packets' | 'diameter' | 'events';

/** A size past this is left out, and all larger ones of its row; none of those below comes near. */
const limit_ms = 600_000;

const model = (name: string) => readFileSync(new URL(`../../models/${name}.snk`, import.meta.url), 'utf8');

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

export const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

export const rows: readonly Row[] = [
  ...['port-knocking', 'learning-switch-two-hosts', 'ring-4'].map(
    (name): Row => ({
      name,
      chart: 'packets',
      sizes: range(2, 6),
      program: () => model(name),
      packets: (size) => size,
    }),
  ),
  { name: 'ring, 3 packets', chart: 'diameter', sizes: range(2, 16), program: ring, packets: () => 3 },
  { name: 'star, 3 packets', chart: 'events', sizes: range(2, 10), program: star, packets: () => 3 },
];

/** What the firewall costs with 3 packets: the middle of five runs, after one that warms up. */
export function reference_ms(): number {
  const runs = Array.from({ length: 6 }, () => explored(model('firewall'), 3, limit_ms)!.cpu_ms);
  return runs.slice(1).sort((a, b) => a - b)[2]!;
}

/** The points of a row, as far as they are reached within the limit. */
export function measureRow({ sizes, program, packets }: Row, reference: number): Point[] {
  const points: Point[] = [];
  for (const x of sizes) {
    const source = program(x);
    const result = explored(source, packets(x), limit_ms);
    if (!result) break;
    const { eventSets } = problemOf(source, packets(x)).structure;
    const time = Number((result.cpu_ms / reference).toPrecision(3));
    points.push({ x, states: result.states, time, eventSets: eventSets.length });
  }
  return points;
}
