import fc from 'fast-check';
import { type Carrier, carrierOf, type Framing, framing, type NoFrame } from '../../src/frames/framing.js';
import type { Addressed } from '../../src/netkat/addresses.js';
import { type Field, fieldNames, other, type ShownHeaders, type Value } from '../../src/netkat/fields.js';

export const hosts: readonly Addressed[] = [
  { name: 'H1', ip: '10.0.0.1', mac: '02:00:00:00:00:01' },
  { name: 'H4', ip: '10.0.0.4', mac: '02:00:00:00:00:04' },
];

const values: Readonly<Record<string, readonly Value[]>> = {
  eth_src: ['H1', '02:00:00:00:00:99', 7],
  eth_dst: ['H1', 'H4'],
  eth_type: [2048, 2054],
  vlan_id: [0, 1, 4094],
  ip_src: ['H1', 'H4', '192.0.2.1'],
  ip_dst: ['H4', '10.0.0.100', 5],
  ip_proto: [1, 6, 17],
  tcp_src: [80],
  tcp_dst: [22, 80, 49152],
  udp_src: [53],
  udp_dst: [53, 68],
};

/** Fields of a program, some of them with declared domains (without `other`). */
export const arbitraryFields: fc.Arbitrary<readonly Field[]> = fc
  .tuple(
    ...fieldNames.map((name) =>
      fc.record({
        used: fc.boolean(),
        open: fc.boolean(),
        some: fc.subarray([...values[name]!], { minLength: 1 }),
        name: fc.constant(name as Field['name']),
      }),
    ),
  )
  .map((all) =>
    all.filter(({ used }) => used).map(({ name, open, some }) => ({ name, domain: open ? [...some, other] : some })),
  );

export const arbitraryHeaders = (fields: readonly Field[]): fc.Arbitrary<ShownHeaders> =>
  fc.record(Object.fromEntries(fields.map(({ name, domain }) => [name, fc.constantFrom(...domain)])));

export const isFrame = <T extends object>(result: T | NoFrame): result is T => !('noFrame' in result);

export function mustFrame<T extends object>(result: T | NoFrame): T {
  if (!isFrame(result)) throw new Error(result.noFrame);
  return result;
}

export const framingOf = (fields: readonly Field[]): Framing => mustFrame(framing(fields, hosts));

export const carry = (fields: readonly Field[], headers: ShownHeaders, text = 'packet'): Carrier | NoFrame =>
  carrierOf(framingOf(fields), headers, hosts[0]!, new TextEncoder().encode(text));
