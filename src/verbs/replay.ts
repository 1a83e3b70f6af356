import { programText } from '../base/options.js';
import { assertArguments } from '../base/taken.js';
import type { Counterexample } from '../execution/execution.js';
import type { ReplayVerdict } from '../execution/replay-verdict.js';
import { rerunSteps } from '../execution/validate.js';
import { aDriver, type Driver } from '../replay/drivers/driver.js';
import type { Passage } from '../replay/play.js';
import { replayRun } from '../replay/replay.js';
import { assertResult } from '../report/read/read-results.js';
import type { Result } from '../report/result/result.js';
import { type Check, type CheckName, checks as everyCheck } from '../theorems/checks.js';
import { judge } from '../theorems/index.js';
import { sha256 } from './common.js';
import { type Hindered, impossible, load, type NotReached, type Runnable, runnable } from './load.js';

/** What a result's executions did on switches. */
export interface Replayed {
  readonly ok: true;
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

/**
 * Plays every counterexample of a result on switches. The program must be the one that the result is about.
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { check, findSwitch, replay } from 'snk-verify';
 *
 * const file = 'models/firewall.snk';
 * const source = readFileSync(file, 'utf8');
 * const { result } = await check(source, file, { semantics: 'best-effort', spec: 'causal' });
 * const driver = findSwitch({ driver: 'embedded', file: 'simple_switch', guard: () => () => {} });
 * if ('missing' in driver) throw new Error(driver.missing);
 * const replayed = await replay(source, result, driver);
 * if (replayed.ok) console.log(replayed.replays[0]?.verdict.verdict); // confirmed
 * ```
 */
export async function replay(
  source: Uint8Array | string,
  result: Result,
  driver: Driver,
): Promise<Replayed | NotReached | Hindered> {
  assertArguments('replay', { source: [source, programText] });
  assertResult('replay', result);
  assertArguments('replay', { driver: [driver, aDriver] });
  const { file, sha256: expected } = result.program;
  if (sha256(source) !== expected) return impossible('it is not the program that the result is about: it has changed');
  // As for `validate`: programs that are not locally determined have executions too.
  const loaded = load(source, file, {
    packets: result.options.packets,
    unroll: result.nes?.bound ?? undefined,
    force: true,
  });
  if (!loaded.ok) return loaded;
  const runs = runnable(loaded, result.options);
  if (!runs.ok) return runs;
  const checks = { ...result.checks };
  const replays: Replayed['replays'][number][] = [];
  for (const asked of everyCheck) {
    const { name } = asked;
    const check = checks[name];
    if (!check?.counterexample) continue;
    const { counterexample } = check;
    const { verdict, passages } = await replayOne(runs, asked, counterexample.steps, driver);
    checks[name] = { ...check, replay: verdict };
    replays.push({ check: name, counterexample, verdict, passages });
  }
  return { ok: true, result: { ...result, checks }, replays };
}

async function replayOne(
  { setting, tables }: Runnable,
  check: Check,
  steps: Parameters<typeof rerunSteps>[1],
  driver: Driver,
): Promise<{ readonly verdict: ReplayVerdict; readonly passages: readonly Passage[] }> {
  const unplayed = (why: string) =>
    ({ verdict: { verdict: 'not replayable', switches: driver.name, why }, passages: [] }) as const;
  const validation = rerunSteps(setting, steps);
  if (validation.kind === 'impossible')
    return unplayed(`step ${validation.step} is not one that the rules allow: ${validation.why}`);
  // The run is judged here and the switches are compared with it: if they did the same, the judgement is about them
  // too.
  if (judge(check, validation.run).kind !== 'violated') return unplayed('the execution violates nothing');
  return replayRun(tables, validation.run, driver);
}
