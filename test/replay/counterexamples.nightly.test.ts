import { expect, test } from 'vitest';
import { compilableModels } from '../compiler/compiled.js';
import { allSemantics, replaysOf } from './counterexamples.js';
import { drivers } from './recorded.js';

for (const driver of drivers)
  test.each(compilableModels)(`every counterexample to %s is confirmed on ${driver.name}`, async (name) => {
    for (const semantics of allSemantics)
      for (const [check, verdict] of await replaysOf(name, semantics, 3, driver))
        expect(verdict, `${semantics} ${check}`).toMatchObject({ verdict: 'confirmed' });
  });
