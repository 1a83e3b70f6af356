import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budget, problemOf } from './differential.js';
import { arbitraryMirroredProgram } from './mirrored-program.js';
import { disagreement, established } from './reductions.js';
import { agreementOfReductions } from './reductions-random.js';
import { threefold } from './threefold.js';
import { arbitraryWalkingProgram } from './walking-program.js';

/*
 * What the younger reductions would do wrong if they did: programs that put them to the test, in seconds.
 */

/**
 * Without the controller switch 3 learns of event 0, at 2:1, from packets only that have passed switch 1 after it, so
 * it never detects event 1 for one that has passed before, though all switches that have hosts may know of event 0 by
 * then.
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
 * The same after event 0, but only a packet that entered at a switch that did not know of it is copied: it is to hear
 * of it where it is copied, for two messages are one more than one.
 */
const forkLate = `
host H1 @ 1:2; host H2 @ 2:2; host H3 @ 3:2; host H4 @ 4:2; link 1:1 -> 2:1; link 1:3 -> 3:1; link 4:1 -> 4:3; state [0];
policy
  sw=4 & pt=2; pt<-1; ( state=[0]; (4:1)->(4:3)-><state<-[1]> + state!=[0]; (4:1)->(4:3) ); pt<-2
+ state=[0] & sw=1 & pt=2; ( pt<-1; (1:1)->(2:1); pt<-2 + pt<-3; (1:3)->(3:1); pt<-2 )
+ state=[1] & sw=1 & pt=2; pt=3; ( pt<-1; (1:1)->(2:1)-><state<-[2]>; pt<-2 + pt<-3; (1:3)->(3:1)-><state<-[3]>; pt<-2 )`;

describe('every choice of reductions comes to one verdict where one of them is put to the test', () => {
  it.each([
    [
      'roundTrip',
      roundTrip,
      'tagged',
      false,
      3,
      ['lemma3 holds', 'theorem1.paper violated 3/35', 'theorem1.causal holds'],
    ],
    ['fork', fork, 'tagged', true, 1, ['lemma3 violated 1/6']],
    ['forkLate', forkLate, 'tagged', true, 2, ['lemma3 violated 2/12']],
    ['threefold', threefold, 'two-phase', true, 2, ['lemma3 holds', 'theorem1.causal violated 2/16']],
  ] as const)('%s', (_, source, semantics, controller, packets, expected) => {
    const problem = problemOf({ source, semantics, controller, packets, unroll: 4 });
    if (typeof problem === 'string') throw new Error(problem);
    const { agreed, difference } = disagreement(problem, { ...budget, maxStates: 30_000 });
    expect(difference).toBeUndefined();
    for (const verdict of expected) expect(agreed).toContain(verdict);
  });
});

describe('the younger reductions come to the verdicts of the older ones', () => {
  const few = { ...budget, maxStates: 3_000 };
  const packets = fc.constantFrom(2, 2, 3);
  it.each([
    ['whose packets go far', arbitraryWalkingProgram, 'knowledge'],
    ['that are their own mirror image', arbitraryMirroredProgram, 'symmetry'],
  ] as const)('on programs %s', (_, source, younger) => {
    const choices = [new Set([...established, younger])];
    const agreed = agreementOfReductions({ numRuns: 60, seed: 1 }, packets, few, {
      source,
      first: [established],
      choices,
    });
    const decided = (end: RegExp) => [...agreed].reduce((sum, [key, n]) => sum + (end.test(key) ? n : 0), 0);
    expect(decided(/holds/)).toBeGreaterThan(30);
    expect(decided(/violated/)).toBeGreaterThan(10);
  });
});
