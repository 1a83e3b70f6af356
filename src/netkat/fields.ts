/** The header fields of the language, each with the kind of value it takes (spec 1.1). */
export const fieldKinds = {
  eth_src: 'mac',
  eth_dst: 'mac',
  eth_type: 'number',
  vlan_id: 'number',
  ip_src: 'ip',
  ip_dst: 'ip',
  ip_proto: 'number',
  tcp_src: 'number',
  tcp_dst: 'number',
  udp_src: 'number',
  udp_dst: 'number',
} as const satisfies Record<string, 'mac' | 'ip' | 'number'>;

export type FieldName = keyof typeof fieldKinds;

/** A value as it is printed: integers are numbers; host names, addresses and `other` are strings (interface.md). */
export type Value = number | string;

/** The value that stands for all those of a field that the program does not mention (spec 1.2). */
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
 * The headers of a packet: for each field of the program, the index of its value in the field's domain.
 * `undetermined` stands for "as the packet entered, and nothing has asked yet".
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
