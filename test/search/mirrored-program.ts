import fc from 'fast-check';
import { chooser } from './chooser.js';

/**
 * Writes one program that is its own mirror image: switches 1 and 2 with a host each, switch 4 with one between them,
 * and every flow with one that has left and right exchanged.
 */
function write(genes: readonly number[]): string {
  const { pick, chance } = chooser(genes);
  /**
   * The two sides. `s` is a side's switch, `c` its port at switch 4, `i` its component of the state; `t`, `d`, `j` are
   * those of the other side.
   */
  const sides = [
    { s: 1, c: 1, i: 0, t: 2, d: 3, j: 1 },
    { s: 2, c: 3, i: 1, t: 1, d: 1, j: 0 },
  ];
  type Side = (typeof sides)[number];
  type Part = (side: Side) => string;

  const tests: [Part, ...Part[]] = [
    ({ i }) => `state(${i})=1`,
    ({ j }) => `state(${j})=1`,
    () => 'true',
    ({ i }) => `state(${i})=0`,
    ({ i, j }) => `state(${i})=1 & state(${j})=1`,
    ({ i, j }) => `state(${i})=1 & state(${j})=0`,
  ];
  const whens: [Part, ...Part[]] = [({ i }) => `state(${i})=0`, ({ i, j }) => `state(${i})=0 & state(${j})=0`];
  const when = pick(whens);
  const inbound = chance(3) === false;
  const crossing =
    (link: Part, assign: Part): Part =>
    (side) =>
      `(${when(side)}; ${link(side)}-><${assign(side)}> + !(${when(side)}); ${link(side)})`;
  const up: Part = ({ s, c }) => `(${s}:1)->(4:${c})`;
  const down: Part = ({ s, c }) => `(4:${c})->(${s}:1)`;
  const set: Part = ({ i }) => `state(${i})<-1`;
  const goUp = inbound ? crossing(up, set) : up;
  const goDown = inbound ? down : crossing(down, set);
  const other =
    (part: Part): Part =>
    (side) =>
      part({ s: side.t, c: side.d, i: side.j, t: side.s, d: side.c, j: side.i });

  const mark =
    (test: Part): Part =>
    (side) =>
      `(${test(side)}; vlan_id<-1 + !(${test(side)}); vlan_id<-0)`;
  const flow = (): Part => {
    const test = pick(tests);
    const late = pick(tests);
    const value = pick(['', ' & vlan_id=0', ' & vlan_id=1']);
    switch (pick(['up', 'down', 'through', 'either'] as const)) {
      case 'up':
        return (side) => `sw=${side.s} & pt=2${value}; ${test(side)}; pt<-1; ${goUp(side)}; ${mark(late)(side)}; pt<-2`;
      case 'down':
        return (side) => `sw=4 & pt=2${value}; ${test(side)}; pt<-${side.c}; ${goDown(side)}; pt<-2`;
      case 'through':
        return (side) =>
          `sw=${side.s} & pt=2${value}; pt<-1; ${goUp(side)}; ${late(side)}; pt<-${side.d}; ${other(goDown)(side)}; pt<-2`;
      case 'either':
        return (side) =>
          `sw=${side.s} & pt=2${value}; (${test(side)}; pt<-1; ${goUp(side)}; pt<-2 + !(${test(side)}); pt<-2)`;
    }
  };
  const flows = [
    inbound
      ? (side: Side) => `sw=${side.s} & pt=2; pt<-1; ${goUp(side)}; pt<-2`
      : (side: Side) => `sw=4 & pt=2; pt<-${side.c}; ${goDown(side)}; pt<-2`,
    ...Array.from({ length: pick([1, 2, 0]) }, flow),
  ];
  const hosts = 'host H1 @ 1:2; host H2 @ 2:2; host H4 @ 4:2;';
  const links = 'link 1:1 <-> 4:1; link 2:1 <-> 4:3;';
  const policy = flows.flatMap((part) => sides.map(part)).join('\n+ ');
  return `${hosts}\n${links}\nfield vlan_id in {0, 1};\nstate [0,0];\npolicy\n  ${policy}\n`;
}

/** Programs with an automorphism. */
export const arbitraryMirroredProgram: fc.Arbitrary<string> = fc
  .array(fc.nat({ max: 999 }), { minLength: 10, maxLength: 40, size: 'max' })
  .map(write);
