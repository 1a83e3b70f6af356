import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Semantics } from '../../src/execution/execution.js';
import type { Driver } from '../../src/replay/drivers/driver.js';
import { conform } from '../../src/verbs/conform.js';
import { compilableModels } from '../compiler/compiled.js';
import { modelFile } from '../models/models.js';
import { allSemantics } from './counterexamples.js';
import { drivers } from './recorded.js';

async function conformed(name: string, semantics: Semantics, executions: number, driver: Driver) {
  const source = readFileSync(modelFile(name));
  const result = await conform(source, name, { semantics, packets: 4, executions, seed: 1 }, driver);
  if ('problem' in result) throw new Error(result.problem);
  return result;
}

for (const driver of drivers) {
  test.each(['firewall', 'learning-switch', 'port-knocking'])(
    `200 random executions of %s under tagged conform on ${driver.name}`,
    async (name) => {
      const { confirmed, first, coverage } = await conformed(name, 'tagged', 200, driver);
      expect(first).toBeNull();
      expect(confirmed).toBe(200);
      // Three packets in the right order open the last port of port knocking: chance seldom finds them.
      const seldom = name === 'port-knocking' ? 1 : 0;
      expect(coverage.rules.unused.length).toBeLessThanOrEqual(seldom);
      expect(coverage.eventSets.unused.length).toBeLessThanOrEqual(seldom);
      expect(coverage.entries.used).toBeGreaterThan(20);
    },
  );

  test.each(compilableModels)(`random executions of %s conform in every variant on ${driver.name}`, async (name) => {
    for (const semantics of allSemantics) {
      const { confirmed, notReplayable, first } = await conformed(name, semantics, 6, driver);
      expect(first, semantics).toBeNull();
      expect(confirmed + notReplayable).toBe(6);
    }
  });
}
