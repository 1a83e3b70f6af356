/** Everything that is particular to a header field of the language (spec 1.1). */
interface FieldFacts {
  /** The kind of value that the field takes. */
  readonly kind: 'mac' | 'ip' | 'number';
  /** The width of the field on a wire, in bits. */
  readonly bits: number;
  /**
   * Where the field is on a wire: the header, and the part of the header. The EtherType follows the 802.1Q tag where
   * there is one, else the MAC addresses.
   */
  readonly place: readonly [header: 'ethernet' | 'vlan' | 'ipv4' | 'tcp' | 'udp', part: string];
}

export const fieldFacts = {
  eth_src: { kind: 'mac', bits: 48, place: ['ethernet', 'source'] },
  eth_dst: { kind: 'mac', bits: 48, place: ['ethernet', 'destination'] },
  eth_type: { kind: 'number', bits: 16, place: ['ethernet', 'type'] },
  vlan_id: { kind: 'number', bits: 12, place: ['vlan', 'id'] },
  ip_src: { kind: 'ip', bits: 32, place: ['ipv4', 'source'] },
  ip_dst: { kind: 'ip', bits: 32, place: ['ipv4', 'destination'] },
  ip_proto: { kind: 'number', bits: 8, place: ['ipv4', 'protocol'] },
  tcp_src: { kind: 'number', bits: 16, place: ['tcp', 'source'] },
  tcp_dst: { kind: 'number', bits: 16, place: ['tcp', 'destination'] },
  udp_src: { kind: 'number', bits: 16, place: ['udp', 'source'] },
  udp_dst: { kind: 'number', bits: 16, place: ['udp', 'destination'] },
} as const satisfies Record<string, FieldFacts>;

export type FieldName = keyof typeof fieldFacts;

/** The header fields, in the order in which they are printed. */
export const fieldNames = Object.keys(fieldFacts) as FieldName[];

/** A value as it is printed: integers are numbers; host names, addresses and `other` are strings (interface.md). */
export type Value = number | string;

/** The value that stands for all values of a field that the program does not mention (spec 1.2). */
export const other: Value = 'other';

/** A header field that the program mentions, and the finite domain of its values (spec 1.2), in printing order. */
export interface Field {
  readonly name: FieldName;
  readonly domain: readonly Value[];
}

/** Integers first, by size, then the rest by text (interface.md). */
export function compareValues(a: Value, b: Value): number {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : -1;
  if (typeof b === 'number') return 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The headers of a packet: for each field of the program, the index of its value in the field's domain. `undetermined`
 * stands for the value with which the packet entered, as long as nothing has asked for it.
 */
export type Headers = readonly number[];

export const undetermined = -1;

/** Headers as the JSON writes them: field name to value. */
export type ShownHeaders = Readonly<Record<string, Value>>;

/** The headers by name and value; an undetermined field is shown as `other`, or as the last value of its domain. */
export function showHeaders(fields: readonly Field[], headers: Headers): ShownHeaders {
  return Object.fromEntries(
    fields.map((field, f) => [field.name, field.domain[headers[f]!] ?? field.domain[field.domain.length - 1]!]),
  );
}
