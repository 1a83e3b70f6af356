import { expect, test } from 'vitest';
import { allSemantics, caseStudies, replaysOf } from './counterexamples.js';
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

for (const driver of drivers) {
  test.each(caseStudies)(`what breaks %s without tags is confirmed on ${driver.name}`, async (name) => {
    // Port knocking, bandwidth cap and intrusion detection take three packets.
    for (const semantics of ['two-phase', 'best-effort'] as const) {
      const replays = await replaysOf(name, semantics, 3, driver);
      expect(
        replays.map(([check, { verdict }]) => [check, verdict]),
        semantics,
      ).toEqual([
        ['theorem1.paper', 'confirmed'],
        ['theorem1.causal', 'confirmed'],
      ]);
    }
  });

  test.each(models)(`every counterexample to %s with two packets is confirmed on ${driver.name}`, async (name) => {
    for (const semantics of allSemantics)
      for (const [check, verdict] of await replaysOf(name, semantics, 2, driver))
        expect(verdict, `${semantics} ${check}`).toMatchObject({ verdict: 'confirmed' });
  });
}
