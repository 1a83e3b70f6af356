import { readFileSync } from 'node:fs';
import type { Semantics } from '../../src/execution/execution.js';
import type { ReplayVerdict } from '../../src/execution/replay-verdict.js';
import type { Driver } from '../../src/replay/drivers/driver.js';
import { check } from '../../src/verbs/check.js';
import { orThrow } from '../../src/verbs/load.js';
import { replay } from '../../src/verbs/replay.js';
import { modelFile } from '../models/models.js';

/** The paper's (§5.1). */
export const caseStudies = ['firewall', 'learning-switch', 'port-knocking', 'bandwidth-cap', 'ids'] as const;

export const allSemantics: readonly Semantics[] = ['tagged', 'figure6', 'two-phase', 'best-effort'];

/** The replays of every counterexample that there is to a model, by check. */
export async function replaysOf(
  name: string,
  semantics: Semantics,
  packets: number,
  driver: Driver,
): Promise<readonly (readonly [check: string, verdict: ReplayVerdict])[]> {
  const source = readFileSync(modelFile(name));
  const { result } = await check(source, `${name}.snk`, { semantics, packets, force: true, engine: 'explore' });
  const replayed = orThrow(await replay(source, result, driver));
  return replayed.replays.map(({ check: name, verdict }) => [name, verdict] as const);
}
