import type { FieldName, Value } from '../netkat/fields.js';

/**
 * What switches run, for any back end (paper §1, "Implementation", steps 1 to 5): the content of `tables.json`. This
 * file and docs/tables.schema.json say what each part means; `interpret.ts` says it as a program.
 */
export interface Tables {
  readonly format: typeof tablesFormat;
  readonly version: typeof tablesVersion;
  readonly program: { readonly file: string; readonly sha256: string };
  /**
   * How many bits a packet's tag (the fields of all blocks), `pc` and digest take; a register takes as many as a
   * digest.
   */
  readonly widths: { readonly tag: number; readonly pc: number; readonly digest: number };
  /** The header fields that are matched or set, with the values by which packets are told apart. */
  readonly fields: readonly { readonly name: FieldName; readonly domain: readonly Value[] }[];
  /**
   * The hosts, with their addresses. Where a host's name is the value of a field, packets carry one of these addresses,
   * by the kind of the field.
   */
  readonly hosts: readonly { readonly name: string; readonly at: string; readonly ip: string; readonly mac: string }[];
  readonly links: readonly { readonly from: string; readonly to: string }[];
  /** The events; bit `id` of a register or digest stands for the event `id`. */
  readonly events: readonly {
    readonly id: number;
    readonly formula: string;
    readonly at: string;
    readonly occurrence: number;
  }[];
  /** The blocks of the state (spec 2.4) with events; if there is none, one without. A tag has a field for each. */
  readonly blocks: readonly TableBlock[];
  readonly switches: readonly SwitchTables[];
}

export const tablesFormat = 'snk-verify/tables';
export const tablesVersion = 2;

/** A block: its part of sets of events, and its field in tags. */
export interface TableBlock {
  /** The ids of its events, ascending. */
  readonly events: readonly number[];
  /** Where its field is in a tag: it takes `width` bits, of which the lowest is bit `shift` of the tag. */
  readonly shift: number;
  readonly width: number;
  /**
   * Whether its field has a bit for each event, by their order, so that stamping copies the register's bits; if not,
   * stamping has an entry for each event-set.
   */
  readonly copies: boolean;
  /** Its event-sets and their fields; no two have the same. */
  readonly eventSets: readonly { readonly events: readonly number[]; readonly tag: number }[];
}

/** What a rule asks of the field of one block, by its index: that `(field & mask) = value`. */
export interface TagMatch {
  readonly block: number;
  readonly value: number;
  readonly mask: number;
}

/** The tables of one switch. Its register, the event-set E_n, starts empty. */
export interface SwitchTables {
  readonly id: number;
  /**
   * IN: a packet that enters by a host port gets a tag, `pc` 0, and an empty digest. The tag's field of a block is a
   * copy of the register's bits, or, if the block copies nothing, that of the entry for the register's events of the
   * block; without such an entry the packet is dropped.
   */
  readonly stamping: readonly StampingEntry[];
  /** SW: the outputs of the matching rule of highest priority; none if no rule matches. */
  readonly forwarding: readonly ForwardingRule[];
  /** SW: the events that the packet triggers here, before it is forwarded. */
  readonly detection: readonly DetectionRule[];
  /** SW: the union of these sets is what the register becomes, and the digest of each output. */
  readonly learning: readonly LearningSource[];
}

export interface StampingEntry {
  /** The index of the block. */
  readonly block: number;
  readonly register: readonly number[];
  readonly tag: number;
}

export const learningSources = ['register', 'digest', 'detected'] as const;
export type LearningSource = (typeof learningSources)[number];

/** The values that header fields must have; a field that is not mentioned may have any value. */
export type HeaderValues = Readonly<Partial<Record<FieldName, Value>>>;

export interface ForwardingRule {
  readonly priority: number;
  /** Which packets the rule is for. Without `tag` it is for packets of any tag, without `pc` for any `pc`. */
  readonly match: {
    readonly port: number;
    /** What is asked of the tag: at most one item for each block. */
    readonly tag?: readonly TagMatch[];
    readonly pc?: number;
    readonly headers: HeaderValues;
  };
  /**
   * The copies that are sent, each made from the packet as it came in. Only copies that leave by a link have a `pc`.
   */
  readonly outputs: readonly { readonly port: number; readonly set: HeaderValues; readonly pc?: number }[];
}

/**
 * A rule that decides whether an event is detected. Events are looked at in order of id. For each, a rule can apply if
 * its port and headers match, all its `required` events are in register ∪ digest, and none of its `forbidden` events is
 * in register ∪ digest ∪ what has been detected so far; of these rules, the one of highest priority decides.
 */
export interface DetectionRule {
  readonly event: number;
  readonly priority: number;
  /** Whether the event is detected. A rule that says no makes an exception to the rules of lower priority. */
  readonly detects: boolean;
  readonly match: { readonly port: number; readonly headers: HeaderValues };
  readonly required: readonly number[];
  readonly forbidden: readonly number[];
}

/** The bounds of what switches can hold. A program that needs more has no tables; the message names the bound. */
export const tableLimits = { tagBits: 64, fieldBits: 16, pcBits: 8, digestBits: 64, port: 511 } as const;

/** The numbers of rules, as interface.md counts them. */
export interface RuleCounts {
  readonly guarded: number;
  readonly shared: number;
  readonly total: number;
}
