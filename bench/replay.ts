/**
 * What replaying costs: `npx tsx bench/replay.ts [SIMPLE_SWITCH]`. For the case studies, it plays every counterexample
 * under `two-phase` and `best-effort` and one random execution under `tagged`, from the start of the switches to the
 * verdict, and shows the time in all and for each step, on the embedded interpreter and on simple_switch if there is
 * one (on the PATH, or as named). Then it runs `snk-verify replay` itself, from start to end, with all executions of a
 * result. Times are medians of wall time, as multiples of the first row's on the embedded interpreter.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os, { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { root, runScript, setUp } from '../scripts/set-up.mjs';
import type { Semantics } from '../src/execution/execution.js';
import { randomNumbers, randomRun } from '../src/execution/random-runs.js';
import type { Run } from '../src/execution/run.js';
import { rerunSteps } from '../src/execution/validate.js';
import type { Driver } from '../src/replay/drivers/driver.js';
import { findSwitch } from '../src/replay/find-switch.js';
import { replayRun } from '../src/replay/replay.js';
import { check } from '../src/verbs/check.js';
import { load, orThrow, type Runnable, runnable } from '../src/verbs/load.js';
import { measure } from './measure.js';
import { printTable } from './table.js';

const caseStudies = [
  'firewall',
  'learning-switch',
  'port-knocking',
  'ring-2',
  'bandwidth-cap',
  'ids',
  'nat',
  'multicast',
];
const variants = ['two-phase', 'best-effort', 'tagged'] as const;
const packets = 3;
const runs = 5;

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[(numbers.length - 1) / 2]!;

interface Cost {
  readonly start_ms: number;
  readonly step_ms: number;
  readonly total_ms: number;
}

/** @throws if the execution is not confirmed */
async function playOnce({ tables }: Runnable, run: Run, driver: Driver): Promise<Cost> {
  let start_ms = 0;
  let stop_ms = 0;
  const timed: Driver = {
    ...driver,
    start: async (setups) => {
      const began = performance.now();
      const { take, stop } = await driver.start(setups);
      start_ms = performance.now() - began;
      return {
        take,
        stop: async () => {
          const ending = performance.now();
          await stop();
          stop_ms = performance.now() - ending;
        },
      };
    },
  };
  const began = performance.now();
  const { verdict } = await replayRun(tables, run, timed);
  const total_ms = performance.now() - began;
  if (verdict.verdict !== 'confirmed') throw new Error(`${run.setting.semantics}: ${JSON.stringify(verdict)}`);
  return { start_ms, step_ms: (total_ms - start_ms - stop_ms) / run.taken.length, total_ms };
}

/** What the first row takes in all on the first driver. */
let unit_ms: number | undefined;
const multiple = (unit: number) => (time_ms: number) => (time_ms / unit).toPrecision(2);

async function play(runnable: Runnable, run: Run, driver: Driver): Promise<string[]> {
  const costs: Cost[] = [];
  for (let i = 0; i < runs; i++) costs.push(await playOnce(runnable, run, driver));
  const of = (pick: (cost: Cost) => number) => median(costs.map(pick));
  const total_ms = of((cost) => cost.total_ms);
  unit_ms ??= total_ms;
  return [of(({ start_ms }) => start_ms), of(({ step_ms }) => step_ms), total_ms].map(multiple(unit_ms));
}

/** The executions of a program that are played: its counterexamples and, under `tagged`, a random one. */
async function executionsOf(
  model: string,
  semantics: Semantics,
  folder: string,
): Promise<{
  readonly runnable: Runnable;
  readonly found: readonly (readonly [string, Run])[];
  readonly file: string;
}> {
  const program = path.join(root, `models/${model}.snk`);
  const source = readFileSync(program);
  const runs = orThrow(runnable(orThrow(load(source, program, { packets })), { semantics, controller: true }));
  const { result } = await check(source, program, { semantics, packets, engine: 'explore' });
  const file = path.join(folder, `${model}-${semantics}.json`);
  writeFileSync(file, JSON.stringify(result));
  const found = Object.entries(result.checks).flatMap(([name, { counterexample }]): [string, Run][] => {
    if (!counterexample) return [];
    const validation = rerunSteps(runs.setting, counterexample.steps);
    if (validation.kind === 'impossible') throw new Error(`${model}, ${name}: ${validation.why}`);
    return [[name, validation.run]];
  });
  if (semantics === 'tagged') found.push(['random', randomRun(runs.setting, packets, randomNumbers(1))]);
  return { runnable: runs, found, file };
}

await runScript(async () => {
  await setUp({ bundle: true });
  const file = process.argv[2] ?? 'simple_switch';
  const real = findSwitch({ driver: 'packet-in', file, guard: () => () => undefined });
  const embedded = findSwitch({ driver: 'embedded', file, guard: () => () => undefined });
  const drivers = [embedded, real].filter((driver): driver is Driver => !('missing' in driver));
  console.log(`Node.js ${process.version}, ${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown processor'}`);
  console.log(drivers.map(({ name }, i) => `${i + 1}: ${name}`).join('; '));
  if ('missing' in real) console.log(`left out: ${real.missing}`);
  const folder = mkdtempSync(path.join(tmpdir(), 'snk-bench-'));
  try {
    const rows: string[][] = [];
    const commands: string[][] = [];
    let commandUnit_ms: number | undefined;
    for (const model of caseStudies)
      for (const semantics of variants) {
        const { runnable, found, file: result } = await executionsOf(model, semantics, folder);
        for (const [name, run] of found) {
          const cells: string[] = [];
          for (const driver of drivers) cells.push(...(await play(runnable, run, driver)));
          rows.push([
            `${model}, ${semantics}, ${name}`,
            `${runnable.tables.switches.length}`,
            `${run.taken.length}`,
            ...cells,
          ]);
        }
        if (semantics === 'tagged' || found.length === 0) continue;
        const wall = (driver: string) => {
          const args = ['replay', result, '--driver', driver, '--simple-switch', file];
          const wall_ms = median(Array.from({ length: runs }, () => measure(args).wall_ms));
          commandUnit_ms ??= wall_ms;
          return multiple(commandUnit_ms)(wall_ms);
        };
        const names = ['embedded', ...('missing' in real ? [] : ['packet-in'])];
        commands.push([`${model}, ${semantics}`, `${found.length}`, ...names.map(wall)]);
      }
    printTable(
      `From start to verdict, ${packets} packets, median of ${runs}, × the first total`,
      [
        'execution',
        'switches',
        'steps',
        ...drivers.flatMap((_, i) => ['start', 'a step', 'total'].map((h) => `${i + 1}: ${h}`)),
      ],
      rows,
    );
    printTable(
      `snk-verify replay RESULT, all executions of the result one after the other, median of ${runs}`,
      ['result', 'executions', ...drivers.map((_, i) => `${i + 1}: × first`)],
      commands,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
