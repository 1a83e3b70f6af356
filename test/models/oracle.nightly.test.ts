import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nameOf } from '../conformance/expectation.js';
import { bruteForce } from '../oracle/brute-force.js';
import { settingOf } from '../oracle/setting.js';
import { modelFile, models } from './models.js';

/** Those whose verdicts rest on an argument alone; the larger rings have too many histories. */
const argued = ['figure-2a', 'bandwidth-cap-3', 'knock-reset', 'rate-limit', 'token-bucket', 'ring-3'];

for (const name of argued)
  describe(`${name}, every interleaving of two packets, judged by the definitions word for word`, () => {
    for (const run of models[name]!.runs!.filter(({ packets }) => packets === 2))
      it(nameOf(run), () => {
        const setting = settingOf(readFileSync(modelFile(name), 'utf8'), run.semantics, run.controller);
        const { lemma3, paper, causal } = bruteForce(setting, 2);
        expect({ lemma3, 'theorem1.paper': paper, 'theorem1.causal': causal }).toMatchObject(run.checks);
      });
  });
