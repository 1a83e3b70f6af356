import process from 'node:process';
import type { Problem } from '../src/engines/engine.js';
import type { Verdict } from '../src/engines/verdict.js';
import { allReductions, type Reductions } from '../src/network/reductions/reductions.js';
import { exploring } from '../src/search/explorer.js';
import { type CheckName, checkNames, theorems } from '../src/theorems/checks.js';
import { executionOptions, load, orThrow } from '../src/verbs/load.js';

/** What is asked of a program under `tagged`, with the controller. @throws if it is rejected */
export function problemOf(source: string, packets: number): Problem {
  const { program, system, structure, limits } = orThrow(load(source, 'program.snk', { packets }));
  return { program, system, structure, options: executionOptions({ packets }), limits };
}

export interface Explored {
  readonly verdicts: Readonly<Record<CheckName, Verdict>>;
  readonly states: number;
  /** The memory for states divided by their number; undefined unless all was explored. */
  readonly bytesPerState: number | undefined;
  readonly time_ms: number;
  /** User and system time: unlike the clock's time, it does not depend on what else the machine does. */
  readonly cpu_ms: number;
  /** The user time of the search alone, once the program has been read and analysed. */
  readonly user_ms: number;
}

/** Explores for all three checks, in this process; undefined if that takes too long or too many states. */
export function explored(
  source: string,
  packets: number,
  limit_ms: number,
  reductions: Reductions = allReductions,
): Explored | undefined {
  const began = performance.now();
  const before = process.cpuUsage();
  const problem = problemOf(source, packets);
  const analysed = process.cpuUsage();
  const budget = { maxStates: 5e6, deadline: began + limit_ms, maxBytes: 2 ** 31, onProgress: undefined };
  const each = checkNames.map((check) => [check, exploring(reductions)(problem, theorems[check], budget)] as const);
  const time_ms = performance.now() - began;
  const { user, system } = process.cpuUsage(before);
  const { user: searching } = process.cpuUsage(analysed);
  const verdicts = Object.fromEntries(each) as Record<CheckName, Verdict>;
  if (each.some(([, { status }]) => status === 'unknown')) return undefined;
  const states = each.reduce((sum, [, verdict]) => sum + verdict.states, 0);
  const full = each.flatMap(([, verdict]) => (verdict.status === 'holds' && verdict.covered ? [verdict] : []));
  const bytes = full.reduce((sum, { covered }) => sum + covered!.bytes, 0);
  const counted = full.reduce((sum, verdict) => sum + verdict.states, 0);
  return {
    verdicts,
    states,
    bytesPerState: counted > 0 ? bytes / counted : undefined,
    time_ms,
    cpu_ms: (user + system) / 1000,
    user_ms: searching / 1000,
  };
}
