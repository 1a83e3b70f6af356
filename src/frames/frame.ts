import { type Reader, reader, type Writer, writer } from './bytes.js';
import { internetChecksum } from './checksum.js';
import { etherTypes, ipProtocols, type TransportName } from './protocol-numbers.js';

/**
 * What switches say to each other about a packet (paper §4.1: tag and digest; `pc`: spec 1.4). On links between
 * switches, and only there, it follows the two MAC addresses, under an EtherType of its own. It takes 13 bytes: tag 16
 * bits, pc 8, digest 64, EtherType of what follows 16; 19 where the tags of a program need more than 16 bits, which
 * then take 64.
 */
export interface Shim {
  readonly tag: bigint;
  readonly tagBytes: TagBytes;
  readonly pc: number;
  /** Bit `id` says whether the event `id` is in the digest. */
  readonly digest: bigint;
}

/** How many bytes a tag takes in the frames of a program. */
export type TagBytes = 2 | 8;

/** An Ethernet frame with the headers that hold the fields of the language. Addresses are numbers of 48 or 32 bits. */
export interface Frame {
  readonly source: number;
  readonly destination: number;
  readonly shim?: Shim;
  /** The VLAN of the frame's 802.1Q tag, whose priority is 0. */
  readonly vlan?: number;
  /** The EtherType of what follows the headers above. */
  readonly etherType: number;
  /** Present if and only if `etherType` is IPv4's. */
  readonly ipv4?: Ipv4;
  readonly payload: Uint8Array;
}

export interface Ipv4 {
  readonly source: number;
  readonly destination: number;
  readonly protocol: number;
  /** Present if and only if `protocol` is TCP's or UDP's. */
  readonly transport?: { readonly source: number; readonly destination: number };
}

const sizes = { ipv4: 20, tcp: 20, udp: 8 } as const;

/**
 * What all frames have in common: IPv4 has no options or fragments and TTL 64, and a TCP segment opens a connection.
 */
const constants = { versionAndLength: 0x45, flags: 0x4000, ttl: 64, tcpFlags: 0x5002, tcpWindow: 0xffff } as const;

/** The frame on the wire, with lengths and checksums (RFC 791, 768, 9293), without preamble, padding and FCS. */
export function bytesOf(frame: Frame): Uint8Array {
  const out = writer();
  out.put(frame.destination, 6);
  out.put(frame.source, 6);
  if (frame.shim) {
    out.put(etherTypes.shim, 2);
    if (frame.shim.tagBytes === 8) out.putLong(frame.shim.tag);
    else out.put(Number(frame.shim.tag), 2);
    out.put(frame.shim.pc, 1);
    out.putLong(frame.shim.digest);
  }
  if (frame.vlan !== undefined) {
    out.put(etherTypes.vlan, 2);
    out.put(frame.vlan, 2);
  }
  out.put(frame.etherType, 2);
  if (frame.ipv4) putIpv4(out, frame.ipv4, frame.payload);
  else out.putBytes(frame.payload);
  return out.bytes();
}

function putIpv4(out: Writer, ipv4: Ipv4, payload: Uint8Array): void {
  const inner = ipv4.transport ? segment(ipv4, ipv4.transport, payload) : payload;
  const header = (checksum: number): Uint8Array => {
    const { put, bytes } = writer();
    put(constants.versionAndLength, 1);
    put(0, 1);
    put(sizes.ipv4 + inner.length, 2);
    put(0, 2);
    put(constants.flags, 2);
    put(constants.ttl, 1);
    put(ipv4.protocol, 1);
    put(checksum, 2);
    put(ipv4.source, 4);
    put(ipv4.destination, 4);
    return bytes();
  };
  out.putBytes(header(internetChecksum(header(0))));
  out.putBytes(inner);
}

/** TCP or UDP with its payload; the checksum covers a pseudo-header too. */
function segment(ipv4: Ipv4, ports: NonNullable<Ipv4['transport']>, payload: Uint8Array): Uint8Array {
  const kind = transportOf(ipv4.protocol);
  if (!kind) throw new Error(`protocol ${ipv4.protocol} has no ports`);
  const length = sizes[kind] + payload.length;
  const withChecksum = (checksum: number): Uint8Array => {
    const { put, putBytes, bytes } = writer();
    put(ports.source, 2);
    put(ports.destination, 2);
    if (kind === 'tcp') {
      put(0, 4);
      put(0, 4);
      put(constants.tcpFlags, 2);
      put(constants.tcpWindow, 2);
      put(checksum, 2);
      put(0, 2);
    } else {
      put(length, 2);
      put(checksum, 2);
    }
    putBytes(payload);
    return bytes();
  };
  const covered = writer();
  covered.put(ipv4.source, 4);
  covered.put(ipv4.destination, 4);
  covered.put(ipv4.protocol, 2);
  covered.put(length, 2);
  covered.putBytes(withChecksum(0));
  const checksum = internetChecksum(covered.bytes());
  // A UDP checksum of 0 would say that there is none (RFC 768).
  return withChecksum(kind === 'udp' && checksum === 0 ? 0xffff : checksum);
}

export const transportOf = (protocol: number): TransportName | undefined =>
  protocol === ipProtocols.tcp ? 'tcp' : protocol === ipProtocols.udp ? 'udp' : undefined;

/**
 * The frame that these bytes make up, or why they make up none. Checksums are not looked at; `bytesOf` of the result
 * writes the right ones.
 */
export function readFrame(bytes: Uint8Array, tagBytes: TagBytes = 2): Frame | { readonly wrong: string } {
  const input = reader(bytes);
  try {
    return takeFrame(input, tagBytes);
  } catch (error) {
    if (error instanceof RangeError) return { wrong: `the frame ends early: ${error.message}` };
    throw error;
  }
}

function takeFrame(input: Reader, tagBytes: TagBytes): Frame {
  const destination = input.take(6);
  const source = input.take(6);
  let etherType = input.take(2);
  let shim: Shim | undefined;
  if (etherType === etherTypes.shim) {
    const tag = tagBytes === 8 ? input.takeLong() : BigInt(input.take(2));
    shim = { tag, tagBytes, pc: input.take(1), digest: input.takeLong() };
    etherType = input.take(2);
  }
  let vlan: number | undefined;
  if (etherType === etherTypes.vlan) {
    vlan = input.take(2) & 0xfff;
    etherType = input.take(2);
  }
  const outer = { source, destination, ...(shim ? { shim } : {}), ...(vlan === undefined ? {} : { vlan }), etherType };
  if (etherType !== etherTypes.ipv4) return { ...outer, payload: input.takeBytes(input.left()) };
  return { ...outer, ...takeIpv4(input) };
}

function takeIpv4(input: Reader): Pick<Frame, 'ipv4' | 'payload'> {
  const optionBytes = ((input.take(1) & 0xf) - 5) * 4;
  input.take(1);
  const total = input.take(2);
  input.takeBytes(5);
  const protocol = input.take(1);
  input.take(2);
  const source = input.take(4);
  const destination = input.take(4);
  input.takeBytes(Math.max(optionBytes, 0));
  const kind = transportOf(protocol);
  const header = sizes.ipv4 + Math.max(optionBytes, 0) + (kind ? sizes[kind] : 0);
  const transport = kind && { source: input.take(2), destination: input.take(2) };
  if (kind) input.takeBytes(sizes[kind] - 4);
  return {
    ipv4: { source, destination, protocol, ...(transport ? { transport } : {}) },
    payload: input.takeBytes(Math.max(total - header, 0)),
  };
}
