import { type FieldName, fieldFacts, type Value } from './fields.js';

/** The two kinds of address, as declarations of hosts spell them. */
export type AddressKind = 'ip' | 'mac';

export const addressBits: Readonly<Record<AddressKind, number>> = { ip: 32, mac: 48 };

/** An address as it is printed: `10.0.0.4`, or `00:00:00:00:00:04`. */
export function showAddress(kind: AddressKind, address: number): string {
  const bytes = Array.from({ length: addressBits[kind] / 8 }, (_, i) => Math.floor(address / 256 ** i) % 256).reverse();
  return kind === 'ip' ? bytes.join('.') : bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/** The number that the bytes of an address spell, the most significant byte first. */
const numberOfBytes = (bytes: readonly number[]): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0);

/** The 32-bit number of a dotted address; undefined if a part is over 255. */
export const ipNumber = (octets: readonly number[]): number | undefined =>
  octets.every((octet) => octet <= 255) ? numberOfBytes(octets) : undefined;

/** The number of an address as it is printed; undefined if the text is no address of the kind. */
export function addressNumber(kind: AddressKind, text: string): number | undefined {
  if (kind === 'ip') return /^\d+(\.\d+){3}$/.test(text) ? ipNumber(text.split('.').map(Number)) : undefined;
  if (!/^[\da-f]{2}(:[\da-f]{2}){5}$/i.test(text)) return undefined;
  return numberOfBytes(text.split(':').map((byte) => Number.parseInt(byte, 16)));
}

/** A host with its addresses as they are printed: `10.0.0.4`, `02:00:00:00:00:04`. */
export interface Addressed {
  readonly name: string;
  readonly ip: string;
  readonly mac: string;
}

/**
 * The number that packets carry for a value of a field: the integer or the address that the value is, or the address of
 * the host that it names. Undefined if it is none of these.
 */
export function wireNumber(hosts: readonly Addressed[], field: FieldName, value: Value): number | undefined {
  if (typeof value === 'number') return value;
  const { kind } = fieldFacts[field];
  return kind === 'number' ? undefined : addressNumber(kind, hosts.find(({ name }) => name === value)?.[kind] ?? value);
}
