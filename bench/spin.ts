/**
 * The explorer beside SPIN: `npx tsx bench/spin.ts [packets…]`. Both run all three checks under `tagged`, on the same
 * program within the same bound, one after the other on one machine, and what is compared is user CPU time. SPIN runs
 * what `export --to promela` prints, for one check after the other, with a stack that fits (`-m`), with its partial-order
 * reduction and without (`-DNOREDUCE`). Neither the export and compiling (`cc -O2`) nor starting Node.js, reading the
 * program and analysing it are counted. Short runs of both are repeated, and averaged. A run may take a minute; one that did
 * not end is `–`. If the two differ on a verdict, the bench ends. Without reductions ours is run up to 3 packets.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { modelOf } from '../src/export/model.js';
import { promela } from '../src/export/promela.js';
import { allReductions, noReductions, type Reductions } from '../src/network/reductions/reductions.js';
import { type CheckName, checkNames, theorems } from '../src/theorems/checks.js';
import { explored, problemOf } from './explored.js';
import { printTable } from './table.js';

const models = ['firewall', 'learning-switch-two-hosts', 'port-knocking', 'ring-4'];
const given = process.argv.slice(2).map(Number);
const packets = given.length > 0 ? given : [2, 3, 4];
/** Neither SPIN nor the explorer may take longer. */
const limit_ms = 60_000;
/** The first depth that SPIN's stack has room for; twice that, as long as it does not suffice. */
const leastDepth = 256;
/** With more packets nothing ends within a minute without reductions. */
const mostUnreduced = 3;
/** What takes less is run so many times once more. */
const short_ms = 50;
const again = 60;

interface Pan {
  readonly isViolated: boolean;
  readonly states: number;
  readonly bytes: number;
  readonly user_ms: number;
}

/** What a shell says of the user time of its children: minutes and seconds, in the last line of `times`. */
function userTime_ms(said: string): number {
  const [, minutes, seconds] = /^(\d+)m([\d.]+)s /.exec(said.trimEnd().split('\n').at(-1)!)!;
  return (Number(minutes) * 60 + Number(seconds)) * 1000;
}

/** A folder for one model, whose verifiers are compiled in it, each once. */
function verifiers(text: string) {
  const folder = mkdtempSync(path.join(tmpdir(), 'snk-bench-'));
  const run = (program: string, args: readonly string[]) =>
    spawnSync(program, args, { cwd: folder, encoding: 'utf8', timeout: limit_ms * 2, maxBuffer: 2 ** 26 });
  writeFileSync(path.join(folder, 'model.pml'), text);
  run('spin', ['-a', 'model.pml']);
  /** One run; undefined if it takes too long or too much memory. */
  const pan = (name: string, depth: number, times = 1): Pan | undefined => {
    const command = `./${name} -E -w20 -m${depth};`;
    const script = `ulimit -t ${limit_ms / 1000}; ${command.repeat(times)} times`;
    const { stdout } = run('sh', ['-c', script]);
    if (stdout.includes('max search depth too small')) return pan(name, depth * 2);
    const number = (pattern: RegExp) => Number(pattern.exec(stdout)?.[1]);
    const isViolated = stdout.includes('assertion violated');
    const isWhole = /errors: 0$/m.test(stdout) && /^Full statespace search/m.test(stdout);
    if (!(isViolated || isWhole) || /out of memory|interrupted/.test(stdout)) return undefined;
    const states = number(/^\s*(\d+) states, stored/m);
    const bytes = number(/([\d.]+)\s+actual memory usage for states/) * 2 ** 20;
    const user_ms = userTime_ms(stdout) / times;
    if (times === 1 && user_ms < short_ms) return pan(name, depth, again);
    return { isViolated, states, bytes, user_ms };
  };
  return {
    /** What a verifier takes that is compiled with some definitions. */
    run: (name: string, definitions: readonly string[]) => {
      const fixed = ['-O2', '-w', '-DSAFETY', '-DVECTORSZ=8192', '-DMEMLIM=3000'];
      const { status } = run('gcc', [...fixed, ...definitions, '-o', name, 'pan.c']);
      if (status !== 0) throw new Error('the C compiler does not like what SPIN wrote');
      return pan(name, leastDepth);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The three checks by SPIN, with its reduction and without; undefined where one does not end. */
function spun(model: string, n: number, source: string, expected: ReturnType<typeof explored>) {
  const problem = problemOf(source, n);
  const sums: Record<'reduced' | 'full', Omit<Pan, 'isViolated'> | undefined> = {
    reduced: { states: 0, bytes: 0, user_ms: 0 },
    full: { states: 0, bytes: 0, user_ms: 0 },
  };
  for (const check of checkNames) {
    const { run, remove } = verifiers(promela(modelOf(problem), theorems[check], `${model}.snk`));
    for (const [way, definitions] of [
      ['reduced', []],
      ['full', ['-DNOREDUCE']],
    ] as const) {
      const sum = sums[way];
      const found = sum && run(way, definitions);
      if (found && expected && (expected.verdicts[check].status === 'violated') !== found.isViolated)
        throw new Error(differ(model, n, check));
      sums[way] = found && {
        states: sum.states + found.states,
        bytes: sum.bytes + found.bytes,
        user_ms: sum.user_ms + found.user_ms,
      };
    }
    remove();
  }
  return sums;
}

/** The explorer; what takes it little is run again, and the first time is left out. */
function ourTime(source: string, n: number, reductions: Reductions): ReturnType<typeof explored> {
  const first = explored(source, n, limit_ms, reductions);
  if (!first || first.user_ms >= short_ms * 10) return first;
  const runs = Array.from({ length: 10 }, () => explored(source, n, limit_ms, reductions)!.user_ms);
  return { ...first, user_ms: runs.reduce((sum, one) => sum + one, 0) / runs.length };
}

const headings = [
  'program, packets',
  'states',
  'B/state',
  'SPIN, × ours',
  '-DNOREDUCE, × ours',
  'its states',
  'B/state',
  'ours, --reduce none, × ours',
  'its states',
];

function row(model: string, n: number): string[] {
  const source = readFileSync(new URL(`../models/${model}.snk`, import.meta.url), 'utf8');
  const ours = ourTime(source, n, allReductions);
  const { reduced, full } = spun(model, n, source, ours);
  const unreduced = n > mostUnreduced ? undefined : ourTime(source, n, noReductions);
  const ratio = (time_ms: number | undefined) => {
    if (!ours) return time_ms === undefined ? '–' : `< ${(time_ms / limit_ms).toFixed(2)}`;
    return time_ms === undefined ? '–' : (time_ms / ours.user_ms).toFixed(2);
  };
  return [
    `${model}, ${n}`,
    String(ours?.states ?? '–'),
    ours?.bytesPerState?.toFixed(0) ?? '–',
    ratio(reduced?.user_ms),
    ratio(full?.user_ms),
    String(reduced?.states ?? '–'),
    reduced ? (reduced.bytes / reduced.states).toFixed(0) : '–',
    ratio(unreduced?.user_ms),
    String(unreduced?.states ?? '–'),
  ];
}

const differ = (model: string, n: number, check: CheckName) =>
  `the explorer and SPIN differ: ${model}, ${n} packets, ${check}`;

printTable(
  'User CPU time to all three verdicts, ours and SPIN’s',
  headings,
  packets.flatMap((n) => models.map((model) => row(model, n))),
);
