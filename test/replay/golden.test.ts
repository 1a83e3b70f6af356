import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { randomNumbers, randomRun } from '../../src/execution/random-runs.js';
import { showBytes } from '../../src/frames/bytes.js';
import { conformance } from '../../src/replay/conform.js';
import { deployed } from '../../src/replay/deployed.js';
import { embeddedDriver } from '../../src/replay/drivers/embedded.js';
import { readGolden, writeGolden } from './golden-captures.js';
import { drivers, goldenFolder, recording, runnableModel, sorted } from './recorded.js';

const wanted = [
  ['firewall', 'tagged'],
  ['learning-switch', 'tagged'],
  ['port-knocking', 'tagged'],
  ['nat', 'tagged'],
  ['multicast', 'best-effort'],
  ['firewall', 'two-phase'],
] as const;

// RECORD_GOLDEN=1 with a simple_switch writes them again.
const [, real] = drivers;
test.skipIf(!process.env['RECORD_GOLDEN'] || !real)('what simple_switch does is recorded', async () => {
  for (const [model, semantics] of wanted) {
    const { setting, tables } = runnableModel(model, semantics);
    const random = randomNumbers(1);
    const runs = Array.from({ length: 8 }, () => randomRun(setting, 3, random));
    const { driver, exchanges } = recording(real!);
    await conformance(tables, setting, runs, driver);
    const file = path.join(goldenFolder, `${model}-${semantics}.pcapng`);
    writeFileSync(file, writeGolden({ by: driver.name, model, semantics, exchanges }));
  }
});

test.each(readdirSync(goldenFolder))('the embedded interpreter does what simple_switch did: %s', async (file) => {
  const golden = readGolden(readFileSync(path.join(goldenFolder, file)));
  expect(golden.by).toMatch(/^simple_switch \d+\.\d+\.\d+$/);
  expect(golden.exchanges.length).toBeGreaterThan(20);
  expect(golden.exchanges.some(({ outputs }) => outputs.length === 0)).toBe(true);
  const { tables } = runnableModel(golden.model, golden.semantics);
  const fleet = await embeddedDriver.start(deployed(tables, golden.semantics).setups);
  for (const { switch: id, port, frame, outputs } of golden.exchanges) {
    const observed = await fleet.take(id, port, Uint8Array.from(Buffer.from(frame, 'hex')));
    expect(sorted(observed.outputs.map((o) => [o.port, showBytes(o.frame)] as const))).toEqual(outputs);
  }
});
