import { type FieldName, fieldFacts, fieldNames } from '../netkat/fields.js';
import type { LearningSource } from '../tables/tables.js';

/** Fields of a header with their widths in bits, in the order of the wire. */
export type HeaderFields = readonly (readonly [name: string, bits: number])[];

/**
 * The headers that switches parse, in the order that they have in a frame. `shim` is the one of frames/frame.ts. Only
 * frames of the controller have a `command` (`controlOperations`); it is where the shim would be, and its `type` says
 * what follows.
 */
export const headerLayouts = {
  ethernet: [
    ['destination', 48],
    ['source', 48],
    ['type', 16],
  ],
  command: [
    ['operation', 8],
    ['port', 16],
    ['value', 64],
    ['type', 16],
  ],
  shim: [
    ['tag', 16],
    ['pc', 8],
    ['digest', 64],
    ['type', 16],
  ],
  vlan: [
    ['priority', 4],
    ['id', 12],
    ['type', 16],
  ],
  ipv4: [
    ['version', 4],
    ['ihl', 4],
    ['diffserv', 8],
    ['length', 16],
    ['identification', 16],
    ['flags', 3],
    ['offset', 13],
    ['ttl', 8],
    ['protocol', 8],
    ['checksum', 16],
    ['source', 32],
    ['destination', 32],
  ],
  tcp: [
    ['source', 16],
    ['destination', 16],
    ['sequence', 32],
    ['acknowledgement', 32],
    ['flags', 16],
    ['window', 16],
    ['checksum', 16],
    ['urgent', 16],
  ],
  udp: [
    ['source', 16],
    ['destination', 16],
    ['length', 16],
    ['checksum', 16],
  ],
} as const satisfies Record<string, HeaderFields>;

export type HeaderName = keyof typeof headerLayouts;

/** What the program keeps of a packet while the packet is in the switch. The widths add up to a multiple of 8 bits. */
export const metadataLayout = [
  /** E_n, as it was when the packet came. */
  ['event_set', 64],
  /** E_n ∪ digest. */
  ['heard', 64],
  /** E_n ∪ digest ∪ the events detected so far. */
  ['known', 64],
  ['detected', 64],
  /** What the event-set of the switch becomes; it is also the digest of every copy. */
  ['learned', 64],
  ['tag', 16],
  /** The port by which the packet came in. */
  ['port', 9],
  /** The number of the rule that forwarded the packet. */
  ['rule', 16],
  /** The EtherType of what follows Ethernet, the shim and 802.1Q. */
  ['eth_type', 16],
  /** The length in bytes of TCP or UDP with the payload, which is part of their pseudo-header. */
  ['segment_length', 16],
  ['padding', 7],
] as const satisfies HeaderFields;

/**
 * Where each field of the language is: in a header, or, for the EtherType, which can be in several headers, in the
 * metadata.
 */
export const fieldPlaces = Object.fromEntries(
  fieldNames.map((name) => [name, name === 'eth_type' ? ['meta', 'eth_type'] : fieldFacts[name].place]),
) as Readonly<Record<FieldName, readonly [header: HeaderName | 'meta', field: string]>>;

/** The fields of a header in a program whose tags take so many bits. */
export const withTag = (fields: HeaderFields, tagBits: number): HeaderFields =>
  fields.map(([name, bits]) => [name, name === 'tag' ? tagBits : bits]);

const layouts: Readonly<Record<string, HeaderFields>> = { ...headerLayouts, meta: metadataLayout };

/** Where each source of learning is while a packet is in the switch. */
export const learningPlaces: Readonly<Record<LearningSource, readonly [header: 'meta' | 'shim', field: string]>> = {
  register: ['meta', 'event_set'],
  digest: ['shim', 'digest'],
  detected: ['meta', 'detected'],
};

/** The width of a header's field, in bits. */
export function bitsOf(header: string, field: string): number {
  const found = layouts[header]?.find(([name]) => name === field);
  if (!found) throw new Error(`no field ${header}.${field}`);
  return found[1];
}

/**
 * The port of the controller. Frames with a `command` header are accepted only there, and no program may use this port.
 */
export const controllerPort = 510;

/** v1model's port for packets that are dropped. */
export const bmv2DropPort = 511;

/** What a frame with a `command` header can ask of a switch. The answer leaves by `command.port`. */
export const controlOperations = {
  /**
   * Asks for nothing but an answer, with the event-set as `value`. The answer is a barrier: all that left by that port
   * earlier comes out before it.
   */
  answer: 0,
  /** CTRLSEND: the events of `value` join the event-set (spec 3, `tagged` and `figure6`). */
  learn: 1,
  /** CTRLSEND: the event-set becomes `value` (spec 3.1, `two-phase` and `best-effort`). */
  replace: 2,
  /**
   * Only IN: what follows is a host's frame, which comes back with a shim. (For a host's own frames, switches stamp and
   * forward in one go, which a given execution may not allow.)
   */
  stamp: 3,
  /** Only SW: what follows is a frame with a shim, which is taken as if it had come in by `command.port`. */
  process: 4,
} as const;
