import { type Field, type FieldName, fieldFacts, type Headers, other, type Value } from '../../src/netkat/fields.js';
import type { Tables } from '../../src/tables/tables.js';

/** A packet as it is on the wire, in its fields. Absent fields are headers that the packet does not have. */
export interface Frame {
  readonly eth_src: string;
  readonly eth_dst: string;
  /** VLAN identifiers of its 802.1Q and 802.1ad tags, the outermost first. */
  readonly vlans: readonly { readonly type: number; readonly id: number }[];
  readonly eth_type: number;
  readonly ip_src?: string;
  readonly ip_dst?: string;
  readonly ip_proto?: number;
  readonly tcp_src?: number;
  readonly tcp_dst?: number;
  readonly udp_src?: number;
  readonly udp_dst?: number;
}

type Wire = string | number;

/** Values that no program here mentions, for `other` and for fields that programs do not name. */
const unmentioned = {
  eth_src: '06:00:00:00:aa:01',
  eth_dst: '06:00:00:00:aa:02',
  ip_src: '203.0.113.71',
  ip_dst: '203.0.113.72',
  tcp_src: 40_001,
  tcp_dst: 40_002,
  udp_src: 40_003,
  udp_dst: 40_004,
} as const satisfies Partial<Record<FieldName, Wire>>;
const unmentionedVlan = 3_999;

/** The kinds of packet there are, as far as `ovs-ofctl` can tell them apart by the fields of the language. */
const kinds = [
  { eth_type: 0x88b5, ip_proto: undefined, has: [] },
  { eth_type: 0x0800, ip_proto: 253, has: ['ip_src', 'ip_dst', 'ip_proto'] },
  { eth_type: 0x0800, ip_proto: 6, has: ['ip_src', 'ip_dst', 'ip_proto', 'tcp_src', 'tcp_dst'] },
  { eth_type: 0x0800, ip_proto: 17, has: ['ip_src', 'ip_dst', 'ip_proto', 'udp_src', 'udp_dst'] },
] as const satisfies readonly { eth_type: number; ip_proto: number | undefined; has: readonly FieldName[] }[];
const always: readonly FieldName[] = ['eth_src', 'eth_dst', 'eth_type', 'vlan_id'];

/** The value on the wire of a value of the program. */
function wire({ hosts }: Pick<Tables, 'hosts'>, name: FieldName, value: Value): Wire {
  const { kind } = fieldFacts[name];
  if (kind === 'number') return value;
  const host = hosts.find((h) => h.name === value);
  if (host) return host[kind];
  if (typeof value === 'string') return value;
  const length = kind === 'ip' ? 4 : 6;
  const bytes = Array.from({ length }, (_, i) => Number((BigInt(value) >> BigInt(8 * (length - 1 - i))) & 255n));
  return kind === 'ip' ? bytes.join('.') : bytes.map((b) => b.toString(16).padStart(2, '0')).join(':');
}

/**
 * The real packets that determined headers of a program stand for, of every kind that has the fields. `other` is a
 * value that the program does not mention, or that the packet has no such field. None if no packet is like that (one
 * with a TCP and a UDP port), or lacks a field that the program sets.
 */
export function framesOf(
  tables: Pick<Tables, 'hosts' | 'fields'>,
  assigned: ReadonlySet<FieldName>,
  headers: Headers,
): Frame[] {
  const values = new Map(tables.fields.map(({ name, domain }, f) => [name, domain[headers[f]!]!]));
  const concrete = (name: FieldName): Wire | undefined => {
    const value = values.get(name);
    return value === undefined || value === other ? undefined : wire(tables, name, value);
  };
  const isMentioned = (name: FieldName, value: number) =>
    tables.fields.find((f) => f.name === name)?.domain.includes(value) ?? false;
  return kinds.flatMap((kind): Frame[] => {
    const has = (name: FieldName) => always.includes(name) || (kind.has as readonly FieldName[]).includes(name);
    const lacks = [...values.keys()].some((name) => !has(name) && (concrete(name) !== undefined || assigned.has(name)));
    const eth_type = kind.ip_proto === undefined ? Number(concrete('eth_type') ?? kind.eth_type) : kind.eth_type;
    const ip_proto = kind.ip_proto === 253 ? Number(concrete('ip_proto') ?? kind.ip_proto) : kind.ip_proto;
    const agrees = (name: 'eth_type' | 'ip_proto', actual: number | undefined) =>
      actual === undefined ||
      (concrete(name) === undefined ? !isMentioned(name, actual) || !values.has(name) : concrete(name) === actual);
    // Packets with these numbers are among the kinds with TCP, UDP or IP headers of their own.
    const isOwn =
      (kind.ip_proto !== undefined || eth_type !== 0x0800) &&
      (kind.ip_proto !== 253 || (ip_proto !== 6 && ip_proto !== 17));
    if (lacks || !isOwn || !agrees('eth_type', eth_type) || !agrees('ip_proto', ip_proto)) return [];

    const fields = [...kind.has, 'eth_src', 'eth_dst'].filter(
      (name) => name !== 'ip_proto',
    ) as (keyof typeof unmentioned)[];
    const frame = {
      ...Object.fromEntries(fields.map((name) => [name, concrete(name) ?? unmentioned[name]])),
      eth_type,
      ...(ip_proto === undefined ? {} : { ip_proto }),
    } as Omit<Frame, 'vlans'>;
    const vlan = concrete('vlan_id');
    const tagged = [{ ...frame, vlans: [{ type: 0x8100, id: Number(vlan ?? unmentionedVlan) }] }];
    // VLAN 0 is no VLAN (IEEE 802.1Q): a packet without a tag is in a VLAN that a program can name only as 0.
    const untagged = vlan === 0 || (vlan === undefined && !isMentioned('vlan_id', 0));
    return untagged ? [{ ...frame, vlans: [] }, ...tagged] : tagged;
  });
}

/**
 * The headers of a frame, as a program with these fields sees them: the opposite of `framesOf`.
 * @throws if a value that the program does not mention is not the one that the packet came with
 */
export function headersOf(tables: Pick<Tables, 'hosts' | 'fields'>, frame: Frame, entered: Frame): Headers {
  const carried = (f: Frame, name: FieldName): Wire | undefined =>
    name === 'vlan_id' ? (f.vlans[0]?.id ?? 0) : f[name];
  return tables.fields.map(({ name, domain }: Field) => {
    const value = carried(frame, name);
    const index = domain.findIndex((v) => v !== other && wire(tables, name, v) === value);
    if (index >= 0) return index;
    if (value !== carried(entered, name)) throw new Error(`${name} has become ${value}`);
    return domain.indexOf(other);
  });
}

/** The frame's bytes, without checksums, which no entry looks at. */
export function bytesOf(frame: Frame): Uint8Array {
  const mac = (text: string) => text.split(':').map((byte) => Number.parseInt(byte, 16));
  const two = (n: number) => [n >> 8, n & 255];
  const tags = frame.vlans.flatMap(({ type, id }) => [...two(type), ...two(id)]);
  const zeros = (n: number) => new Array<number>(n).fill(0);
  const segment =
    frame.ip_proto === 6
      ? // Sequence and acknowledgement numbers; a header of 5 words.
        [...two(frame.tcp_src!), ...two(frame.tcp_dst!), ...zeros(8), 0x50, ...zeros(7)]
      : frame.ip_proto === 17
        ? [...two(frame.udp_src!), ...two(frame.udp_dst!), ...two(8 + 12), ...zeros(2 + 12)]
        : zeros(20);
  const packet =
    frame.ip_proto === undefined
      ? zeros(46)
      : [
          0x45,
          0,
          ...two(20 + segment.length),
          0,
          0,
          0,
          0,
          64,
          frame.ip_proto,
          0,
          0,
          ...[frame.ip_src!, frame.ip_dst!].flatMap((ip) => ip.split('.').map(Number)),
          ...segment,
        ];
  return Uint8Array.from([...mac(frame.eth_dst), ...mac(frame.eth_src), ...tags, ...two(frame.eth_type), ...packet]);
}
