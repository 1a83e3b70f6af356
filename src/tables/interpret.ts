import type { ShownHeaders } from '../netkat/fields.js';
import type { DetectionRule, ForwardingRule, HeaderValues, SwitchTables, TableBlock } from './tables.js';
import { copiedField, isForTag, type Tag } from './tags.js';

/** A packet that arrives at a switch, as tables see it. The digest lists the ids of events, ascending. */
export interface TaggedPacket {
  readonly port: number;
  readonly headers: ShownHeaders;
  readonly tag: Tag;
  readonly pc: number;
  readonly digest: readonly number[];
}

/** What rule SW does by the tables (spec 3). */
export interface ProcessedByTables {
  readonly detected: readonly number[];
  readonly eventSet: readonly number[];
  /** The rule that forwarded the packet; undefined if none matched, so that it was dropped. */
  readonly rule: ForwardingRule | undefined;
  /** The copies that the switch sends; the `port` of each is the one by which it leaves. */
  readonly outputs: readonly TaggedPacket[];
}

/**
 * IN: the tag with which a switch stamps a packet when its register holds this E_n; undefined if a block has no entry
 * for its part of that set.
 */
export function stamp(
  blocks: readonly TableBlock[],
  { stamping }: SwitchTables,
  eventSet: readonly number[],
): Tag | undefined {
  const fields = blocks.map((block, i) => {
    if (block.copies) return copiedField(block, eventSet);
    const part = eventSet.filter((event) => block.events.includes(event));
    return stamping.find((entry) => entry.block === i && sameSet(entry.register, part))?.tag;
  });
  return fields.some((field) => field === undefined) ? undefined : (fields as number[]);
}

/** SW: what one switch does with one packet, by the tables alone. */
export function processPacket(
  tables: SwitchTables,
  packet: TaggedPacket,
  eventSet: readonly number[],
): ProcessedByTables {
  const detected = detect(tables.detection, packet, eventSet);
  const sources = { register: eventSet, digest: packet.digest, detected };
  const learned = sorted(tables.learning.flatMap((source) => sources[source]));
  const rule = lookUp(tables.forwarding, packet);
  const outputs = (rule?.outputs ?? []).map(({ port, set, pc = 0 }) => ({
    port,
    headers: { ...packet.headers, ...set },
    tag: packet.tag,
    pc,
    digest: learned,
  }));
  return { detected, eventSet: learned, rule, outputs };
}

/** The matching rule of highest priority. */
const lookUp = (rules: readonly ForwardingRule[], packet: TaggedPacket): ForwardingRule | undefined =>
  highest(
    rules.filter(
      ({ match, match: { port, pc, headers } }) =>
        port === packet.port &&
        isForTag({ match }, packet.tag) &&
        (pc === undefined || pc === packet.pc) &&
        matches(headers, packet.headers),
    ),
  );

function detect(rules: readonly DetectionRule[], packet: TaggedPacket, eventSet: readonly number[]): number[] {
  const heard = new Set([...eventSet, ...packet.digest]);
  const all = new Set(heard);
  const detected: number[] = [];
  for (const event of sorted(rules.map((rule) => rule.event))) {
    const rule = highest(
      rules.filter(
        ({ event: e, match, required, forbidden }) =>
          e === event &&
          match.port === packet.port &&
          matches(match.headers, packet.headers) &&
          required.every((r) => heard.has(r)) &&
          !forbidden.some((f) => all.has(f)),
      ),
    );
    if (!rule?.detects) continue;
    all.add(event);
    detected.push(event);
  }
  return detected;
}

const matches = (wanted: HeaderValues, headers: ShownHeaders): boolean =>
  Object.entries(wanted).every(([name, value]) => headers[name] === value);

const highest = <Rule extends { readonly priority: number }>(rules: readonly Rule[]): Rule | undefined =>
  rules.reduce<Rule | undefined>((best, rule) => (best && best.priority >= rule.priority ? best : rule), undefined);

const sorted = (events: readonly number[]): number[] => [...new Set(events)].sort((a, b) => a - b);

const sameSet = (a: readonly number[], b: readonly number[]): boolean => sorted(a).join() === sorted(b).join();
