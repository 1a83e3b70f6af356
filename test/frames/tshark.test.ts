import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, type Frame } from '../../src/frames/frame.js';
import { arbitraryFields, arbitraryHeaders, carry, isFrame } from './packets.js';
import { hasTshark, tsharkFields } from './tshark.js';

if (!hasTshark) console.warn('LEFT OUT: tshark is not on this machine, so frames are not checked with it');

const dotted = (n: number): string => [24, 16, 8, 0].map((shift) => Math.floor(n / 2 ** shift) % 256).join('.');
const hex = (n: number): string => (n.toString(16).padStart(12, '0').match(/../g) ?? []).join(':');

const names = [
  'eth.src',
  'eth.dst',
  'vlan.id',
  'ip.src',
  'ip.dst',
  'ip.proto',
  'ip.checksum.status',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.checksum.status',
  'udp.srcport',
  'udp.dstport',
  'udp.checksum.status',
  '_ws.malformed',
] as const;
const good = '1';

/** The same, as we mean it. */
function meant({ source, destination, vlan, ipv4 }: Frame): string[] {
  const ports = (protocol: number): string[] =>
    ipv4?.protocol === protocol ? [`${ipv4.transport!.source}`, `${ipv4.transport!.destination}`, good] : ['', '', ''];
  const ip = ipv4 ? [dotted(ipv4.source), dotted(ipv4.destination), `${ipv4.protocol}`, good] : ['', '', '', ''];
  return [hex(source), hex(destination), vlan === undefined ? '' : `${vlan}`, ...ip, ...ports(6), ...ports(17), ''];
}

test.skipIf(!hasTshark)('tshark reads the headers and finds every checksum right', () => {
  const frames = fc
    .sample(
      arbitraryFields.chain((fields) =>
        fc.tuple(fc.constant(fields), arbitraryHeaders(fields), fc.stringMatching(/^[ -~]{0,20}$/)),
      ),
      { numRuns: 3000, seed: 1 },
    )
    .map(([fields, headers, text]) => carry(fields, headers, text))
    .filter(isFrame)
    .map(({ base }) => base)
    // What follows some EtherTypes and protocols is for their dissectors to say.
    .filter(({ etherType, ipv4 }) => etherType === 0x800 && ipv4?.protocol !== 1);
  expect(frames.length).toBeGreaterThan(500);
  const seen = tsharkFields(frames.map(bytesOf), names);
  for (const [i, frame] of frames.entries())
    expect(seen[i]!.slice(0, 13), JSON.stringify(frame)).toEqual(meant(frame).slice(0, 13));
});

test.skipIf(!hasTshark)('tshark does see a wrong checksum', () => {
  const bytes = bytesOf((carry([], {}) as { base: Frame }).base);
  bytes[bytes.length - 1]! ^= 1;
  bytes[22]! ^= 1;
  const [row] = tsharkFields([bytes], ['ip.checksum.status', 'udp.checksum.status']);
  expect(row).toEqual(['0', '0']);
});
