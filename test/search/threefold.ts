/**
 * Any of three sides may be first, as long as it does not know of another one: the program's automorphisms are
 * rotations, which are not their own inverses.
 */
const side = (n: number, port: number) => `sw=${n} & pt=2; pt<-1;
  ( state=[0, 0, 0]; (${n}:1)->(4:${port})-><state(${n - 1})<-1> + state!=[0, 0, 0]; (${n}:1)->(4:${port}) );
  pt<-${(port % 3) + 1}; (4:${(port % 3) + 1})->(${(n % 3) + 1}:1); ( state!=[0, 0, 0]; vlan_id<-1 + state=[0, 0, 0]; vlan_id<-0 ); pt<-2`;
export const threefold = `
host H1 @ 1:2; host H2 @ 2:2; host H3 @ 3:2; link 1:1 <-> 4:1; link 2:1 <-> 4:2; link 3:1 <-> 4:3;
field vlan_id in {0, 1}; state [0, 0, 0];
policy ${side(1, 1)} + ${side(2, 2)} + ${side(3, 3)}`;
