import { randomFrom } from '../../src/compiler/assign-tags.js';

/** The numbers from 1 to n. */
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
const union = (parts: readonly string[]): string => (parts.length > 0 ? parts.join(' + ') : 'false');

/** A program, from its hosts, links, state components (all 0) and branches. */
function program(hosts: readonly string[], links: readonly string[], components: number, branches: string[]): string {
  return `${hosts.map((host) => `host ${host};`).join('\n')}
${links.map((link) => `link ${link};`).join('\n')}
state [${upTo(components).map(() => 0)}];
policy
  ${branches.join('\n+ ')}
`;
}

/** A link that is an event as long as a state component is 0. */
const once = (component: number, link: string): string =>
  `(state(${component})=0; ${link}-><state(${component})<-1> + state(${component})=1; ${link})`;

/** n clients at switch 1, the server behind switch 2: it may answer a client that has sent. All n events at 2:100. */
export const flags = (n: number): string =>
  program(
    [...upTo(n).map((i) => `H${i} @ 1:${i}`), 'S @ 2:1'],
    ['1:100 <-> 2:100'],
    n,
    upTo(n).flatMap((i) => [
      `sw=1 & pt=${i} & ip_dst=S & ip_src=H${i}; pt<-100; ${once(i - 1, '(1:100)->(2:100)')}; pt<-1`,
      `sw=2 & pt=1 & ip_dst=H${i}; state(${i - 1})=1; pt<-100; (2:100)->(1:100); pt<-${i}`,
    ]),
  );

/** n firewalls that have nothing to do with each other: two switches and an event each. */
export function spread(n: number): string {
  const pairs = upTo(n).map((i) => ({ i, a: 2 * i - 1, b: 2 * i }));
  return program(
    pairs.flatMap(({ i, a, b }) => [`A${i} @ ${a}:2`, `B${i} @ ${b}:2`]),
    pairs.map(({ a, b }) => `${a}:1 <-> ${b}:1`),
    n,
    pairs.flatMap(({ i, a, b }) => [
      `sw=${a} & pt=2 & ip_dst=B${i}; pt<-1; ${once(i - 1, `(${a}:1)->(${b}:1)`)}; pt<-2`,
      `sw=${b} & pt=2 & ip_dst=A${i}; state(${i - 1})=1; pt<-1; (${b}:1)->(${a}:1); pt<-2`,
    ]),
  );
}

/** A learning switch in the middle of n hosts: it floods what is for a host that has not sent yet, n events. */
export function star(n: number): string {
  const others = (i: number) => upTo(n).filter((j) => j !== i);
  const down = (k: number) => `pt<-${k}; (1:${k})->(${k + 1}:2)`;
  return program(
    upTo(n).map((i) => `H${i} @ ${i + 1}:1`),
    upTo(n).map((i) => `${i + 1}:2 <-> 1:${i}`),
    n,
    upTo(n).map((i) => {
      const flood = union(others(i).map(down));
      const to = others(i).map((j) => `ip_dst=H${j}; (state(${j - 1})=1; ${down(j)} + state(${j - 1})=0; (${flood}))`);
      return `sw=${i + 1} & pt=1 & ip_src=H${i}; pt<-2; ${once(i - 1, `(${i + 1}:2)->(1:${i})`)}; (${union(to)}); pt<-1`;
    }),
  );
}

/** A bandwidth cap: after n packets to H4, H1 gets no answer any more. A chain of n events. */
export function cap(n: number): string {
  const counts = upTo(n).map((i) => `state=[${i - 1}]; (1:1)->(4:1)-><state<-[${i}]>`);
  return program(['H1 @ 1:2', 'H4 @ 4:2'], ['1:1 <-> 4:1'], 1, [
    `pt=2 & ip_dst=H4; pt<-1; (${union([...counts, `state=[${n}]; (1:1)->(4:1)`])}); pt<-2`,
    `pt=2 & ip_dst=H1; state!=[${n}]; pt<-1; (4:1)->(1:1); pt<-2`,
  ]);
}

/** A firewall with n hosts inside, at one switch. One event. */
export const fw = (n: number): string =>
  program([...upTo(n).map((i) => `H${i} @ 1:${i}`), 'X @ 2:1'], ['1:500 <-> 2:500'], 1, [
    `sw=1 & ip_dst=X; pt<-500; ${once(0, '(1:500)->(2:500)')}; pt<-1`,
    ...upTo(n).map((i) => `sw=2 & pt=1 & ip_dst=H${i}; state=[1]; pt<-500; (2:500)->(1:500); pt<-${i}`),
  ]);

/** A learning switch with n hosts that learns one of them. One event. */
export function learnhosts(n: number): string {
  const down = (k: number) => `pt<-${k}; (1:${k})->(${k + 1}:2)`;
  const others = upTo(n).slice(1);
  const branch = (i: number): string => {
    const flood = union(others.filter((k) => k !== i).map(down));
    return `sw=${i + 1} & pt=1 & ip_dst=H1; pt<-2; (${i + 1}:2)->(1:${i}); (${down(1)} + state=[0]; (${flood})); pt<-1`;
  };
  const first = union(others.map((j) => `ip_dst=H${j}; ${down(j)}`));
  return program(
    upTo(n).map((i) => `H${i} @ ${i + 1}:1`),
    upTo(n).map((i) => `${i + 1}:2 <-> 1:${i}`),
    1,
    [`sw=2 & pt=1; pt<-2; ${once(0, '(2:2)->(1:1)')}; (${first}); pt<-1`, ...others.map(branch)],
  );
}

/** The links of Abilene (11 switches). */
const abileneLinks = '1-2 1-4 2-3 2-4 3-6 4-5 5-6 5-8 6-9 7-8 7-11 8-9 9-10 10-11';
export const abfw = (): string =>
  shortestPaths(
    11,
    abileneLinks.split(' ').map((link) => link.split('-').map(Number) as [number, number]),
  );

/** A connected network of n switches and 3n/2 links, the same whenever it is asked for. */
export function randfw(n: number): string {
  const random = randomFrom(1);
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const links = upTo(n)
    .slice(1)
    .map((i): [number, number] => [between(Math.max(1, i - 6), i - 1), i]);
  const most = Math.min(Math.floor(1.5 * n), (n * (n - 1)) / 2);
  const joined = new Set(links.map(String));
  while (links.length < most) {
    const link = [between(1, n), between(1, n)].sort((a, b) => a - b) as [number, number];
    if (link[0] === link[1] || joined.has(String(link))) continue;
    joined.add(String(link));
    links.push(link);
  }
  return shortestPaths(n, links);
}

/**
 * A network with a host at each switch, which forwards along shortest paths to each. A firewall is at switch 1: H1,
 * which is outside, may send once a packet to it has come there. An event for each link by which such packets come.
 */
function shortestPaths(n: number, links: readonly (readonly [number, number])[]): string {
  const ports = new Map(upTo(n).map((i) => [i, new Map<number, number>()]));
  for (const [a, b] of links) {
    ports.get(a)!.set(b, ports.get(a)!.size + 2);
    ports.get(b)!.set(a, ports.get(b)!.size + 2);
  }
  const end = (v: number, w: number) => `${v}:${ports.get(v)!.get(w)}`;
  const branch = (destination: number): string => {
    const hops = towards(destination, ports).map(([v, w]) => {
      const link = `(${end(v, w)})->(${end(w, v)})`;
      return `sw=${v}; pt<-${ports.get(v)!.get(w)}; ${destination === 1 && w === 1 ? once(0, link) : link}`;
    });
    const guard = destination === 1 ? '' : '(sw!=1 + state=[1]); ';
    return `pt=1 & ip_dst=H${destination}; ${guard}sw!=${destination}; (${union(hops)})*; sw=${destination}; pt<-1`;
  };
  return program(
    upTo(n).map((i) => `H${i} @ ${i}:1`),
    links.map(([a, b]) => `${end(a, b)} <-> ${end(b, a)}`),
    1,
    upTo(n).map(branch),
  );
}

/** The hops of shortest paths to a switch: from each other one the switch that is next, in the order of distance. */
function towards(destination: number, neighbours: ReadonlyMap<number, ReadonlyMap<number, number>>) {
  const next = new Map([[destination, 0]]);
  for (const v of next.keys()) for (const w of neighbours.get(v)!.keys()) if (!next.has(w)) next.set(w, v);
  return [...next].slice(1);
}

const request = `pt=2 & ip_dst=H4; pt<-1; ${once(0, '(1:1)->(4:1)')}; pt<-2`;
const answer = 'pt<-1; (4:1)->(1:1); pt<-2';
const firewall = (branches: string[]): string => program(['H1 @ 1:2', 'H4 @ 4:2'], ['1:1 <-> 4:1'], 1, branches);

/** A firewall that lets n kinds of answers in, a branch for each. */
export const branches = (n: number): string =>
  firewall([request, ...upTo(n).map((i) => `pt=2 & ip_dst=H1 & tcp_dst=${i}; state=[1]; ${answer}`)]);

/** A firewall with a choice within a choice, n deep. */
export const deepnest = (n: number): string =>
  firewall([
    request,
    `pt=2 & ip_dst=H1; ${upTo(n).reduceRight(
      (inner, i) => `(tcp_dst=${i}; ${answer} + tcp_dst!=${i}; ${inner})`,
      `state=[1]; ${answer}`,
    )}`,
  ]);

/** A test, n times over. */
export const wide = (n: number): string => `host A @ 1:1; state [0]; policy pt=1${' + pt=1'.repeat(n)}`;
