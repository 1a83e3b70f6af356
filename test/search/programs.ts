import * as common from '../oracle/programs.js';

/** One packet matches both events, of which only one can happen, the one with the lower id. Switch 1 shows which. */
const bothAtOnce = `
host H1 @ 1:2; host H2 @ 2:2; link 1:1 <-> 2:1; field vlan_id in {0, 1, 2}; field udp_dst in {0, 1}; state [0];
policy
  sw=1 & pt=2; pt<-1;
  ( vlan_id=0; ( state=[0]; (1:1)->(2:1)-><state<-[1]> + state!=[0]; (1:1)->(2:1) )
  + udp_dst=0; ( state=[0]; (1:1)->(2:1)-><state<-[2]> + state!=[0]; (1:1)->(2:1) ) );
  ( state=[0]; vlan_id<-0 + state=[1]; vlan_id<-1 + state=[2]; vlan_id<-2 ); pt<-2
+ sw=2 & pt=2; pt<-1; ( state=[0]; vlan_id<-0 + state=[1]; vlan_id<-1 + state=[2]; vlan_id<-2 ); (2:1)->(1:1); pt<-2`;

/** Switch 4 hears of event 0, at 2:1, from a packet that has passed switch 3 since. */
const longWay = `
host H1 @ 1:2; host H4 @ 4:2; link 1:1 -> 2:1; link 2:2 -> 3:1; link 3:2 -> 4:1; field vlan_id in {0, 1}; state [0];
policy
  sw=1 & pt=2; pt<-1; (1:1)->(2:1)-><state<-[1]>; pt<-2; (2:2)->(3:1); pt<-2; (3:2)->(4:1); pt<-2
+ sw=4 & pt=2; state=[0]`;

/**
 * Two packets of H3 count to 2. A packet of H1 that switch 1 marks in state [2] and switch 2 drops in state [1] was
 * forwarded by two versions; the older one was sent before the newer one was, and is used after it.
 */
const skipsOne = `
host H1 @ 1:2; host H2 @ 2:2; host H3 @ 3:2; link 1:1 -> 2:1; link 3:1 -> 3:3; field vlan_id in {0, 1}; state [0];
policy
  sw=3 & pt=2 & vlan_id=0; pt<-1; ( state=[0]; (3:1)->(3:3)-><state<-[1]> + state=[1]; (3:1)->(3:3)-><state<-[2]> + state=[2]; (3:1)->(3:3) ); pt<-2
+ sw=1 & pt=2 & vlan_id=0; (state=[2]; vlan_id<-1 + state!=[2]); pt<-1; (1:1)->(2:1); state!=[1]; pt<-2`;

/** Packets of H1 go the same way, but only those with `vlan_id=1` trigger event 0. */
const marked = `
host H1 @ 1:2; host H2 @ 2:2; link 1:1 <-> 2:1; field vlan_id in {0, 1}; state [0];
policy
  sw=1 & pt=2; pt<-1; ( vlan_id=1; (1:1)->(2:1)-><state<-[1]> + vlan_id=0; (1:1)->(2:1) ); pt<-2
+ sw=2 & pt=2; state=[1]; pt<-1; (2:1)->(1:1); pt<-2`;

/** Packets of H1 go the same way, but after event 0 those with `vlan_id=1`, and they alone, come out otherwise. */
const unmarked = `
host H1 @ 1:2; host H2 @ 2:2; link 1:1 <-> 2:1; field vlan_id in {0, 1}; state [0];
policy
  sw=1 & pt=2; pt<-1; (state=[0]; (1:1)->(2:1) + state=[1]; vlan_id<-0; (1:1)->(2:1)); pt<-2
+ sw=2 & pt=2; pt<-1; (2:1)->(1:1)-><state<-[1]>; pt<-2`;

/** The counterexample with the fewest steps is not the one with the fewest SWs: copies that leave count too. */
const twoWays = `
host H1 @ 1:2; host H2 @ 2:2; link 1:1 -> 2:1; link 2:1 -> 1:1; field vlan_id in {0, 1}; state [0];
policy
  sw=2 & pt=2; pt<-1; (state(0)=0; (2:1)->(1:1)-><state(0)<-1> + state(0)!=0; (2:1)->(1:1)); vlan_id<-1; pt<-1; (1:1)->(2:1); pt<-2
+ sw=2 & pt=2 & vlan_id=0; (state(0)!=0; pt<-1; (2:1)->(1:1); (state(0)=1; pt<-1; (state(0)=1; (1:1)->(2:1)-><state(0)<-2> + state(0)!=1; (1:1)->(2:1)); pt<-2 + !(state(0)=1); pt<-2) + !(state(0)!=0); pt<-1; (2:1)->(1:1); pt<-2)`;

/** Programs whose verdicts `verdicts.json` pins, by name: each tells something apart that no other does. */
export const programs: Readonly<Record<string, string>> = {
  ...common,
  bothAtOnce,
  longWay,
  skipsOne,
  marked,
  unmarked,
  twoWays,
};
