/**
 * What the two engines cost: `npx tsx bench/smt.ts [model…]`. CPU time of fresh processes, for all three checks together, as multiples of
 * the first cell, and the growth with packets. A cell is empty once a run has taken too long; `!` is where the solver has no verdict on some check.
 */
import process from 'node:process';
import { setUp } from '../scripts/set-up.mjs';
import type { Result } from '../src/workbench.js';
import { measure } from './measure.js';
import { printTable } from './table.js';

const caseStudies = ['firewall', 'learning-switch', 'port-knocking', 'ring-2', 'ring-4', 'bandwidth-cap', 'ids'];
const named = process.argv.slice(2);
const models = named.length > 0 ? named : caseStudies;
const semantics = ['tagged', 'two-phase', 'best-effort'];
const packets = [1, 2, 3, 4];
/** A row ends after a run that took longer, in seconds of CPU time. */
const long_s = 30;

/** What the first cell has cost. */
let unit_s: number | undefined;

function cells(model: string, name: string, engine: 'explore' | 'smt'): string[] {
  const row: string[] = [];
  for (const n of packets) {
    const args = [`models/${model}.snk`, '--semantics', name, '--packets', String(n), '--engine', engine, '--json'];
    const { cpu_s, stdout } = measure([...args, '--timeout', String(long_s / 2)]);
    const { checks } = JSON.parse(stdout) as Result;
    const isOpen = Object.values(checks).some(({ status }) => status === 'unknown');
    unit_s ??= cpu_s;
    row.push(`${(cpu_s / unit_s).toFixed(2)}${isOpen ? '!' : ''}`);
    if (cpu_s > long_s) break;
  }
  return [...row, ...packets.slice(row.length).map(() => '')];
}

await setUp({ bundle: true });
const columns = (engine: string) => packets.map((n) => `${engine} ${n}`);
printTable(
  'CPU of the explorer and of Z3, by number of packets, × the first cell',
  ['program', ...columns('explore'), ...columns('smt')],
  models.flatMap((model) =>
    semantics.map((name) => [`${model}, ${name}`, ...cells(model, name, 'explore'), ...cells(model, name, 'smt')]),
  ),
);
