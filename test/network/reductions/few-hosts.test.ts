import { describe, expect, it } from 'vitest';
import type { Semantics } from '../../../src/execution/execution.js';
import { allReductions } from '../../../src/network/reductions/reductions.js';
import { taggedPackets } from '../../../src/network/tagged-packets.js';
import { rawPackets } from '../../../src/packets/raw-packets.js';
import { exploring } from '../../../src/search/explorer.js';
import { checks } from '../../../src/theorems/checks.js';
import { budget, problemOf } from '../../search/differential.js';

/** A firewall with inside hosts A, B, C and D; packets to X may do otherwise at the port of D. */
const firewall = (atD = '') => `
host A @ 1:1; host B @ 1:2; host C @ 1:3; host D @ 1:4; host X @ 2:1; link 1:9 <-> 2:9; state [0];
policy
  sw=1 & ip_dst=X ${atD}; pt<-9; (state=[0]; (1:9)->(2:9)-><state<-[1]> + state=[1]; (1:9)->(2:9)); pt<-1
+ sw=2 & pt=1 & ip_dst=A; state=[1]; pt<-9; (2:9)->(1:9); pt<-1
+ sw=2 & pt=1 & ip_dst=B; state=[1]; pt<-9; (2:9)->(1:9); pt<-2`;

const posed = (source: string, packets: number, semantics: Semantics = 'tagged') => {
  const problem = problemOf({ source, semantics, controller: true, packets, unroll: 8 });
  if (typeof problem === 'string') throw new Error(problem);
  return problem;
};

const sending = (source: string, packets: number): string => {
  const problem = posed(source, packets);
  const { ingresses } = taggedPackets(problem.program, rawPackets(problem, { mixed: false }), true, packets);
  return [...new Set(ingresses.filter(({ inert }) => !inert).map(({ host }) => host.name))].sort().join(' ');
};

describe('of hosts that nothing tells apart', () => {
  it.each([
    ['as many may send as packets enter', firewall(), 1, 'A X'],
    ['as many may send as packets enter', firewall(), 3, 'A B C X'],
    ['all may send if more packets enter', firewall(), 5, 'A B C D X'],
    ['one is left out whose packets are dropped', firewall('& pt!=4'), 2, 'A B X'],
  ])('%s', (_, source, packets, expected) => {
    expect(sending(source, packets)).toBe(expected);
  });

  it.each(['tagged', 'figure6', 'two-phase'] as const)('a few do what all can do, with %s', (semantics) => {
    const problem = posed(firewall(), 2, semantics);
    const without = new Set([...allReductions].filter((name) => name !== 'packets'));
    const found = (reductions: typeof allReductions) =>
      checks.map((check) => {
        const verdict = exploring(reductions)(problem, check, budget);
        const steps = verdict.status === 'violated' ? verdict.counterexample.steps : [];
        return [verdict.status, steps.length, steps.filter(({ rule }) => rule === 'IN').length];
      });
    expect(found(allReductions)).toEqual(found(without));
  });
});
