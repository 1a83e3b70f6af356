import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Semantics } from '../../src/execution/execution.js';
import type { Driver } from '../../src/replay/drivers/driver.js';
import { conform } from '../../src/verbs/conform.js';
import { orThrow } from '../../src/verbs/load.js';
import { compilableModels } from '../compiler/compiled.js';
import { modelFile, models } from '../models/models.js';
import { allSemantics, caseStudies } from './counterexamples.js';
import { drivers } from './recorded.js';

async function conformed(name: string, semantics: Semantics, executions: number, driver: Driver) {
  const source = readFileSync(modelFile(name));
  const which = { kind: 'random', executions, seed: 1 } as const;
  return orThrow(await conform(source, name, { semantics, packets: 4, which }, driver));
}

for (const driver of drivers) {
  test.each(caseStudies)(`200 random executions of %s under tagged conform on ${driver.name}`, async (name) => {
    const { confirmed, first, coverage } = await conformed(name, 'tagged', 200, driver);
    expect(first).toBeNull();
    expect(confirmed).toBe(200);
    // Three packets in the right order open the last port of port knocking: chance seldom finds them.
    const seldom = name === 'port-knocking' ? 1 : 0;
    expect(coverage.rules.unused.length).toBeLessThanOrEqual(seldom);
    expect(coverage.eventSets.unused.length).toBeLessThanOrEqual(seldom);
    expect(coverage.entries.used).toBeGreaterThan(20);
  });

  // One that is not locally determined is rejected (test/cli/front-end.test.ts).
  test.each(compilableModels.filter((name) => models[name]?.rejected === null))(
    `random executions of %s conform in every variant on ${driver.name}`,
    async (name) => {
      for (const semantics of allSemantics) {
        const { confirmed, notReplayable, first } = await conformed(name, semantics, 6, driver);
        expect(first, semantics).toBeNull();
        expect(confirmed + notReplayable).toBe(6);
      }
    },
  );
}

test('every execution of the firewall with two packets conforms, and uses every rule', async () => {
  const source = readFileSync(modelFile('firewall'));
  const conformAll = async (limit: number) => {
    const options = { semantics: 'tagged', packets: 2, which: { kind: 'all', limit } } as const;
    return orThrow(await conform(source, 'firewall.snk', options, drivers[0]!));
  };
  const all = await conformAll(1000);
  expect(all).toMatchObject({ isAll: true, first: null, confirmed: all.executions, notReplayable: 0 });
  expect([all.coverage.rules.unused, all.coverage.eventSets.unused]).toEqual([[], []]);
  expect(await conformAll(all.executions)).toMatchObject({ isAll: true, executions: all.executions });
  expect(await conformAll(all.executions - 1)).toMatchObject({ isAll: false, executions: all.executions - 1 });
});
