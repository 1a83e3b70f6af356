import { LimitReached } from '../base/limits.js';
import type { TagBytes } from '../frames/frame.js';
import { framing } from '../frames/framing.js';
import { fieldNumbers } from '../frames/numbers.js';
import { type FieldName, other, type Value } from '../netkat/fields.js';
import type { DetectionRule, ForwardingRule, HeaderValues, SwitchTables, Tables } from '../tables/tables.js';
import { packMatch } from '../tables/tags.js';
import { bmv2DropPort, controllerPort } from './layout.js';

/**
 * How switches use tables (spec 3.1). `tagged`: as the compiled program. `two-phase`: switches stamp and forward by
 * tag, but detect and learn nothing themselves. `best-effort`: there are no tags; each switch forwards by the event-set
 * that it was last told, for which `stamping` has an entry. In the last two modes, only the controller changes
 * event-sets.
 */
export type Mode = 'tagged' | 'two-phase' | 'best-effort';

/** A header field, with the number that it must have or to which it is set. */
export interface FieldNumber {
  readonly name: FieldName;
  readonly number: number;
}

/** A detection rule, with sets of events as bit masks: bit `id` stands for the event `id`. */
export interface DetectionEntry {
  readonly port: number;
  readonly headers: readonly FieldNumber[];
  readonly required: bigint;
  readonly forbidden: bigint;
  readonly detects: boolean;
}

/** A copy that a rule sends: by a link with a `pc`, or to a host, without the shim. */
export interface CopyEntry {
  readonly port: number;
  /** The `pc` that the copy gets; undefined if it leaves the network. */
  readonly pc: number | undefined;
  readonly sets: readonly FieldNumber[];
}

export interface ForwardingEntry {
  /** The number of the rule at this switch, from 1. */
  readonly rule: number;
  readonly port: number;
  readonly tag: { readonly value: bigint; readonly mask: bigint } | undefined;
  readonly pc: number | undefined;
  readonly headers: readonly FieldNumber[];
  readonly copies: readonly CopyEntry[];
  /** The multicast group of the rule's copies, from 1; undefined if there are fewer than two copies. */
  readonly group: number | undefined;
}

/** A stamping entry: the register's events of a block, and the bits of the tag that it sets. */
export interface StampingNumbers {
  readonly block: number;
  readonly register: bigint;
  readonly tag: bigint;
}

/** A block as switches know it. */
export interface BlockNumbers {
  /** Its events, as bits of registers. */
  readonly events: bigint;
  /** Whether stamping copies its register. */
  readonly copies: boolean;
}

/**
 * Bits that stamping copies: those of the register in `mask`, moved up by `shift` bits of the tag, or down if negative.
 */
export interface CopiedBits {
  readonly mask: bigint;
  readonly shift: number;
}

/** The entries of one switch; in each table, those of higher priority come first. */
export interface SwitchDeployment {
  readonly id: number;
  readonly hostPorts: readonly number[];
  readonly linkPorts: readonly number[];
  readonly stamping: readonly StampingNumbers[];
  /** The detection rules of each event, by its id. */
  readonly detection: readonly (readonly DetectionEntry[])[];
  readonly forwarding: readonly ForwardingEntry[];
}

/** Tables in the numbers of switches, the same for every target that parses frames. */
export interface Deployment {
  readonly mode: Mode;
  readonly program: Tables['program'];
  readonly fields: readonly FieldName[];
  /** How many events there are. */
  readonly events: number;
  readonly learning: SwitchTables['learning'];
  readonly tagBytes: TagBytes;
  readonly blocks: readonly BlockNumbers[];
  readonly copied: readonly CopiedBits[];
  readonly switches: readonly SwitchDeployment[];
}

/** @throws LimitReached if tables need something that a switch of this kind cannot do; the message names it */
export function deploy(tables: Tables, mode: Mode): Deployment {
  const framed = framing(tables.fields, tables.hosts);
  if ('noFrame' in framed) throw new LimitReached(framed.noFrame);
  checkPorts(tables);
  const learning = tables.switches[0]?.learning ?? [];
  if (tables.switches.some((s) => s.learning.join() !== learning.join()))
    throw new LimitReached('switches that learn from different sources, where one program is for all of them');
  const names = new Set(tables.fields.map(({ name }) => name));
  const numbers = new Map(tables.fields.map((field) => [field.name, fieldNumbers(field, names, tables.hosts)]));
  const numbered = (headers: HeaderValues): FieldNumber[] =>
    (Object.entries(headers) as [FieldName, Value][]).map(([name, value]) => {
      // `other` cannot be matched or set as one number, since it stands for many, whichever of them this tool puts into
      // frames.
      if (value === other) throw new LimitReached(`a rule that names \`other\` as the value of ${name}`);
      return { name, number: numbers.get(name)!.number(value) };
    });
  return {
    mode,
    program: tables.program,
    fields: tables.fields.map(({ name }) => name),
    events: tables.events.length,
    learning,
    tagBytes: tagBytesOf(tables),
    blocks: tables.blocks.map(({ events, copies }) => ({ events: maskOf(events), copies })),
    copied: copiedBits(tables.blocks),
    switches: tables.switches.map((s) => deploySwitch(tables, s, numbered)),
  };
}

/** How many bytes tags take in frames: two, as long as they are enough. */
const tagBytesOf = ({ widths }: Pick<Tables, 'widths'>): TagBytes => (widths.tag > 16 ? 8 : 2);

/** Bits that move by as much are copied together. */
function copiedBits(blocks: Tables['blocks']): CopiedBits[] {
  const masks = new Map<number, bigint>();
  for (const { copies, events, shift } of blocks)
    if (copies)
      for (const [i, event] of events.entries()) {
        const by = shift + i - event;
        masks.set(by, (masks.get(by) ?? 0n) | (1n << BigInt(event)));
      }
  return [...masks].map(([shift, mask]) => ({ mask, shift }));
}

type Numbered = (headers: HeaderValues) => FieldNumber[];

function deploySwitch(tables: Tables, here: SwitchTables, numbered: Numbered): SwitchDeployment {
  const portsOf = (locations: readonly string[]): number[] => {
    const ports = locations.map(readLocation).filter((at) => at.switch === here.id);
    return [...new Set(ports.map(({ port }) => port))].sort((a, b) => a - b);
  };
  const linkPorts = portsOf(tables.links.flatMap(({ from, to }) => [from, to]));
  let groups = 0;
  const forwarding = [...here.forwarding].sort(byPriority).map((rule, i): ForwardingEntry => {
    const group = rule.outputs.length > 1 ? ++groups : undefined;
    return { rule: i + 1, ...forwardingEntry(tables, rule, linkPorts, numbered), group };
  });
  return {
    id: here.id,
    hostPorts: portsOf(tables.hosts.map(({ at }) => at)),
    linkPorts,
    stamping: here.stamping.map(({ block, register, tag }) => {
      const field = BigInt(tag) << BigInt(tables.blocks[block]!.shift);
      return { block, register: maskOf(register), tag: field };
    }),
    detection: tables.events.map(({ id }) =>
      here.detection
        .filter(({ event }) => event === id)
        .sort(byPriority)
        .map((rule) => detectionEntry(rule, numbered)),
    ),
    forwarding,
  };
}

const detectionEntry = (
  { match, required, forbidden, detects }: DetectionRule,
  numbered: Numbered,
): DetectionEntry => ({
  port: match.port,
  headers: numbered(match.headers),
  required: maskOf(required),
  forbidden: maskOf(forbidden),
  detects,
});

function forwardingEntry(
  { blocks }: Tables,
  { match, outputs }: ForwardingRule,
  linkPorts: readonly number[],
  numbered: Numbered,
) {
  return {
    port: match.port,
    tag: match.tag && packMatch(blocks, match.tag),
    pc: match.pc,
    headers: numbered(match.headers),
    copies: outputs.map(({ port, set, pc }) => ({
      port,
      pc: linkPorts.includes(port) ? (pc ?? 0) : undefined,
      sets: numbered(set),
    })),
  };
}

function checkPorts(tables: Tables): void {
  const locations = [...tables.hosts.map(({ at }) => at), ...tables.links.flatMap(({ from, to }) => [from, to])];
  for (const at of locations) {
    const { port } = readLocation(at);
    if (port === controllerPort) throw new LimitReached(`port ${at}, which is the controller's`);
    if (port >= bmv2DropPort) throw new LimitReached(`port ${at}, which v1model keeps for packets that are dropped`);
  }
}

/** A set of events as a bit mask. */
const maskOf = (events: readonly number[]): bigint => events.reduce((mask, e) => mask | (1n << BigInt(e)), 0n);

function readLocation(text: string): { readonly switch: number; readonly port: number } {
  const [n, port] = text.split(':').map(Number);
  return { switch: n!, port: port! };
}

const byPriority = (a: { readonly priority: number }, b: { readonly priority: number }): number =>
  b.priority - a.priority;
