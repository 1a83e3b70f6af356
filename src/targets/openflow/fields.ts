import { etherTypes, ipProtocols } from '../../frames/protocol-numbers.js';
import { showAddress } from '../../netkat/addresses.js';
import { type FieldName, fieldFacts, type Value } from '../../netkat/fields.js';
import type { HeaderValues, Tables } from '../../tables/tables.js';

/**
 * Header fields in the words of `ovs-ofctl` (ovs-fields(7)), at their real widths: how they are matched and set, and
 * which packets have them at all.
 */

/**
 * The kind of packets that is asked for; undefined if anything will do. `eth_type` is the EtherType after any 802.1Q
 * tags.
 */
export interface PacketShape {
  readonly eth_type: number | undefined;
  readonly ip_proto: number | undefined;
}

const anyShape: PacketShape = { eth_type: undefined, ip_proto: undefined };

/** The shape that a packet must have to contain a header. */
const shapeOfHeader: Readonly<Record<(typeof fieldFacts)[FieldName]['place'][0], PacketShape>> = {
  ethernet: anyShape,
  vlan: anyShape,
  ipv4: { eth_type: etherTypes.ipv4, ip_proto: undefined },
  tcp: { eth_type: etherTypes.ipv4, ip_proto: ipProtocols.tcp },
  udp: { eth_type: etherTypes.ipv4, ip_proto: ipProtocols.udp },
};

/** The shape of packets that have both shapes; undefined if no packet has both. */
function meet(a: PacketShape, b: PacketShape): PacketShape | undefined {
  const one = (x: number | undefined, y: number | undefined) => x === undefined || y === undefined || x === y;
  if (!one(a.eth_type, b.eth_type) || !one(a.ip_proto, b.ip_proto)) return undefined;
  return { eth_type: a.eth_type ?? b.eth_type, ip_proto: a.ip_proto ?? b.ip_proto };
}

/** The shape that a packet must have to match these values; undefined if no packet matches them. */
export function shapeOfMatch(match: HeaderValues): PacketShape | undefined {
  const { eth_type, ip_proto } = match;
  const named: PacketShape = {
    eth_type: typeof eth_type === 'number' ? eth_type : undefined,
    ip_proto: typeof ip_proto === 'number' ? ip_proto : undefined,
  };
  return withFields(named, Object.keys(match) as FieldName[]);
}

/** The narrower shape of those packets of a shape that have these fields as well; undefined if there are none. */
export const withFields = (shape: PacketShape, fields: readonly FieldName[]): PacketShape | undefined =>
  fields.reduce<PacketShape | undefined>(
    (rest, field) => rest && meet(rest, shapeOfHeader[fieldFacts[field].place[0]]),
    shape,
  );

/** The fields that OpenFlow can match but not set. */
export const readOnlyFields: readonly FieldName[] = ['eth_type', 'ip_proto'];

const hex = (n: number, digits: number): string => `0x${n.toString(16).padStart(digits, '0')}`;

/** The text of a value: a number as it is, and for a host's name the address that packets carry for it. */
function wireValue({ hosts }: Pick<Tables, 'hosts'>, field: FieldName, value: Value): string {
  const { kind } = fieldFacts[field];
  if (kind === 'number') return String(value);
  const host = hosts.find(({ name }) => name === value);
  if (host) return host[kind];
  return typeof value === 'string' ? value : showAddress(kind, value);
}

/** `ovs-ofctl`'s names of the fields that are matched and set by name. */
const names: Readonly<Partial<Record<FieldName, string>>> = {
  eth_src: 'dl_src',
  eth_dst: 'dl_dst',
  ip_src: 'nw_src',
  ip_dst: 'nw_dst',
  tcp_src: 'tcp_src',
  tcp_dst: 'tcp_dst',
  udp_src: 'udp_src',
  udp_dst: 'udp_dst',
};

/**
 * The terms of a match, prerequisites first. `shape` is the shape of the packets that are to match: that of
 * `shapeOfMatch`, or a narrower one.
 */
export function matchTerms(tables: Pick<Tables, 'hosts'>, match: HeaderValues, shape: PacketShape): string[] {
  const terms = [
    ...(shape.eth_type === undefined ? [] : [`dl_type=${hex(shape.eth_type, 4)}`]),
    ...(shape.ip_proto === undefined ? [] : [`nw_proto=${shape.ip_proto}`]),
  ];
  for (const [field, value] of Object.entries(match) as [FieldName, Value][]) {
    const name = names[field];
    if (name !== undefined) terms.push(`${name}=${wireValue(tables, field, value)}`);
    // IEEE 802.1Q: VLAN 0 is no VLAN. A packet without a tag and one whose tag has only a priority both have `vlan_id`
    // 0.
    if (field === 'vlan_id') terms.push(value === 0 ? 'vlan_tci=0x0000/0x0fff' : `dl_vlan=${value}`);
  }
  return terms;
}

/**
 * The actions that set fields. `vlan_id` adds a tag to a packet that has none, and keeps the priority of one that has.
 */
export function setActions(tables: Pick<Tables, 'hosts'>, sets: HeaderValues): string[] {
  return (Object.entries(sets) as [FieldName, Value][]).map(([field, value]) =>
    field === 'vlan_id'
      ? `set_field:${hex(0x1000 + Number(value), 4)}/0x1fff->vlan_tci`
      : `set_field:${wireValue(tables, field, value)}->${names[field]!}`,
  );
}
