import type { FieldName, Value } from '../netkat/fields.js';

/**
 * What switches run, for any back end (paper §1, "Implementation", steps 1 to 5): the content of `tables.json`. This
 * file and docs/tables.schema.json say what each part means; `interpret.ts` says it as a program.
 */
export interface Tables {
  readonly format: typeof tablesFormat;
  readonly version: typeof tablesVersion;
  readonly program: { readonly file: string; readonly sha256: string };
  /** How many bits a packet's tag, `pc` and digest take; a register takes as many as a digest. */
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
  /** The event-sets and their tags; no two have the same tag. */
  readonly eventSets: readonly { readonly events: readonly number[]; readonly tag: number }[];
  readonly switches: readonly SwitchTables[];
}

export const tablesFormat = 'snk-verify/tables';
export const tablesVersion = 1;

/** The tables of one switch. Its register, the event-set E_n, starts empty. */
export interface SwitchTables {
  readonly id: number;
  /**
   * IN: a packet that enters by a host port gets the tag of the entry for the register, `pc` 0, and an empty digest.
   */
  readonly stamping: readonly { readonly register: readonly number[]; readonly tag: number }[];
  /** SW: the outputs of the matching rule of highest priority; none if no rule matches. */
  readonly forwarding: readonly ForwardingRule[];
  /** SW: the events that the packet triggers here, before it is forwarded. */
  readonly detection: readonly DetectionRule[];
  /** SW: the union of these sets is what the register becomes, and the digest of each output. */
  readonly learning: readonly LearningSource[];
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
    /** The rule is for the tags with `(tag & mask) = value`. */
    readonly tag?: { readonly value: number; readonly mask: number };
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
export const tableLimits = { tagBits: 16, pcBits: 8, digestBits: 64, port: 511 } as const;

/** The numbers of rules, as interface.md counts them. */
export interface RuleCounts {
  readonly guarded: number;
  readonly shared: number;
  readonly total: number;
}
