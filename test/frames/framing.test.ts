import fc from 'fast-check';
import { expect, test } from 'vitest';
import { showBytes } from '../../src/frames/bytes.js';
import { bytesOf, type Frame, readFrame, type TagBytes } from '../../src/frames/frame.js';
import { frameOf, framing, headersIn } from '../../src/frames/framing.js';
import { type Field, other, type ShownHeaders, type Value } from '../../src/netkat/fields.js';
import { arbitraryFields, arbitraryHeaders, carry, framingOf, hosts, isFrame, mustFrame } from './packets.js';

const cases = arbitraryFields.chain((fields) =>
  fc.record({
    fields: fc.constant(fields),
    entering: arbitraryHeaders(fields),
    later: arbitraryHeaders(fields),
    text: fc.string({ maxLength: 9 }),
    shim: fc.option(
      fc.constantFrom(2 as const, 8 as const).chain((tagBytes) =>
        fc.record({
          tag: fc.bigInt({ min: 0n, max: 2n ** BigInt(8 * tagBytes) - 1n }),
          tagBytes: fc.constant(tagBytes),
          pc: fc.nat({ max: 0xff }),
          digest: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        }),
      ),
      { nil: undefined },
    ),
  }),
);

const read = (bytes: Uint8Array, tagBytes?: TagBytes): Frame => {
  const frame = readFrame(bytes, tagBytes);
  if ('wrong' in frame) throw new Error(frame.wrong);
  return frame;
};

test('a packet that has a frame is read back from its bytes, header by header, with its shim', () => {
  let framed = 0;
  fc.assert(
    fc.property(cases, ({ fields, entering, later, text, shim }) => {
      const carrier = carry(fields, entering, text);
      if (!isFrame(carrier)) return;
      for (const headers of [entering, later]) {
        const frame = frameOf(framingOf(fields), carrier, headers, shim);
        if (!isFrame(frame)) continue;
        framed++;
        const again = read(bytesOf(frame), shim?.tagBytes);
        expect(again).toEqual(frame);
        expect(headersIn(framingOf(fields), again)).toEqual(headers);
      }
    }),
    { numRuns: 2000 },
  );
  expect(framed).toBeGreaterThan(1000);
});

test('the frame in which a packet enters is its carrier', () => {
  fc.assert(
    fc.property(cases, ({ fields, entering, text }) => {
      const carrier = carry(fields, entering, text);
      if (isFrame(carrier)) expect(frameOf(framingOf(fields), carrier, entering)).toEqual(carrier.base);
    }),
  );
});

test('bytes that are cut short are no frame, and never throw', () => {
  const fields: Field[] = [{ name: 'tcp_dst', domain: [22] }];
  const bytes = bytesOf(mustFrame(carry(fields, { tcp_dst: 22 })).base);
  for (let length = 0; length < bytes.length; length++)
    expect(readFrame(bytes.subarray(0, length)), `${length}`).toHaveProperty('wrong');
});

const both: Field[] = [
  { name: 'tcp_dst', domain: [22, other] },
  { name: 'udp_dst', domain: [53, other] },
];
const protocolOf = (headers: ShownHeaders): number | string => {
  const carrier = carry(both, headers);
  return isFrame(carrier) ? carrier.base.ipv4!.protocol : carrier.noFrame;
};

test('with fields of TCP and UDP, values decide; no frame has both', () => {
  expect(protocolOf({ tcp_dst: 22, udp_dst: other })).toBe(6);
  expect(protocolOf({ tcp_dst: other, udp_dst: other })).toBe(6);
  expect(protocolOf({ tcp_dst: other, udp_dst: 53 })).toBe(17);
  expect(protocolOf({ tcp_dst: 22, udp_dst: 53 })).toBe(
    'udp_dst is 53, but a packet of IP protocol 6 has no such header',
  );
});

test('headers that are there stay there: no switch makes TCP of UDP, or IPv4 of ARP', () => {
  const fields: Field[] = [
    { name: 'eth_type', domain: [2048, 2054] },
    { name: 'ip_proto', domain: [6, 17, other] },
  ];
  const ip = mustFrame(carry(fields, { eth_type: 2048, ip_proto: 6 }));
  expect(frameOf(framingOf(fields), ip, { eth_type: 2048, ip_proto: 17 })).toHaveProperty('noFrame');
  expect(frameOf(framingOf(fields), ip, { eth_type: 2054, ip_proto: 6 })).toHaveProperty('noFrame');
  const arp = mustFrame(carry(fields, { eth_type: 2054, ip_proto: other }));
  expect(frameOf(framingOf(fields), arp, { eth_type: 2048, ip_proto: other })).toHaveProperty('noFrame');
});

test('hosts stand for their addresses, and `other` for one that the program does not use', () => {
  const fields: Field[] = [{ name: 'ip_dst', domain: ['H4', '192.0.2.1', other] }];
  const frame = (value: Value) => mustFrame(carry(fields, { ip_dst: value })).base;
  expect(frame('H4').ipv4!.destination).toBe(0x0a000004);
  expect(frame('H4').destination).toBe(0x020000000004);
  expect(frame('H4').ipv4!.source).toBe(0x0a000001);
  expect(frame(other).ipv4!.destination).toBe(0xc0000202);
});

test('a program cannot use the EtherTypes of the shim and of control frames', () => {
  expect(framing([{ name: 'eth_type', domain: [0x88b5] }], hosts)).toHaveProperty('noFrame');
});

test('the bytes of one frame, by hand', () => {
  const fields: Field[] = [
    { name: 'ip_dst', domain: ['H1', 'H4', other] },
    { name: 'vlan_id', domain: [5] },
  ];
  const carrier = mustFrame(carry(fields, { ip_dst: 'H4', vlan_id: 5 }, 'hi'));
  const frame = mustFrame(
    frameOf(framingOf(fields), carrier, { ip_dst: 'H4', vlan_id: 5 }, { tag: 1n, tagBytes: 2, pc: 2, digest: 3n }),
  );
  expect(showBytes(bytesOf(frame))).toBe(
    [
      '020000000004020000000001',
      '88b5' + '0001' + '02' + '0000000000000003',
      '8100' + '0005' + '0800',
      '4500001e00004000401126cb' + '0a0000010a000004',
      'c000c001000a' + '036a' + '6869',
    ].join(''),
  );
});
