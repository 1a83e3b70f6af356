import type { Framing } from '../../frames/framing.js';
import { unmentioned } from '../../frames/numbers.js';
import { addressNumber, showAddress } from '../../netkat/addresses.js';
import type { Tables } from '../../tables/tables.js';
import { cablesOf } from '../../targets/cables.js';

/** Namespaces of networks that are up are called so: behind the number is what is in them, `switch-4` or a host's name. */
export const ourNamespace = /^snk-(\d+)-/;

/** Links have room for the shim (frames/frame.ts) beside what hosts send; in bytes. */
const linkMtu = 1600;
const hostMtu = 1500;

/** Commands of `ip`, a line each, to be run in a namespace; in the machine's own if it is undefined. */
export interface Batch {
  readonly namespace: string | undefined;
  readonly lines: readonly string[];
}

/** A host with the namespace that it is. */
export interface LiveHost {
  readonly name: string;
  readonly at: string;
  readonly ip: string;
  readonly mac: string;
  readonly namespace: string;
}

/** A network of namespaces, before it is made. */
export interface LivePlan {
  readonly hosts: readonly LiveHost[];
  readonly switches: readonly {
    readonly id: number;
    readonly namespace: string;
    /** As simple_switch wants them: `2@p2` for port 2. */
    readonly interfaces: readonly string[];
  }[];
  readonly batches: readonly Batch[];
}

/**
 * The topology of a program as commands: a namespace for each host (interface `eth0`) and for each switch (`p1`, `p2`, … by port), a veth pair
 * for each host and each cable. Hosts know the addresses of all, for programs forward no ARP unless they say so; addresses that are no
 * host's have the MAC address that frames have for them (frames/framing.ts). Nobody speaks IPv6 unasked.
 * @param owner the number in the names: the process that the network ends with @param hasIpv6 whether the machine has it
 */
export function livePlan(
  { switches, hosts, links, fields }: Pick<Tables, 'switches' | 'hosts' | 'links' | 'fields'>,
  { numbers }: Framing,
  owner: number,
  hasIpv6: boolean,
): LivePlan | { readonly impossible: readonly string[] } {
  const { cables, why } = cablesOf(links);
  if (why.length > 0) return { impossible: why };
  const switchNamespace = (id: number): string => `snk-${owner}-switch-${id}`;
  const liveHosts = hosts.map((host) => ({ ...host, namespace: `snk-${owner}-${host.name}` }));
  const interfaces = new Map<number, string[]>(switches.map(({ id }) => [id, []]));
  const portAt = (at: string): Interface => {
    const [id, port] = at.split(':').map(Number) as [number, number];
    interfaces.get(id)!.push(`${port}@p${port}`);
    return { name: `p${port}`, namespace: switchNamespace(id) };
  };
  const pairs = [
    ...cables.map(([a, b]) => [portAt(a), portAt(b)] as const),
    ...liveHosts.map(({ at, namespace }) => [portAt(at), { name: 'eth0', namespace }] as const),
  ];
  const known = addressesKnown(hosts, fields, numbers);
  const up = ({ name }: Interface, ...settings: readonly string[]): string[] => [
    ...(hasIpv6 ? [`link set ${name} addrgenmode none`] : []),
    ...settings.map((setting) => `link set ${name} ${setting}`),
    `link set ${name} up`,
  ];
  return {
    hosts: liveHosts,
    switches: switches.map(({ id }) => ({ id, namespace: switchNamespace(id), interfaces: interfaces.get(id)! })),
    batches: [
      {
        namespace: undefined,
        lines: pairs.map(
          ([a, b]) => `link add ${a.name} netns ${a.namespace} type veth peer name ${b.name} netns ${b.namespace}`,
        ),
      },
      ...switches.map(({ id }) => {
        const namespace = switchNamespace(id);
        const ends = pairs.flat().filter((end) => end.namespace === namespace);
        return { namespace, lines: ['link set lo up', ...ends.flatMap((end) => up(end, `mtu ${linkMtu}`))] };
      }),
      ...liveHosts.map(({ namespace, ip, mac }) => ({
        namespace,
        lines: [
          'link set lo up',
          ...up({ name: 'eth0', namespace }, `address ${mac}`, `mtu ${hostMtu}`),
          `address add ${ip}/32 dev eth0`,
          'route add default dev eth0',
          ...known
            .filter((other) => other.ip !== ip)
            .map((other) => `neighbour replace ${other.ip} lladdr ${other.mac} dev eth0`),
        ],
      })),
    ],
  };
}

interface Interface {
  readonly name: string;
  readonly namespace: string;
}

/** Every IP address that a packet of the program can have, with the MAC address that frames to it have. */
function addressesKnown(
  hosts: Tables['hosts'],
  fields: Tables['fields'],
  numbers: Framing['numbers'],
): readonly { readonly ip: string; readonly mac: string }[] {
  const mentioned = fields.flatMap(({ name, domain }) =>
    name === 'ip_src' || name === 'ip_dst' ? domain.map((value) => numbers.get(name)!.number(value)) : [],
  );
  const taken = new Set(hosts.map(({ ip }) => addressNumber('ip', ip)));
  const others = [...new Set(mentioned)].filter((number) => !taken.has(number));
  const mac = showAddress('mac', unmentioned('eth_dst'));
  return [...hosts, ...others.map((number) => ({ ip: showAddress('ip', number), mac }))];
}
