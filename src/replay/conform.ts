import type { Execution } from '../execution/execution.js';
import type { ReplayVerdict } from '../execution/replay-verdict.js';
import type { Run } from '../execution/run.js';
import type { Setting } from '../execution/state.js';
import type { Tables } from '../tables/tables.js';
import { controlBytes } from '../targets/control-frame.js';
import { controllerPort } from '../targets/layout.js';
import { type Coverage, coverageCounter } from './coverage.js';
import { deployed } from './deployed.js';
import type { Driver } from './drivers/driver.js';
import { play } from './play.js';

/** How many executions ended in which way, and the first in which switches did not do what the rules say. */
export interface Conformance {
  readonly switches: string;
  readonly executions: number;
  readonly steps: number;
  readonly confirmed: number;
  /** Executions with a packet that no wire carries (frames/framing.ts). */
  readonly notReplayable: number;
  readonly diverged: number;
  readonly first: { readonly execution: Execution; readonly verdict: ReplayVerdict } | null;
  readonly coverage: Coverage;
}

/** The first executions of a sequence, up to a number of them, and whether there were more. */
export function upTo(
  runs: Iterator<Run>,
  limit: number,
): { readonly runs: Iterable<Run>; readonly isAll: () => boolean } {
  let isAll = false;
  function* first(): Generator<Run> {
    for (let i = 0; i <= limit; i++) {
      const next = runs.next();
      isAll = next.done === true;
      if (next.done || i === limit) return;
      yield next.value;
    }
  }
  return { runs: first(), isAll: () => isAll };
}

/**
 * Plays executions, one after the other, on the same switches; the switches' event-sets are emptied in between. Stops
 * at the first execution that diverges.
 * @throws LimitReached if the tables need what BMv2 cannot do @throws SwitchFailed
 */
export async function conformance(
  tables: Tables,
  setting: Setting,
  runs: Iterable<Run>,
  driver: Driver,
): Promise<Conformance> {
  const ready = deployed(tables, setting.semantics);
  const counter = coverageCounter(ready);
  const counts = { executions: 0, steps: 0, confirmed: 0, notReplayable: 0, diverged: 0 };
  let first: Conformance['first'] = null;
  const fleet = await driver.start(ready.setups);
  try {
    const empty = controlBytes({ operation: 'replace', port: controllerPort, value: 0n, serial: 0 });
    for (const run of runs) {
      for (const { id } of ready.setups) await fleet.take(id, controllerPort, empty);
      const { verdict, exchanges } = await play(ready, run, fleet, driver.name);
      counter.add(run, exchanges);
      counts.executions++;
      counts.steps += run.taken.length;
      if (verdict.verdict === 'confirmed') counts.confirmed++;
      if (verdict.verdict === 'not replayable') counts.notReplayable++;
      if (verdict.verdict === 'diverged') {
        counts.diverged++;
        first = { execution: run.taken.map(({ step }) => step), verdict };
        break;
      }
    }
  } finally {
    await fleet.stop();
  }
  return { switches: driver.name, ...counts, first, coverage: counter.coverage() };
}
