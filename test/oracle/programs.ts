/** Programs that tests of executions run (the first six are those of the conformance suite). */

/** Paper, Figures 7(a) and 11(a). Event 0: `ip_dst=H4` at 4:1. */
export const firewall = `
host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; state [0];
policy
  pt=2 & ip_dst=H4; pt<-1; (state=[0]; (1:1)->(4:1)-><state<-[1]> + state!=[0]; (1:1)->(4:1)); pt<-2
+ pt=2 & ip_dst=H1; state=[1]; pt<-1; (4:1)->(1:1); pt<-2`;

/** Paper, Figures 7(c) and 11(c). Event 0: `ip_dst=H1` at 1:1, then event 1: `ip_dst=H2` at 2:1. */
export const portKnocking = `
host H1 @ 1:2; host H2 @ 2:2; host H3 @ 3:2; host H4 @ 4:2;
link 1:1 <-> 4:1; link 2:1 <-> 4:3; link 3:1 <-> 4:4; state [0];
policy
  state=[0] & pt=2 & ip_dst=H1; pt<-1; (4:1)->(1:1)-><state<-[1]>; pt<-2
+ state=[1] & pt=2 & ip_dst=H2; pt<-3; (4:3)->(2:1)-><state<-[2]>; pt<-2
+ state=[2] & pt=2 & ip_dst=H3; pt<-4; (4:4)->(3:1); pt<-2
+ pt=2; pt<-1; ((1:1)->(4:1) + (2:1)->(4:3) + (3:1)->(4:4)); pt<-2`;

/** A counter whose every value shows. Events 0 and 1: `vlan_id=0` at 4:1, twice. */
export const capVisible = `
host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; state [0];
policy
  sw=1 & pt=2; pt<-1;
  ( state=[0]; vlan_id<-0; (1:1)->(4:1)-><state<-[1]>; vlan_id<-5
  + state=[1]; vlan_id<-0; (1:1)->(4:1)-><state<-[2]>; vlan_id<-6
  + state=[2]; vlan_id<-0; (1:1)->(4:1); vlan_id<-7 ); pt<-2
+ sw=4 & pt=2; pt<-1; (state=[0]; vlan_id<-5 + state=[1]; vlan_id<-6 + state=[2]; vlan_id<-7); (4:1)->(1:1); pt<-2`;

/** The first of H1 (event 0, at 4:1) and H2 (event 1, at 4:3) to send to H4 may be answered. */
export const conflictLocal = `
host H1 @ 1:2; host H2 @ 2:2; host H4 @ 4:2; link 1:1 <-> 4:1; link 2:1 <-> 4:3; state [0];
policy
  sw=1 & pt=2 & ip_dst=H4; pt<-1; ( state=[0]; (1:1)->(4:1)-><state<-[1]> + state!=[0]; (1:1)->(4:1) ); pt<-2
+ sw=2 & pt=2 & ip_dst=H4; pt<-1; ( state=[0]; (2:1)->(4:3)-><state<-[2]> + state!=[0]; (2:1)->(4:3) ); pt<-2
+ sw=4 & pt=2 & ip_dst=H1; state=[1]; pt<-1; (4:1)->(1:1); pt<-2
+ sw=4 & pt=2 & ip_dst=H2; state=[2]; pt<-3; (4:3)->(2:1); pt<-2`;

/** One packet, both events of a chain, to switch 4 (event 0) and back (event 1), and marked when it leaves. */
export const chainBounce = `
host H1 @ 1:2; link 1:1 <-> 4:1; field vlan_id in {0, 1, 2}; state [0];
policy
  pt=2; pt<-1; ( state=[0]; (1:1)->(4:1)-><state<-[1]> + state!=[0]; (1:1)->(4:1) );
  ( state=[1]; (4:1)->(1:1)-><state<-[2]> + state!=[1]; (4:1)->(1:1) ); pt<-2;
  ( state=[0]; vlan_id<-0 + state=[1]; vlan_id<-1 + state=[2]; vlan_id<-2 )`;

/** The state is tested twice on a path: best-effort mixes configurations within one packet. Event 0 at 3:1. */
export const midway = `
host H1 @ 1:2; host H2 @ 3:2; host H3 @ 3:3; link 1:1 <-> 2:1; link 2:2 <-> 3:1; state [0];
policy
  sw=1 & pt=2; ( state=[0]; vlan_id<-0 + state=[1]; vlan_id<-1 ); pt<-1; (1:1)->(2:1); pt<-2;
  ( state=[0]; (2:2)->(3:1)-><state<-[1]>; pt<-2 + state=[1]; (2:2)->(3:1); pt<-3 )
+ sw=3 & pt=2; pt<-1; (3:1)->(2:2); pt<-1; (2:1)->(1:1); pt<-2`;

/** Two events far apart, both triggered by the copies of one packet: event 0 at 1:1, event 1 at 2:1. */
export const diamondMulticast = `
host H1 @ 1:2; host H2 @ 2:2; host H4 @ 4:2; link 1:1 <-> 4:1; link 2:1 <-> 4:3; state [0,0];
policy
  sw=4 & pt=2; ( pt<-1; (4:1)->(1:1)-><state(0)<-1> + pt<-3; (4:3)->(2:1)-><state(1)<-1> ); pt<-2
+ sw=2 & pt=2; state=[0,1]; pt<-1; (2:1)->(4:3); pt<-2`;

/** One label, two events: two packets from H1 to H4 cut the way back. */
export const bandwidthCap = `
host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; state [0];
policy
  pt=2 & ip_dst=H4; pt<-1;
  ( state=[0]; (1:1)->(4:1)-><state<-[1]> + state=[1]; (1:1)->(4:1)-><state<-[2]> + state=[2]; (1:1)->(4:1) ); pt<-2
+ pt=2 & ip_dst=H1; state!=[2]; pt<-1; (4:1)->(1:1); pt<-2`;

/** Two copies leave by one port: their order is not fixed. No events. */
export const twoCopies = `
host H1 @ 1:2; host H2 @ 2:2; link 1:1 <-> 2:1; field vlan_id in {0, 1, 2}; state [0];
policy sw=1 & pt=2; (vlan_id<-1 + vlan_id<-2); pt<-1; (1:1)->(2:1); pt<-2`;

/**
 * A packet that crosses to switch 2 by state [0], and is processed there by state [1], finishes at 2:1, an internal
 * port, and also goes back. Event 0 at 2:1.
 */
export const finishesInside = `
host H1 @ 1:2; host H2 @ 2:2; link 1:1 <-> 2:1; state [0];
policy
  state=[0]; sw=1 & pt=2; pt<-1; (1:1)->(2:1)-><state<-[1]>;
  ( state=[0]; pt<-2 + state=[1] + state=[1]; (2:1)->(1:1); pt<-2 )`;

/** Event 0 at 1:1; until then switch 2 decides whether packets that enter at switch 3 are let through. */
export const decidedElsewhere = `
host H1 @ 1:2; host H2 @ 2:2; host H3 @ 3:2; link 1:1 <-> 2:1; link 2:3 <-> 3:1; state [0];
policy
  sw=2 & pt=2; pt<-1; (2:1)->(1:1)-><state<-[1]>; pt<-2
+ sw=3 & pt=2; pt<-1; (3:1)->(2:3); state=[0]; pt<-2`;

/**
 * A chain: event 0 (`vlan_id=0` at 2:1), then event 1 (`vlan_id=1` at 3:1), whose packets arrive at any time. After
 * both, switch 1 alone lets packets with `vlan_id=2` through to H4.
 */
export const chainOfTwo = `
host H1 @ 1:2; host H2 @ 2:2; host H3 @ 3:2; host H4 @ 1:4; link 1:1 -> 2:1; link 1:3 -> 3:1;
field vlan_id in {0, 1, 2}; state [0];
policy
  sw=1 & pt=2 & vlan_id=0; pt<-1; (state=[0]; (1:1)->(2:1)-><state<-[1]> + state!=[0]; (1:1)->(2:1)); pt<-2
+ sw=1 & pt=2 & vlan_id=1; pt<-3; (state=[1]; (1:3)->(3:1)-><state<-[2]> + state!=[1]; (1:3)->(3:1)); pt<-2
+ sw=1 & pt=2 & vlan_id=2; state=[2]; pt<-4`;

/** A loop of states: `tcp_dst=1` at 4:1 opens the way back, `tcp_dst=2` closes it, and so on. */
export const toggle = `
host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; state [0];
policy
  sw=1 & pt=2; pt<-1;
  ( tcp_dst=1; ( state=[0]; (1:1)->(4:1)-><state<-[1]> + state=[1]; (1:1)->(4:1) )
  + tcp_dst=2; ( state=[1]; (1:1)->(4:1)-><state<-[0]> + state=[0]; (1:1)->(4:1) ) ); pt<-2
+ sw=4 & pt=2; state=[1]; pt<-1; (4:1)->(1:1); pt<-2`;
