/**
 * The explorer beside SPIN: `npx tsx bench/spin.ts [packets…]`. One program, one bound, one run after the other on one machine: all three
 * checks under `tagged`. SPIN runs what `export --to promela` prints, with its partial-order reduction. Times are wall time, in ratios:
 * SPIN's to the explorer's on the same row, and the explorer's to its own on the first row; the explorer's are in one process, without
 * starting Node.js. A verdict on which the two differ ends the run.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { modelOf } from '../src/export/model.js';
import { promela } from '../src/export/promela.js';
import { type CheckName, checkNames, theorems } from '../src/theorems/checks.js';
import { explored, problemOf } from './explored.js';
import { printTable } from './table.js';

const models = ['firewall', 'learning-switch-two-hosts', 'port-knocking', 'ring-4'];
const given = process.argv.slice(2).map(Number);
const packets = given.length > 0 ? given : [2, 3, 4];
/** Neither is waited for longer. */
const limit_ms = 60_000;

interface Pan {
  readonly isViolated: boolean;
  readonly states: number;
  readonly bytes: number;
  readonly make_ms: number;
  readonly run_ms: number;
}

/** One check by SPIN; undefined if it takes too long or too much memory. */
function pan(text: string): Pan | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'snk-bench-'));
  const run = (program: string, args: readonly string[]) =>
    spawnSync(program, args, { cwd: folder, encoding: 'utf8', timeout: limit_ms, maxBuffer: 2 ** 26 });
  try {
    writeFileSync(path.join(folder, 'model.pml'), text);
    const began = performance.now();
    run('spin', ['-a', 'model.pml']);
    const { status } = run('gcc', ['-O2', '-w', '-DSAFETY', '-DVECTORSZ=8192', '-DMEMLIM=4000', '-o', 'pan', 'pan.c']);
    if (status !== 0) throw new Error('the C compiler does not like what SPIN wrote');
    const made = performance.now();
    const { stdout } = run('./pan', ['-E', '-w20', '-m1000000']);
    const run_ms = performance.now() - made;
    const number = (pattern: RegExp) => Number(pattern.exec(stdout)?.[1]);
    const isViolated = stdout.includes('assertion violated');
    if (!isViolated && !/errors: 0$/m.test(stdout)) return undefined;
    if (!/Full statespace search/.test(stdout) || /max search depth too small|out of memory/.test(stdout))
      return undefined;
    const states = number(/^\s*(\d+) states, stored/m);
    const bytes = number(/([\d.]+)\s+actual memory usage for states/) * 2 ** 20;
    return { isViolated, states, bytes, make_ms: made - began, run_ms };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const headings = [
  'program, packets',
  'ours, × first row',
  'states',
  'B/state',
  'SPIN, × ours',
  'with cc, × ours',
  'states',
  'B/state',
];

/** What the explorer took on the first row. */
let first_ms: number | undefined;

function row(model: string, n: number): string[] {
  const source = readFileSync(new URL(`../models/${model}.snk`, import.meta.url), 'utf8');
  const ours = explored(source, n, limit_ms);
  const problem = problemOf(source, n);
  const theirs: Pan[] = [];
  for (const check of checkNames) {
    const found = pan(promela(modelOf(problem), theorems[check], `${model}.snk`));
    if (!found) break;
    if (ours && (ours.verdicts[check].status === 'violated') !== found.isViolated)
      throw new Error(differ(model, n, check));
    theirs.push(found);
  }
  const isWhole = theirs.length === checkNames.length;
  const sum = (pick: (pan: Pan) => number) => theirs.reduce((total, one) => total + pick(one), 0);
  const [run_ms, make_ms, states] = [sum((one) => one.run_ms), sum((one) => one.make_ms), sum((one) => one.states)];
  first_ms ??= ours?.time_ms;
  const ratio = (time_ms: number) => (ours ? `${isWhole ? '' : '> '}${(time_ms / ours.time_ms).toFixed(1)}` : '');
  return [
    `${model}, ${n}`,
    ours && first_ms !== undefined ? (ours.time_ms / first_ms).toFixed(2) : 'too long',
    String(ours?.states ?? ''),
    ours?.bytesPerState?.toFixed(0) ?? '',
    ratio(isWhole ? run_ms : limit_ms),
    isWhole ? ratio(run_ms + make_ms) : '',
    isWhole ? String(states) : '',
    isWhole ? (sum((one) => one.bytes) / states).toFixed(0) : '',
  ];
}

const differ = (model: string, n: number, check: CheckName) =>
  `the explorer and SPIN differ: ${model}, ${n} packets, ${check}`;

printTable(
  'Time to all three verdicts, ours and SPIN’s',
  headings,
  packets.flatMap((n) => models.map((model) => row(model, n))),
);
