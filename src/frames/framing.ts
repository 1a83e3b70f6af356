import { type Addressed, addressNumber } from '../netkat/addresses.js';
import { type Field, type FieldName, other, type ShownHeaders } from '../netkat/fields.js';
import type { Frame, Ipv4, Shim } from './frame.js';
import { transportOf } from './frame.js';
import { type FieldNumbers, fieldNumbers, unmentioned } from './numbers.js';
import { etherTypes, ipProtocols } from './protocol-numbers.js';

/**
 * How the packets of a program are frames. Which headers a frame has follows from the program's fields and their
 * values:
 *
 * - `vlan_id`: every frame has an 802.1Q tag if and only if the program has this field.
 * - `eth_type`: a frame is IPv4 unless the program has this field and it says otherwise. (`other` is IPv4 where the
 *   program does not name 2048.)
 * - `ip_proto`: 6 is followed by a TCP header, 17 by a UDP header, anything else by neither. Without this field, a
 *   program of `tcp_*` fields sends TCP, every other one UDP; with both `tcp_*` and `udp_*`, TCP unless that leaves a
 *   `udp_*` field without its value.
 * - A field whose header is not there reads as `other`: a packet that has any other value there has no frame (there is
 *   no TCP port 22 in a UDP packet). That is a value, `NoFrame`, not an error: NetKAT's packets have all fields,
 *   packets on wires do not.
 * - Address fields that the program does not mention hold the sender's addresses and, where the destination is known to
 *   be a host, the addresses of that host.
 */
export interface Framing {
  readonly numbers: ReadonlyMap<FieldName, FieldNumbers>;
  readonly hosts: readonly Addressed[];
}

/** Why a packet cannot be put on a wire, in words. */
export interface NoFrame {
  readonly noFrame: string;
}

/**
 * What stays the same from switch to switch: which headers a frame has, and the values of all fields that the program
 * does not mention.
 */
export interface Carrier {
  readonly base: Frame;
}

/** @returns NoFrame if the program gives a meaning of its own to an EtherType that this framing needs */
export function framing(fields: readonly Field[], hosts: readonly Addressed[]): Framing | NoFrame {
  const names = new Set(fields.map(({ name }) => name));
  const reserved = [etherTypes.shim, etherTypes.control, etherTypes.vlan];
  const taken = fields.find(({ name }) => name === 'eth_type')?.domain.find((v) => reserved.some((type) => type === v));
  if (taken !== undefined) return { noFrame: `eth_type ${taken} is that of the shim, of control frames or of 802.1Q` };
  return { numbers: new Map(fields.map((field) => [field.name, fieldNumbers(field, names, hosts)])), hosts };
}

/**
 * The frame in which a host sends a packet, without a shim. It is the packet's carrier: on the way, `frameOf` puts
 * other values into its headers.
 */
export function carrierOf(
  { numbers, hosts }: Framing,
  headers: ShownHeaders,
  sender: Addressed,
  payload: Uint8Array,
): Carrier | NoFrame {
  const read = (name: FieldName): number | undefined => {
    const value = headers[name];
    return value === undefined ? undefined : numbers.get(name)!.number(value);
  };
  const etherType = read('eth_type') ?? etherTypes.ipv4;
  const destination = read('ip_dst') ?? unmentioned('ip_dst');
  const receiver = hosts.find(({ ip }) => addressNumber('ip', ip) === destination);
  const protocol = read('ip_proto') ?? ipProtocols[impliedTransport(headers)];
  const kind = transportOf(protocol);
  const transport = kind && {
    source: read(`${kind}_src`) ?? unmentioned('udp_src'),
    destination: read(`${kind}_dst`) ?? unmentioned('udp_dst') + 1,
  };
  const ipv4: Ipv4 = {
    source: read('ip_src') ?? addressNumber('ip', sender.ip)!,
    destination,
    protocol,
    ...(transport ? { transport } : {}),
  };
  const vlan = read('vlan_id');
  const base: Frame = {
    source: read('eth_src') ?? addressNumber('mac', sender.mac)!,
    destination: read('eth_dst') ?? (receiver ? addressNumber('mac', receiver.mac)! : unmentioned('eth_dst')),
    ...(vlan === undefined ? {} : { vlan }),
    etherType,
    ...(etherType === etherTypes.ipv4 ? { ipv4 } : {}),
    payload,
  };
  const problem = missing(base, headers);
  return problem ?? { base };
}

/**
 * The transport of a packet without `ip_proto`. UDP if there are no `tcp_*` fields, or if only `udp_*` fields have a
 * value other than `other`; else TCP.
 */
function impliedTransport(headers: ShownHeaders): 'tcp' | 'udp' {
  const has = (kind: 'tcp' | 'udp') => [`${kind}_src`, `${kind}_dst`].some((name) => headers[name] !== undefined);
  const says = (kind: 'tcp' | 'udp') =>
    [`${kind}_src`, `${kind}_dst`].some((name) => headers[name] !== undefined && headers[name] !== other);
  if (has('tcp') && has('udp')) return says('udp') && !says('tcp') ? 'udp' : 'tcp';
  return has('tcp') ? 'tcp' : 'udp';
}

/** Why a frame with these headers (Ethernet, IPv4, …) cannot hold a packet; undefined if it can. */
function missing(base: Frame, headers: ShownHeaders): NoFrame | undefined {
  for (const [name, value] of Object.entries(headers))
    if (numberIn(base, name as FieldName) === undefined && value !== other)
      return { noFrame: `${name} is ${value}, but ${whyNot(base)}` };
  return undefined;
}

const whyNot = ({ etherType, ipv4 }: Frame): string =>
  ipv4
    ? `a packet of IP protocol ${ipv4.protocol} has no such header`
    : `a frame of EtherType ${etherType} has no IPv4 header`;

/** The number that a frame has in a field; undefined if the frame has not the field's header. */
function numberIn({ source, destination, vlan, etherType, ipv4 }: Frame, name: FieldName): number | undefined {
  const kind = ipv4 && transportOf(ipv4.protocol);
  switch (name) {
    case 'eth_src':
      return source;
    case 'eth_dst':
      return destination;
    case 'eth_type':
      return etherType;
    case 'vlan_id':
      return vlan;
    case 'ip_src':
      return ipv4?.source;
    case 'ip_dst':
      return ipv4?.destination;
    case 'ip_proto':
      return ipv4?.protocol;
    case 'tcp_src':
    case 'udp_src':
      return name.startsWith(`${kind}_`) ? ipv4?.transport?.source : undefined;
    case 'tcp_dst':
    case 'udp_dst':
      return name.startsWith(`${kind}_`) ? ipv4?.transport?.destination : undefined;
  }
}

/**
 * The frame of a packet whose carrier is known, with these headers, and a shim on links between switches. A switch
 * rewrites fields, but neither adds nor takes away headers of hosts: values that would need other headers have no
 * frame.
 */
export function frameOf({ numbers }: Framing, { base }: Carrier, headers: ShownHeaders, shim?: Shim): Frame | NoFrame {
  const problem = missing(base, headers);
  if (problem) return problem;
  const read = (name: FieldName, otherwise: number): number => {
    const value = headers[name];
    const isThere = value !== undefined && numberIn(base, name) !== undefined;
    return isThere ? numbers.get(name)!.number(value) : otherwise;
  };
  const etherType = read('eth_type', base.etherType);
  if ((etherType === etherTypes.ipv4) !== (base.ipv4 !== undefined))
    return { noFrame: `eth_type becomes ${headers['eth_type']}, for which the frame has not the right headers` };
  const kind = base.ipv4 && transportOf(base.ipv4.protocol);
  const protocol = base.ipv4 && read('ip_proto', base.ipv4.protocol);
  if (protocol !== undefined && transportOf(protocol) !== kind)
    return { noFrame: `ip_proto becomes ${headers['ip_proto']}, for which the frame has not the right headers` };
  const ports = base.ipv4?.transport;
  const transport = kind &&
    ports && {
      source: read(`${kind}_src`, ports.source),
      destination: read(`${kind}_dst`, ports.destination),
    };
  const ipv4 = base.ipv4 && {
    source: read('ip_src', base.ipv4.source),
    destination: read('ip_dst', base.ipv4.destination),
    protocol: protocol!,
    ...(transport ? { transport } : {}),
  };
  const { vlan } = base;
  return {
    source: read('eth_src', base.source),
    destination: read('eth_dst', base.destination),
    ...(shim ? { shim } : {}),
    ...(vlan === undefined ? {} : { vlan: read('vlan_id', vlan) }),
    etherType,
    ...(ipv4 ? { ipv4 } : {}),
    payload: base.payload,
  };
}

/** The packet in a frame, by the fields of the program; a field whose header is not there is `other`. */
export const headersIn = ({ numbers }: Framing, frame: Frame): ShownHeaders =>
  Object.fromEntries(
    [...numbers].map(([name, { value }]) => {
      const number = numberIn(frame, name);
      return [name, number === undefined ? other : value(number)];
    }),
  );
