import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/engines/engine.js';
import type { Semantics } from '../../src/execution/execution.js';
import { noReductions } from '../../src/network/reductions/reductions.js';
import { explore, exploring } from '../../src/search/explorer.js';
import { propertyCheck } from '../../src/theorems/checks.js';
import { budget, fewest, problemOf } from '../search/differential.js';
import { bruteForce } from './brute-force.js';

/** H2 may answer once it has been spoken to. */
const firewall = `
host H1 @ 1:2; host H2 @ 2:2; link 1:1 <-> 2:1; state [0];
policy pt=2 & ip_dst=H2; pt<-1; ( state=[0]; (1:1)->(2:1)-><state<-[1]> + state!=[0]; (1:1)->(2:1) ); pt<-2
     + pt=2 & ip_dst=H1; state=[1]; pt<-1; (2:1)->(1:1); pt<-2`;

/** Each packet of H1 is delivered to H2 and to H3 by one step of switch 1, marked differently. */
const twins = `
host H1 @ 1:1; host H2 @ 1:2; host H3 @ 1:3; field vlan_id in {1, 2};
policy pt=1; (vlan_id<-1; pt<-2 + vlan_id<-2; pt<-3)`;

/** Where H1's packets go depends on the state in the middle of their way, which configurations may differ about. */
const middle = `
host H1 @ 1:2; host H2 @ 2:2; host H3 @ 2:3; link 1:1 <-> 2:1; state [0];
policy pt=2 & sw=1; pt<-1; ( state=[0]; (1:1)->(2:1)-><state<-[1]>; pt<-2 + state=[1]; (1:1)->(2:1); pt<-3 )`;

type Row = readonly [property: string, verdict: string];

/** What is pinned for one program, run in one way: each is what plain enumeration of all executions says, too. */
const pinned: readonly (readonly [name: string, run: string, source: string, rows: readonly Row[]])[] = [
  [
    'firewall',
    'tagged on 2',
    firewall,
    [
      ['always delivered to H2 => before at 2:1', 'holds'],
      ['always delivered to H2 => before sent by H1', 'holds'],
      ['always delivered to H2 => earlier at 2:1', 'holds'],
      ['always delivered to H2 => via at 2:1 & via sent by H1', 'holds'],
      ['always delivered to H2 => via delivered', 'violated 1'],
      ['never at 2:1 & (via at 2:1 | before at 2:1 & via at 2:1)', 'vacuous'],
      ['never sent by H1 & before sent by H1', 'violated 2'],
      ['never sent by H1 & before before at 1:2', 'violated 2'],
      ['never sent by H1 & before at 2:1', 'violated 2'],
      ['never sent by H2 & earlier sent by H1 & !before sent by H1', 'violated 2'],
      ['never sent by H2 & before delivered to H2', 'violated 2'],
      ['never at 2:1 & earlier at 2:1', 'violated 2'],
      ['every sent by H1 with ip_dst=H2 leads to delivered to H2 & at 2 & !dropped', 'holds'],
      ['every sent by H1 leads to !sent', 'holds'],
      ['every at 2:1 leads to delivered to H2 & !at 2:1', 'holds'],
      ['every sent by H1 with ip_dst!=H2 leads to dropped at 1 & !dropped at 2', 'holds'],
      ['every delivered leads to false', 'violated 1'],
      ['every sent by H2 with ip_dst=H1 & before at 2:1 leads to delivered to H1', 'holds'],
      ['every sent by H2 with ip_dst=H1 & earlier at 2:1 leads to delivered to H1', 'holds'],
      ['every sent by H2 with ip_dst=H1 & earlier sent by H1 leads to delivered to H1', 'violated 2'],
      ['at most 1 at 2:1', 'violated 2'],
      ['at most 2 at 2:1', 'holds'],
      ['at most 0 dropped at 2', 'violated 1'],
      ['at most 1 delivered to nobody', 'vacuous'],
    ],
  ],
  ['firewall', 'tagged off 2', firewall, [['never sent by H1 & before at 2:1', 'vacuous']]],
  [
    'firewall',
    'best-effort on 2',
    firewall,
    [
      ['every sent by H2 with ip_dst=H1 & before delivered to H2 leads to delivered to H1', 'violated 2'],
      ['every sent by H1 with ip_dst=H2 leads to delivered to H2', 'holds'],
      ['every at 2:1 leads to !delivered to H2', 'violated 1'],
    ],
  ],
  [
    'twins',
    'tagged on 1',
    twins,
    [
      ['never delivered & (before delivered | earlier delivered | via delivered)', 'vacuous'],
      ['every sent by H1 leads to delivered to H2 with vlan_id=1 & delivered to H3 with vlan_id=2', 'holds'],
      ['every sent leads to !delivered to H2 with vlan_id=2', 'holds'],
      ['at most 1 delivered', 'violated 1'],
      ['at most 2 delivered', 'holds'],
    ],
  ],
  [
    'middle',
    'best-effort on 2',
    middle,
    [
      ['every sent by H1 leads to delivered to H2 | delivered to H3', 'holds'],
      ['every sent by H1 leads to delivered', 'holds'],
      ['every sent by H1 leads to !delivered to H3', 'violated 2'],
      ['never delivered to H3 & !before at 2:1', 'vacuous'],
    ],
  ],
  ['middle', 'two-phase on 2', middle, [['every sent by H1 & !before at 2:1 leads to delivered to H2', 'holds']]],
];

describe.each(pinned)('%s, %s', (_name, run, source, rows) => {
  const [semantics, controller, packets] = run.split(' ') as [Semantics, string, string];
  const declared = rows.map(([text], i) => `property p${i}: ${text};`).join('\n');
  const posed = problemOf({
    source: `${declared}\n${source}`,
    semantics,
    controller: controller === 'on',
    packets: Number(packets),
    unroll: 8,
  });
  if (typeof posed === 'string') throw new Error(posed);
  const problem: Problem = posed;
  const { program, system, structure, options } = problem;
  const checks = program.properties.map(propertyCheck);
  const wanted = Object.fromEntries(rows);

  it('is what the explorer finds, with reductions and without', () => {
    for (const engine of [explore, exploring(noReductions)]) {
      const found = checks.map((check): Row => {
        const verdict = engine(problem, check, budget);
        if (verdict.status === 'violated') return [check.property!.text, `violated ${fewest(verdict)}`];
        return [check.property!.text, verdict.status === 'holds' && verdict.vacuous ? 'vacuous' : verdict.status];
      });
      expect(Object.fromEntries(found)).toEqual(wanted);
    }
  });

  it('is what the definition says of all executions', () => {
    const setting = { program, system, structure, semantics: options.semantics, controller: options.controller };
    const found = bruteForce(setting, checks, options.packets, { histories: 100_000, hops: 20 });
    const said = [...found].map(([{ property }, { broken, satisfied, cut }]): Row => {
      expect(cut).toBe(false);
      return [property!.text, broken ? `violated ${broken.packets}` : satisfied ? 'holds' : 'vacuous'];
    });
    expect(Object.fromEntries(said)).toEqual(wanted);
    // What the explorer shows is no longer than the shortest.
    for (const [check, { broken }] of found) {
      const verdict = explore(problem, check, budget);
      if (!broken || verdict.status !== 'violated') continue;
      expect(verdict.counterexample.steps.length, check.property!.text).toBe(broken.steps);
    }
  });
});
