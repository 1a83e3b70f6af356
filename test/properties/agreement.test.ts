import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  allReductions,
  noReductions,
  type Reduction,
  reductionNames,
} from '../../src/network/reductions/reductions.js';
import { total } from '../search/oracle.js';
import { agreement } from './agreement.js';

/** More of them, with a seed of their own each time: `RUNS=2000 npx vitest run test/properties/agreement.test.ts`. */
const runs = process.env['RUNS'];

const without = (one: Reduction) => new Set([...allReductions].filter((name) => name !== one));

it(
  'explorer and definition agree on random properties of random programs, of one and two packets',
  () => {
    const options = {
      histories: runs === undefined ? 600 : 3_000,
      packets: fc.constantFrom(1, 2, 2),
      properties: 4,
      // Each reduction by itself must change nothing, and so must all of them.
      besides: [noReductions, ...reductionNames.map(without)],
    };
    const tally = agreement(options, runs === undefined ? { numRuns: 110, seed: 3 } : { numRuns: Number(runs) });
    console.log(
      [...tally]
        .map(([key, n]) => `${key}: ${n}`)
        .sort()
        .join(', '),
    );
    if (runs !== undefined) return;
    // Else the test would say little.
    const sum = (end: string): number => total(tally, '', end);
    for (const form of ['always', 'leadsTo', 'atMost'])
      for (const verdict of ['holds', 'violated', 'vacuous'])
        expect(sum(`${form} ${verdict}`), form).toBeGreaterThan(3);
    for (const semantics of ['tagged', 'figure6', 'two-phase', 'best-effort'])
      for (const verdict of ['holds', 'violated'])
        expect(total(tally, semantics, verdict), semantics).toBeGreaterThan(5);
    for (const witness of ['found', 'none']) expect(total(tally, `witness ${witness}`)).toBeGreaterThan(3);
  },
  runs === undefined ? 600_000 : 7_200_000,
);
