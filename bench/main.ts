/**
 * What checking costs: `npm run bench`. Tables to compare by eye, one machine with itself; nothing fails for being slow.
 * Every row is a fresh process, one after the other, so that two cores and warm caches make no difference.
 */
import os from 'node:os';
import process from 'node:process';
import { runScript, setUp } from '../scripts/set-up.mjs';
import type { Result } from '../src/workbench.js';
import { type Cost, measure } from './measure.js';
import { printTable } from './table.js';

/** The paper's case studies (§5.1, §5.2), and its other examples. */
const caseStudies = ['firewall', 'learning-switch', 'port-knocking', 'ring-2', 'bandwidth-cap', 'ids'];

interface Checked extends Cost {
  /** Of all three checks together. */
  readonly states: number;
}

function check(model: string, packets: number): Checked {
  const args = [`models/${model}.snk`, '--packets', String(packets), '--engine', 'explore', '--json'];
  const cost = measure(args);
  const { checks } = JSON.parse(cost.stdout) as Result;
  return {
    ...cost,
    states: Object.values(checks).reduce((sum, check) => sum + ('states' in check ? check.states : 0), 0),
  };
}

const headings = ['CPU, × first', 'peak RSS MB', '× first', 'states', '× first'];

/** The columns of a row, each number also as a ratio to the first row's. */
function columns(row: Checked, first: Checked): string[] {
  const ratio = (pick: (cost: Checked) => number) => `${(pick(row) / pick(first)).toFixed(2)}`;
  return [
    ratio(({ cpu_s }) => cpu_s),
    row.peak_rss_mb.toFixed(0),
    ratio(({ peak_rss_mb }) => peak_rss_mb),
    String(row.states),
    ratio(({ states }) => states),
  ];
}

function printChecks(title: string, first: string, rows: readonly { name: string; model: string; packets: number }[]) {
  const costs = rows.map(({ model, packets }) => check(model, packets));
  printTable(
    title,
    [first, ...headings],
    costs.map((cost, i) => [rows[i]!.name, ...columns(cost, costs[0]!)]),
  );
}

/** What it takes to start, before any program is read: beside checking the firewall, start included. */
function printStart(): void {
  const median = (args: readonly string[], pick: (cost: Cost) => number) => {
    const runs = Array.from({ length: 9 }, () => measure(args));
    return runs.map(pick).sort((a, b) => a - b)[(runs.length - 1) / 2]!;
  };
  const cpu = (args: readonly string[]) => median(args, ({ cpu_s }) => cpu_s);
  const [start_s, whole_s] = [
    cpu(['--version']),
    cpu(['models/firewall.snk', '--packets', '3', '--engine', 'explore']),
  ];
  printTable(
    'snk-verify --version and the firewall with 3 packets, CPU, medians of 9',
    ['', '× the firewall'],
    [['start', (start_s / whole_s).toFixed(2)]],
  );
}

await runScript(async () => {
  // The command line is measured as its users have it: bundled, from the sources as they are.
  await setUp({ bundle: true });
  console.log(`Node.js ${process.version}, ${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown processor'}`);
  console.log('All checks under `tagged`, by exploration; ratios are to the first row of each table.');

  printStart();
  printChecks(
    'Case studies, 3 packets',
    'model',
    caseStudies.map((model) => ({ name: model, model, packets: 3 })),
  );
  for (const model of ['firewall', 'learning-switch', 'port-knocking'])
    printChecks(
      `Growth with packets: ${model}`,
      'packets',
      [2, 3, 4, 5].map((packets) => ({ name: String(packets), model, packets })),
    );
  printChecks(
    'Growth with the diameter of the ring, 3 packets',
    'diameter',
    [2, 3, 4, 5, 6, 7, 8].map((diameter) => ({ name: String(diameter), model: `ring-${diameter}`, packets: 3 })),
  );
});
