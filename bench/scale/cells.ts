import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Result } from '../../src/workbench.js';
import { attempt, type Run } from '../measure.js';
import type { Goal, Row } from './rows.js';

/** What a default `check` of a program costs and finds. */
export interface Measured {
  readonly cpu_s: number;
  readonly peak_rss_mb: number;
  readonly verdict: string;
  /** Of all checks together. */
  readonly states: number;
  /** Claims about tables that Z3 was asked; 0 if there are no tables. */
  readonly obligations: number;
  /** Entries of all tables; 0 if there are none. */
  readonly entries: number;
}

/** What was measured, or why there is nothing: `limit`, or what stopped the run. */
export type Cell = Measured | { readonly stopped: string };

/** Verdicts in few words: `proved` if all four are. */
export function verdictOf({ rejected, error, checks }: Result): string {
  if (error) return error.message;
  if (rejected) return `rejected: ${rejected.code}`;
  const found = Object.values(checks).map(({ status }) => status);
  const statuses = [...new Set(found)];
  const counted = statuses.map((status) => {
    const count = found.filter((one) => one === status).length;
    return count === found.length ? status : `${count} ${status}`;
  });
  return [...counted, ...(checks.tables ? [] : ['no tables'])].join(', ');
}

/** Checks a program as its users do, with nothing but its file. The file is written into a folder that is given. */
export function measureCell(program: string, folder: string, run: Run): Cell {
  const file = path.join(folder, 'program.snk');
  writeFileSync(file, program);
  const cost = attempt(['check', file, '--json'], run);
  if ('stopped' in cost) return { stopped: cost.stopped.split('\n')[0]! };
  const result = JSON.parse(cost.stdout) as Result;
  return {
    cpu_s: Number(cost.cpu_s.toPrecision(3)),
    peak_rss_mb: Math.round(cost.peak_rss_mb),
    verdict: verdictOf(result),
    states: Object.values(result.checks).reduce((sum, one) => sum + ('states' in one ? one.states : 0), 0),
    obligations: result.checks.tables?.obligations ?? 0,
    entries: result.rules?.total ?? 0,
  };
}

/** One size of a row, by the tool as it was and as it is. A side that met its limit at a smaller size is not run. */
export interface Point {
  readonly size: number;
  readonly before: Cell | undefined;
  readonly after: Cell | undefined;
}

/** Measures a row, sizes rising, each side until it is stopped. */
export function measureRow(
  { sizes, program }: Pick<Row, 'sizes' | 'program'>,
  measure: (program: string, side: 'before' | 'after') => Cell | undefined,
): Point[] {
  const points: Point[] = [];
  const next = (side: 'before' | 'after', size: number): Cell | undefined => {
    const last = points.at(-1);
    return last && (!last[side] || 'stopped' in last[side]) ? undefined : measure(program(size), side);
  };
  for (const size of sizes) {
    const point = { size, before: next('before', size), after: next('after', size) };
    if (!point.before && !point.after) break;
    points.push(point);
  }
  return points;
}

/** A goal beside what was measured: met only by a verdict within it. */
export function beside(goal: Goal | undefined, cell: Cell | undefined): string {
  if (!goal) return '';
  const { cpu_s, peak_rss_mb = Number.POSITIVE_INFINITY } = goal;
  const memory = goal.peak_rss_mb === undefined ? '' : `, ${goal.peak_rss_mb} MB`;
  const isMet = cell && !('stopped' in cell) && cell.cpu_s <= cpu_s && cell.peak_rss_mb <= peak_rss_mb;
  return `${cpu_s} s${memory}: ${isMet ? 'met' : 'missed'}`;
}
