/**
 * Prints a fat tree with a stateful firewall at its edge: `node scripts/fat-tree.mjs 4 > NAME.snk`.
 */
import process from 'node:process';
import { pathToFileURL } from 'node:url';

/**
 * The fat tree of k ports a switch (Al-Fares et al., SIGCOMM 2008): k pods of k/2 edge and k/2 aggregation switches,
 * k²/4 core switches, k³/4 hosts. The host Out is outside, at a port of its own of the first edge switch, which is a
 * firewall: everyone may send to Out, and Out may answer once a packet for it has come to its switch over a link.
 *
 * Edge switches come first, pod by pod, then aggregation switches, then core switches. Lower ports of a switch lead
 * down, upper ones up. The way up is chosen by the destination, so that all packets for Out come to the firewall by one
 * port.
 * @param {number} k ports of a switch @throws if it is not an even number from 2 on
 */
export function fatTree(k) {
  if (!Number.isSafeInteger(k) || k < 2 || k % 2 !== 0)
    throw new RangeError(`a fat tree's k is an even number from 2 on, not ${k}`);
  const half = k / 2;
  const upTo = (/** @type {number} */ n) => Array.from({ length: n }, (_, i) => i);
  /** @type {(pod: number, i: number) => number} */
  const edge = (pod, i) => 1 + pod * half + i;
  /** @type {(pod: number, i: number) => number} */
  const aggregation = (pod, i) => 1 + k * half + pod * half + i;
  /** @type {(group: number, i: number) => number} */
  const core = (group, i) => 1 + 2 * k * half + group * half + i;
  const firewall = `sw=${edge(0, 0)}`;
  const outside = k + 1;

  const pods = upTo(k);
  const halves = upTo(half);
  const edges = pods.flatMap((pod) => halves.map((i) => ({ pod, i })));
  const hosts = edges.flatMap(({ pod, i }) =>
    halves.map((h) => ({ pod, i, h, name: `H${(edge(pod, i) - 1) * half + h + 1}` })),
  );

  /** The ports that a link joins, from the lower switch. */
  const links = [
    ...edges.flatMap(({ pod, i }) =>
      halves.map((a) => `${edge(pod, i)}:${half + 1 + a} <-> ${aggregation(pod, a)}:${i + 1}`),
    ),
    ...edges.flatMap(({ pod, i }) =>
      halves.map((c) => `${aggregation(pod, i)}:${half + 1 + c} <-> ${core(i, c)}:${pod + 1}`),
    ),
  ];

  /**
   * The hops from one edge switch to another by way of aggregation switch a and core switch c of its group: for each
   * the port by which to leave, and the link there.
   * @type {(from: { pod: number, i: number }, to: { pod: number, i: number }, a: number, c: number) => { port: number,
   * link: string }[]}
   */
  const way = (from, to, a, c) => {
    const ends =
      from.pod === to.pod
        ? [
            [edge(from.pod, from.i), half + 1 + a, aggregation(from.pod, a), from.i + 1],
            [aggregation(to.pod, a), to.i + 1, edge(to.pod, to.i), half + 1 + a],
          ]
        : [
            [edge(from.pod, from.i), half + 1 + a, aggregation(from.pod, a), from.i + 1],
            [aggregation(from.pod, a), half + 1 + c, core(a, c), from.pod + 1],
            [core(a, c), to.pod + 1, aggregation(to.pod, a), half + 1 + c],
            [aggregation(to.pod, a), to.i + 1, edge(to.pod, to.i), half + 1 + a],
          ];
    return ends.map(([n, port, m, at]) => ({ port: port ?? 0, link: `(${n}:${port})->(${m}:${at})` }));
  };
  /** @type {(hops: { port: number, link: string }[]) => string} */
  const written = (hops) => hops.map(({ port, link }) => `pt<-${port}; ${link}`).join('; ');

  const isFirewall = (/** @type {{ pod: number, i: number }} */ { pod, i }) => pod === 0 && i === 0;
  const first = { pod: 0, i: 0 };
  const toOut = edges.map((from) => {
    if (isFirewall(from)) return `${firewall} & pt!=${outside} & ip_dst=Out; pt<-${outside}`;
    const hops = way(from, first, 0, 0);
    const { port, link } = hops[hops.length - 1] ?? { port: 0, link: '' };
    const last = `pt<-${port}; ( state=[0]; ${link}-><state<-[1]> + state=[1]; ${link} )`;
    return `sw=${edge(from.pod, from.i)} & ip_dst=Out; ${written(hops.slice(0, -1))}; ${last}; pt<-${outside}`;
  });
  const fromOut = hosts.map(({ pod, i, h, name }) => {
    const hops = isFirewall({ pod, i }) ? '' : `${written(way(first, { pod, i }, h, i))}; `;
    return `${firewall} & pt=${outside} & ip_dst=${name}; state=[1]; ${hops}pt<-${h + 1}`;
  });

  return `# Fat tree with k = ${k} and a stateful firewall at its edge, printed by: node scripts/fat-tree.mjs ${k}
#
# ${hosts.length} hosts, ${(5 * k * k) / 4} switches. Everyone may send to Out, at the first edge switch; Out may answer once a packet to it has come
# to that switch over a link: the event.
${hosts.map(({ pod, i, h, name }) => `host ${name} @ ${edge(pod, i)}:${h + 1};`).join('\n')}
host Out @ ${edge(0, 0)}:${outside};
${links.map((link) => `link ${link};`).join('\n')}
state [0];
policy
  ${[...toOut, ...fromOut].join('\n+ ')}
`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , text = ''] = process.argv;
  try {
    process.stdout.write(fatTree(text === '' ? Number.NaN : Number(text)));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(`${error.message}\nusage: node scripts/fat-tree.mjs K`);
    process.exitCode = 2;
  }
}
