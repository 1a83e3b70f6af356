import { LimitReached } from '../base/limits.js';
import type { Run } from '../execution/run.js';
import type { Tables } from '../tables/tables.js';
import { deployed } from './deployed.js';
import { type Driver, SwitchFailed } from './drivers/driver.js';
import { type Played, play } from './play.js';

/**
 * Starts switches, plays one execution on them, and stops them, whatever happens. If it cannot be played, the verdict
 * says why.
 */
export async function replayRun(tables: Tables, run: Run, driver: Driver): Promise<Played> {
  const impossible = (why: string): Played => ({
    verdict: { verdict: 'not replayable', switches: driver.name, why },
    passages: [],
    exchanges: [],
  });
  try {
    const ready = deployed(tables, run.setting.semantics);
    const fleet = await driver.start(ready.setups);
    try {
      return await play(ready, run, fleet, driver.name);
    } finally {
      await fleet.stop();
    }
  } catch (error) {
    if (error instanceof LimitReached) return impossible(`the program needs ${error.message}`);
    if (error instanceof SwitchFailed) return impossible([error.message, ...error.log.slice(-5)].join('\n'));
    throw error;
  }
}
