import { expect, test } from 'vitest';
import { allSemantics, replaysOf } from './counterexamples.js';
import { drivers } from './recorded.js';

const models = [
  'firewall',
  'learning-switch',
  'port-knocking',
  'nat',
  'multicast',
  'midway',
  'concurrent-pair',
  'chain-bounce',
  'figure-2b-nonlocal',
  'bandwidth-cap',
  'ring-3',
];

for (const driver of drivers)
  test.each(models)(`every counterexample to %s with two packets is confirmed on ${driver.name}`, async (name) => {
    for (const semantics of allSemantics)
      for (const [check, verdict] of await replaysOf(name, semantics, 2, driver))
        expect(verdict, `${semantics} ${check}`).toMatchObject({ verdict: 'confirmed' });
  });

test('there are counterexamples to replay', async () => {
  const found = await replaysOf('firewall', 'best-effort', 2, drivers[0]!);
  expect(found.map(([check]) => check)).toEqual(['theorem1.paper', 'theorem1.causal']);
});
