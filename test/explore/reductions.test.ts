import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelFile, models } from '../models/models.js';
import { budget, problemOf } from './differential.js';
import { disagreement } from './reductions.js';
import { agreementOfReductions } from './reductions-random.js';

/** States up to which the plain exploration is waited for. */
const few = { ...budget, maxStates: 1_500 };

/**
 * Without the controller switch 3 learns of event 0, at 2:1, from packets only that have passed switch 1 after it, so it never detects
 * event 1 for one that has passed before, though all switches that have hosts may know of event 0 by then.
 */
const roundTrip = `
host H1 @ 1:2; link 1:1 -> 4:1; link 4:2 -> 3:1; link 3:2 -> 2:1; link 2:2 -> 1:3; field vlan_id in {0, 1}; state [0];
policy
  sw=1 & pt=2; vlan_id<-0; pt<-1; (1:1)->(4:1); pt<-2; ( state=[1]; (4:2)->(3:1)-><state<-[2]> + state!=[1]; (4:2)->(3:1) );
  pt<-2; ( state=[0]; (3:2)->(2:1)-><state<-[1]> + state!=[0]; (3:2)->(2:1) ); pt<-2; (2:2)->(1:3);
  ( state=[1]; vlan_id<-1 + state!=[1] ); pt<-2`;

/** One packet is copied to two switches, where it triggers two events of which one only can happen. */
const fork = `
host H1 @ 1:2; host H2 @ 2:2; host H3 @ 3:2; link 1:1 -> 2:1; link 1:3 -> 3:1; state [0];
policy
  sw=1 & pt=2; ( pt<-1; ( state=[0]; (1:1)->(2:1)-><state<-[1]> + state!=[0]; (1:1)->(2:1) ); pt<-2
               + pt<-3; ( state=[0]; (1:3)->(3:1)-><state<-[2]> + state!=[0]; (1:3)->(3:1) ); pt<-2 )`;

/**
 * The same after event 0, but only a packet that entered at a switch that did not know of it is copied: it is to hear of it
 * where it is copied, for two messages are one more than one.
 */
const forkLate = `
host H1 @ 1:2; host H2 @ 2:2; host H3 @ 3:2; host H4 @ 4:2; link 1:1 -> 2:1; link 1:3 -> 3:1; link 4:1 -> 4:3; state [0];
policy
  sw=4 & pt=2; pt<-1; ( state=[0]; (4:1)->(4:3)-><state<-[1]> + state!=[0]; (4:1)->(4:3) ); pt<-2
+ state=[0] & sw=1 & pt=2; ( pt<-1; (1:1)->(2:1); pt<-2 + pt<-3; (1:3)->(3:1); pt<-2 )
+ state=[1] & sw=1 & pt=2; pt=3; ( pt<-1; (1:1)->(2:1)-><state<-[2]>; pt<-2 + pt<-3; (1:3)->(3:1)-><state<-[3]>; pt<-2 )`;

describe('every choice of reductions comes to one verdict where one of them is put to the test', () => {
  it.each([
    ['roundTrip', roundTrip, false, 3, ['lemma3 holds', 'theorem1.paper violated 3/35', 'theorem1.causal holds']],
    ['fork', fork, true, 1, ['lemma3 violated 1/6']],
    ['forkLate', forkLate, true, 2, ['lemma3 violated 2/12']],
  ] as const)('%s', (_, source, controller, packets, expected) => {
    const problem = problemOf({ source, semantics: 'tagged', controller, packets, unroll: 4 });
    if (typeof problem === 'string') throw new Error(problem);
    const { agreed, difference } = disagreement(problem, { ...budget, maxStates: 30_000 });
    expect(difference).toBeUndefined();
    for (const verdict of expected) expect(agreed).toContain(verdict);
  });
});

it('every choice of reductions comes to one verdict on random programs', () => {
  // The seed is fixed, so that everybody's tests are the same; `reductions.nightly.test.ts` takes new ones, and larger programs.
  const agreed = agreementOfReductions({ numRuns: 120, seed: 1 }, fc.constantFrom(1, 2, 2), few);
  console.log([...agreed].map(([verdict, n]) => `${verdict}: ${n}`).join(', '));
  const decided = (start: string) => [...agreed].reduce((sum, [key, n]) => sum + (key.startsWith(start) ? n : 0), 0);
  for (const check of ['lemma3', 'theorem1.paper', 'theorem1.causal']) {
    expect(decided(`${check} holds`), check).toBeGreaterThan(30);
    expect(decided(`${check} violated`), check).toBeGreaterThan(3);
  }
}, 600_000);

const accepted = Object.entries(models).filter(([, { rejected }]) => !rejected || rejected === 'nonlocal');
describe('on every model, as far as no reductions get in so many states, every choice comes to one verdict', () => {
  it.each(accepted.map(([name]) => name))('%s', (name) => {
    const source = readFileSync(modelFile(name), 'utf8');
    for (const semantics of ['tagged', 'figure6', 'two-phase', 'best-effort'] as const)
      for (const packets of [1, 2]) {
        const problem = problemOf({ source, semantics, controller: true, packets, unroll: 4 * packets });
        if (typeof problem === 'string') throw new Error(problem);
        expect(disagreement(problem, few).difference, `${semantics}, ${packets} packets`).toBeUndefined();
      }
  });
});
