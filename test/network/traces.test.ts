import { describe, expect, it } from 'vitest';
import type { Semantics } from '../../src/execution/execution.js';
import { bandwidthCap, conflictLocal, midway, twoCopies } from '../oracle/programs.js';
import { settingOf } from '../oracle/setting.js';
import { difference, explored, literal } from './traces.js';

/** Two events that one packet triggers, in either order, far from switch 1; switch 1 sends on to switch 2. */
const elsewhere = `
host H1 @ 1:2; host H2 @ 2:2; host H3 @ 3:2; link 1:1 -> 2:1; link 3:1 -> 3:3; field vlan_id in {0, 1}; state [0];
policy
  sw=3 & pt=2 & vlan_id=0; (vlan_id<-0 + vlan_id<-1); pt<-1; ( state=[0]; (3:1)->(3:3)-><state<-[1]> + state=[1]; (3:1)->(3:3)-><state<-[2]> + state=[2]; (3:1)->(3:3) ); pt<-2
+ sw=1 & pt=2 & vlan_id=0; pt<-1; (1:1)->(2:1); pt<-2`;

/** A packet of H1 may wait while event 0, at its own switch, happens, and another enters behind it. */
const waiting = `
host H1 @ 1:2; host H2 @ 2:2; link 1:1 -> 1:3; link 1:4 -> 2:1; field vlan_id in {0, 1}; state [0];
policy
  sw=1 & pt=2 & vlan_id=0; pt<-1; (1:1)->(1:3)-><state<-[1]>; pt<-2
+ sw=1 & pt=2 & vlan_id=1; state=[1]; pt<-4; (1:4)->(2:1); pt<-2`;

/** A packet that triggers two events at once, and then passes switches 1 and 2. */
const passing = `
host H2 @ 2:2; host H3 @ 3:2; link 3:1 -> 3:3; link 3:4 -> 1:1; link 1:3 -> 2:1; field vlan_id in {0, 1}; state [0, 0];
policy
  sw=3 & pt=2; pt<-1; ( vlan_id=0; (3:1)->(3:3)-><state(0)<-1> + (3:1)->(3:3)-><state(1)<-1> ); pt<-4; (3:4)->(1:1); pt<-3; (1:3)->(2:1); pt<-2
+ sw=2 & pt=2`;

const programs = { waiting, passing, elsewhere, bandwidthCap, conflictLocal, midway, twoCopies };

const rows: readonly (readonly [keyof typeof programs, Semantics, boolean, number])[] = [
  ['waiting', 'tagged', false, 3],
  ['passing', 'two-phase', true, 2],
  ['passing', 'best-effort', true, 2],
  ['elsewhere', 'two-phase', true, 2],
  ['elsewhere', 'best-effort', true, 2],
  ['elsewhere', 'figure6', true, 2],
  ['elsewhere', 'tagged', true, 2],
  ['bandwidthCap', 'two-phase', true, 2],
  ['conflictLocal', 'figure6', true, 2],
  ['conflictLocal', 'tagged', true, 2],
  ['midway', 'best-effort', true, 2],
  ['twoCopies', 'tagged', false, 2],
];

describe('what switches do, and by which sets, is the same for the explorer and for the rules to the letter', () => {
  it.each(rows)('%s, %s, controller %s, %i packets', (name, semantics, controller, packets) => {
    const setting = settingOf(programs[name], semantics, controller);
    const { trace, pairs } = difference(
      explored(setting, packets),
      literal(setting, packets, name === 'elsewhere' || name === 'passing'),
    );
    expect(trace).toBeUndefined();
    expect(pairs).toBeGreaterThan(10);
  });
});
