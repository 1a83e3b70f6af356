import type { FieldName, Value } from '../netkat/fields.js';

/**
 * What switches run, for any back end (paper §1, "Implementation", steps 1 to 5): the content of `tables.json`. What each part
 * means is said here and in docs/tables.schema.json; `interpret.ts` is the meaning as a program.
 */
export interface Tables {
  readonly format: typeof tablesFormat;
  readonly version: typeof tablesVersion;
  readonly program: { readonly file: string; readonly sha256: string };
  /** How many bits the tag, the `pc` and the digest (and register) of a packet take. */
  readonly widths: { readonly tag: number; readonly pc: number; readonly digest: number };
  /** The header fields that are matched or set, with the values that packets are told apart by. */
  readonly fields: readonly { readonly name: FieldName; readonly domain: readonly Value[] }[];
  /** With the addresses that packets carry for them: a host's name, as a value, stands for the one or the other. */
  readonly hosts: readonly { readonly name: string; readonly at: string; readonly ip: string; readonly mac: string }[];
  readonly links: readonly { readonly from: string; readonly to: string }[];
  /** Bit `id` of registers and digests is the event `id`. */
  readonly events: readonly {
    readonly id: number;
    readonly formula: string;
    readonly at: string;
    readonly occurrence: number;
  }[];
  /** The tag of each event-set; no two have the same. */
  readonly eventSets: readonly { readonly events: readonly number[]; readonly tag: number }[];
  readonly switches: readonly SwitchTables[];
}

export const tablesFormat = 'snk-verify/tables';
export const tablesVersion = 1;

/** The tables of one switch. Its register, the event-set E_n, starts empty. */
export interface SwitchTables {
  readonly id: number;
  /** IN: a packet that enters by a host port gets the tag of the entry for the register, `pc` 0, and an empty digest. */
  readonly stamping: readonly { readonly register: readonly number[]; readonly tag: number }[];
  /** SW: the outputs of the matching rule of highest priority; none if no rule matches. */
  readonly forwarding: readonly ForwardingRule[];
  /** SW: the events that the packet triggers here, before it is forwarded. */
  readonly detection: readonly DetectionRule[];
  /** SW: what the register becomes, and the digest of each output: the union of these. */
  readonly learning: readonly LearningSource[];
}

export const learningSources = ['register', 'digest', 'detected'] as const;
export type LearningSource = (typeof learningSources)[number];

/** Values that header fields must have; the fields that are not there may have any. */
export type HeaderValues = Readonly<Partial<Record<FieldName, Value>>>;

export interface ForwardingRule {
  readonly priority: number;
  /** No tag, no `pc`: any. */
  readonly match: {
    readonly port: number;
    /** The tags with `(tag & mask) = value`. */
    readonly tag?: { readonly value: number; readonly mask: number };
    readonly pc?: number;
    readonly headers: HeaderValues;
  };
  /** Each is a copy, made from the packet as it came in. `pc` is there where it leaves by a link. */
  readonly outputs: readonly { readonly port: number; readonly set: HeaderValues; readonly pc?: number }[];
}

/**
 * For each event, in order of id, the rule of highest priority decides whose port and headers match, whose `required` events are
 * all in register ∪ digest, and of whose `forbidden` events none is in register ∪ digest ∪ detected so far.
 */
export interface DetectionRule {
  readonly event: number;
  readonly priority: number;
  /** Whether the event is detected; rules that say no except packets from rules of lower priority. */
  readonly detects: boolean;
  readonly match: { readonly port: number; readonly headers: HeaderValues };
  readonly required: readonly number[];
  readonly forbidden: readonly number[];
}

/** The bounds of the fields that switches have: a program that needs more has no tables, and is told which bound it meets. */
export const tableLimits = { tagBits: 16, pcBits: 8, digestBits: 64, port: 511 } as const;

/** How many entries there are, as interface.md counts them. */
export interface RuleCounts {
  readonly guarded: number;
  readonly shared: number;
  readonly total: number;
}
