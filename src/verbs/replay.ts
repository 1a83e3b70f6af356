import { defaultLimits, LimitReached } from '../base/limits.js';
import { tablesOf } from '../compiler/artefact.js';
import { compileTables } from '../compiler/compile.js';
import { mixedTables } from '../compiler/mixed-tables.js';
import { analyse } from '../events/analysis.js';
import type { Counterexample, Semantics } from '../execution/execution.js';
import type { ReplayVerdict } from '../execution/replay-verdict.js';
import type { Run } from '../execution/run.js';
import type { Setting } from '../execution/state.js';
import { rerunSteps } from '../execution/validate.js';
import { readProgram } from '../language/read-program.js';
import type { Driver } from '../replay/drivers/driver.js';
import type { Passage } from '../replay/play.js';
import { replayRun } from '../replay/replay.js';
import type { Result } from '../report/result/result.js';
import type { Tables } from '../tables/tables.js';
import { type CheckName, checkNames } from '../theorems/checks.js';
import { judgeCausal, judgeLemma3, judgePaper } from '../theorems/index.js';
import { sha256 } from './common.js';

/** What a result's executions did on switches. */
export interface Replayed {
  /** The same, with a verdict (`replay`) beside each counterexample. */
  readonly result: Result;
  readonly replays: readonly {
    readonly check: CheckName;
    readonly counterexample: Counterexample;
    readonly verdict: ReplayVerdict;
    /** What went over each link. */
    readonly passages: readonly Passage[];
  }[];
}

/** A program that can run on switches under some variant of the rules. */
export interface Runnable {
  readonly setting: Setting;
  readonly tables: Tables;
}

/** What runs, and how. @param unroll as for `check` */
export function prepareReplay(
  source: Uint8Array | string,
  file: string,
  { semantics, controller, unroll }: { semantics: Semantics; controller: boolean; unroll: number },
): Runnable | { readonly problem: string } {
  const reading = readProgram(source, file);
  if (!reading.ok) return { problem: 'it is no program' };
  const { program } = reading;
  try {
    const { system, structure } = analyse(program, unroll, defaultLimits);
    if (!structure) return { problem: 'it has no event structure' };
    const origin = { file, sha256: sha256(source) };
    const compilable = { program, system, structure, limits: defaultLimits };
    const tables =
      semantics === 'best-effort' ? mixedTables(compilable, origin) : tablesOf(compileTables(compilable), origin);
    return { setting: { program, system, structure, semantics, controller }, tables };
  } catch (error) {
    if (error instanceof LimitReached) return { problem: error.message };
    throw error;
  }
}

/** Plays every counterexample of a result on switches. The program must be the one that the result is about. */
export async function replay(
  source: Uint8Array | string,
  result: Result,
  driver: Driver,
): Promise<Replayed | { readonly problem: string }> {
  const { file, sha256: expected } = result.program;
  if (sha256(source) !== expected)
    return { problem: `${file} is not the program that the result is about: it has changed` };
  const { semantics, packets, controller } = result.options;
  const runnable = prepareReplay(source, file, { semantics, controller, unroll: result.nes?.bound ?? 4 * packets });
  if ('problem' in runnable) return { problem: `${file}: ${runnable.problem}` };
  const checks = { ...result.checks };
  const replays: Replayed['replays'][number][] = [];
  for (const name of checkNames) {
    const check = checks[name];
    if (!check?.counterexample) continue;
    const { counterexample } = check;
    const { verdict, passages } = await replayOne(runnable, name, counterexample.steps, driver);
    checks[name] = { ...check, replay: verdict };
    replays.push({ check: name, counterexample, verdict, passages });
  }
  return { result: { ...result, checks }, replays };
}

async function replayOne(
  { setting, tables }: Runnable,
  name: CheckName,
  steps: Parameters<typeof rerunSteps>[1],
  driver: Driver,
): Promise<{ readonly verdict: ReplayVerdict; readonly passages: readonly Passage[] }> {
  const impossible = (why: string) =>
    ({ verdict: { verdict: 'not replayable', switches: driver.name, why }, passages: [] }) as const;
  const validation = rerunSteps(setting, steps);
  if (validation.kind === 'impossible')
    return impossible(`step ${validation.step} is not one that the rules allow: ${validation.why}`);
  // The switches are compared with the run: if they did the same, it is their doing that is judged here.
  if (!isViolated(name, validation.run)) return impossible('the execution violates nothing');
  return replayRun(tables, validation.run, driver);
}

function isViolated(name: CheckName, run: Run): boolean {
  const judge = { lemma3: judgeLemma3, 'theorem1.paper': judgePaper, 'theorem1.causal': judgeCausal }[name];
  return judge(run).kind === 'violated';
}
