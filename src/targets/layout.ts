import { type FieldName, fieldFacts, fieldNames } from '../netkat/fields.js';
import type { LearningSource } from '../tables/tables.js';

/** Fields of a header with their widths in bits, in the order of the wire. */
export type HeaderFields = readonly (readonly [name: string, bits: number])[];

/**
 * The headers that switches parse, in the order in which they can stand in a frame. `shim` is that of frames/frame.ts. `command` is
 * in frames of the controller alone (`controlOperations`); it stands where the shim would, and is followed by what `type` says.
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

/** What the program keeps of a packet while it is in the switch; a multiple of 8 bits. */
export const metadataLayout = [
  /** E_n, as it was when the packet came. */
  ['event_set', 64],
  /** E_n ∪ digest. */
  ['heard', 64],
  /** E_n ∪ digest ∪ the events detected so far. */
  ['known', 64],
  ['detected', 64],
  /** What the event-set becomes, and the digest of every copy. */
  ['learned', 64],
  ['tag', 16],
  /** The port that it came in by. */
  ['port', 9],
  /** The number of the rule that forwarded it. */
  ['rule', 16],
  /** What its headers say that follows Ethernet, the shim and 802.1Q. */
  ['eth_type', 16],
  /** Of TCP or UDP with the payload, in bytes: part of their pseudo-header. */
  ['segment_length', 16],
  ['padding', 7],
] as const satisfies HeaderFields;

/** Where a field of the language is: a header's, or the EtherType, which stands in several. */
export const fieldPlaces = Object.fromEntries(
  fieldNames.map((name) => [name, name === 'eth_type' ? ['meta', 'eth_type'] : fieldFacts[name].place]),
) as Readonly<Record<FieldName, readonly [header: HeaderName | 'meta', field: string]>>;

const layouts: Readonly<Record<string, HeaderFields>> = { ...headerLayouts, meta: metadataLayout };

/** Where the sources of learning are while a packet is in the switch. */
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

/** The port of the controller. Frames with a `command` header are accepted there alone; no program may use it. */
export const controllerPort = 510;

/** v1model's port for packets that are dropped. */
export const bmv2DropPort = 511;

/** What a frame with a `command` header asks of a switch. Whatever it answers leaves by `command.port`. */
export const controlOperations = {
  /** Nothing but an answer, with the event-set as `value`: a barrier, for whatever left by that port before comes out before. */
  answer: 0,
  /** CTRLSEND: the events of `value` join the event-set (spec 3, `tagged` and `figure6`). */
  learn: 1,
  /** CTRLSEND: the event-set becomes `value` (spec 3.1, `two-phase` and `best-effort`). */
  replace: 2,
  /** IN alone: the rest, a host's frame, comes back with a shim. Switches stamp and forward at once; a schedule may not want that. */
  stamp: 3,
  /** SW alone: the rest, a frame with a shim, is taken as if it had come in by `command.port`. */
  process: 4,
} as const;
