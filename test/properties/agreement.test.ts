import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allReductions, noReductions } from '../../src/network/reductions/reductions.js';
import { total } from '../search/oracle.js';
import { agreement } from './agreement.js';

/** More of them, with a seed of their own each time: `RUNS=2000 npx vitest run test/properties/agreement.test.ts`. */
const runs = process.env['RUNS'];

it('explorer and definition agree on random properties of random programs, of one and two packets', () => {
  const options = {
    histories: runs === undefined ? 500 : 4_000,
    packets: fc.constantFrom(1, 2, 2),
    properties: 5,
    reductions: [allReductions, noReductions],
  };
  const tally = agreement(options, runs === undefined ? { numRuns: 120, seed: 1 } : { numRuns: Number(runs) });
  console.log(
    [...tally]
      .map(([key, n]) => `${key}: ${n}`)
      .sort()
      .join(', '),
  );
  if (runs !== undefined) return;
  for (const semantics of ['tagged', 'figure6', 'two-phase', 'best-effort'])
    for (const form of ['always', 'leadsTo', 'atMost'])
      for (const verdict of ['holds', 'violated'])
        expect(total(tally, `${semantics} ${form} ${verdict}`)).toBeGreaterThan(0);
}, 600_000);
