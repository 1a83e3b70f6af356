import fc from 'fast-check';
import { exploring } from '../../src/explore/explorer.js';
import { allReductions, noReductions, type Reductions, showReductions } from '../../src/network/reductions.js';
import { checkNames } from '../../src/theorems/verdict.js';
import { fewest, problemOf } from './differential.js';
import { arbitraryMirroredProgram } from './mirrored-program.js';
import { arbitraryEventfulProgram } from './eventful-program.js';
import { arbitraryWalkingProgram } from './walking-program.js';

const seed = Number(process.argv[2] ?? 1),
  n = Number(process.argv[3] ?? 200),
  cap = Number(process.argv[4] ?? 60000);
const until = Date.now() + Number(process.argv[5] ?? 3600) * 1000;
const sure: Reductions = new Set(['packets', 'partial-order', 'history'] as const);
const tally = new Map<string, number>();
const count = (k: string) => tally.set(k, (tally.get(k) ?? 0) + 1);
const scen = fc.record({
  source: fc.oneof(
    { weight: 4, arbitrary: arbitraryMirroredProgram }, { weight: Number(process.argv[6]??4), arbitrary: arbitraryWalkingProgram },
    { weight: 1, arbitrary: arbitraryEventfulProgram },
  ),
  semantics: fc.constantFrom(
    'tagged' as const,
    'tagged' as const,
    'tagged' as const,
    'tagged' as const,
    'tagged' as const,
    'figure6' as const,
    'two-phase' as const,
  ),
  controller: fc.boolean(),
  packets: fc.constantFrom(1, 2, 3),
  unroll: fc.constantFrom(4, 8),
});
let done = 0;
fc.assert(
  fc.property(scen, (s) => {
    if (Date.now() > until) return;
    const p = problemOf(s);
    if (typeof p === 'string') {
      count('rejected ' + p);
      return;
    }
    if (p.structure.events.length === 0) {
      count('no events');
      return;
    }
    done++;
    for (const c of checkNames) {
      const run = (r: Reductions) => {
        const v = exploring(r)(p, c, {
          maxStates: cap,
          deadline: Infinity,
          maxBytes: 2 ** 30,
          onProgress: undefined,
        } as any);
        return {
          states: v.states,
          verdict:
            v.status === 'violated'
              ? `violated ${fewest(v)}/${v.counterexample.steps.length}`
              : v.status === 'unknown'
                ? v.limit === 'unroll'
                  ? 'unroll'
                  : 'limit'
                : v.status,
        };
      };
      const base = run(sure);
      if (base.verdict === 'limit') {
        count(`${s.semantics} ${c} limit`);
        continue;
      }
      for (const r of [allReductions,new Set([...sure,'symmetry'])as Reductions,new Set([...sure,'knowledge'])as Reductions]) {
        const v = run(r);
        if (v.verdict !== base.verdict)
          throw new Error(`${c} ${base.verdict} vs ${v.verdict} with ${showReductions(r)}\n${s.source}`);
        count(`${s.semantics} ${c} ${base.verdict.split(' ')[0]}`);
        if(r===allReductions)tally.set('states base', (tally.get('states base') ?? 0) + base.states);
        if(r.size===4&&r.has('symmetry'))tally.set('states sym',(tally.get('states sym')??0)+v.states);if(r===allReductions)tally.set('states all', (tally.get('states all') ?? 0) + v.states);
      }
      if (base.states < 1500) {
        const v = run(noReductions);
        if (v.verdict !== 'limit') {
          count(`${c} none too`);
          if (v.verdict !== base.verdict)
            throw new Error(`${c} none ${v.verdict} vs sure ${base.verdict}\n${s.source}`);
        }
      }
    }
  }),
  { seed, numRuns: n, endOnFailure: false },
);
console.log(
  seed,
  done,
  [...tally]
    .sort()
    .map(([k, v]) => `${k}: ${v}`)
    .join('\n'),
);
