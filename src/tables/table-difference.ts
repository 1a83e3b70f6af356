import { showEvents } from '../base/event-set-notation.js';
import { type EventSet, members } from '../events/event-set.js';
import { isEventSet } from '../events/event-structure.js';
import { satisfies } from '../events/formula.js';
import { configurationOf, type Setting } from '../execution/state.js';
import { tagged } from '../execution/tagged.js';
import type { Position } from '../netkat/configuration.js';
import { type Headers, type ShownHeaders, showHeaders } from '../netkat/fields.js';
import type { Location } from '../netkat/policy.js';
import { showLocation } from '../netkat/topology.js';
import { processPacket, stamp, type TaggedPacket } from './interpret.js';
import type { ForwardingRule, HeaderValues, SwitchTables, Tables } from './tables.js';
import { type Tag, tagOf } from './tags.js';

/** A packet that a switch takes, with what the switch and the packet know (spec 3): all that decides SW. */
export interface ArrivingPacket {
  readonly at: Location;
  /** The headers of the packet, none of them undetermined. */
  readonly headers: Headers;
  readonly position: Position;
  readonly pc: number;
  /** The event-set with which the packet was tagged when it entered. */
  readonly tag: EventSet;
  readonly digest: EventSet;
  /** E_n of the switch. */
  readonly eventSet: EventSet;
}

/** A case in which the tables do something other than the rules, in words. */
export interface TableDifference {
  /** Which result of the step is not the same. */
  readonly what: 'stamp' | 'outputs' | 'detected' | 'learned';
  /** The switch, what it knows, and the packet. */
  readonly given: string;
  readonly byRules: string;
  /** What the tables do, with the entry that decided it. */
  readonly byTables: string;
}

/** The difference in one sentence. */
export const explainDifference = ({ given, byRules, byTables }: TableDifference): string =>
  `${given}: by the rules it ${byRules}, but by the tables it ${byTables}`;

const switchOf = (tables: Tables, { switch: n }: Location): SwitchTables => tables.switches.find(({ id }) => id === n)!;

/**
 * IN: whether a switch whose register is an event-set stamps that event-set's tag (spec 3). If the register is no
 * event-set, no tag is the right one (spec 4.2), and nothing is compared.
 */
export function stampDifference(
  { structure }: Pick<Setting, 'structure'>,
  tables: Tables,
  at: Location,
  eventSet: EventSet,
): TableDifference | undefined {
  if (!isEventSet(structure, eventSet)) return undefined;
  const wanted = tagOf(tables.blocks, members(eventSet))!;
  const stamped = stamp(tables.blocks, switchOf(tables, at), members(eventSet));
  if (stamped?.join() === wanted.join()) return undefined;
  return {
    what: 'stamp',
    given: `switch ${at.switch}, which knows ${show(eventSet)}, takes in a packet from a host at ${showLocation(at)}`,
    byRules: `stamps ${tagName(tables, wanted)}`,
    byTables: stamped === undefined ? 'has no entry for that' : `stamps ${tagName(tables, stamped)}`,
  };
}

/**
 * SW by the tables (`interpret.ts`) beside SW by the configuration of the tag and the literal rule `tagged` (spec 3,
 * 3.1). What is detected and learnt is compared only if E_n, d and their union are event-sets: neither the paper nor
 * the compiler says anything about other sets, and a network that comes to such a set breaks Lemma 3's companion (spec
 * 4.2).
 */
export function switchDifference(
  setting: Omit<Setting, 'semantics' | 'controller'>,
  tables: Tables,
  arriving: ArrivingPacket,
): TableDifference | undefined {
  const { program, system, structure } = setting;
  const { at, headers, position, pc, tag, digest, eventSet } = arriving;
  const here = switchOf(tables, at);
  const shown = showHeaders(program.fields, headers);
  const packet: TaggedPacket = {
    port: at.port,
    headers: shown,
    tag: tagOf(tables.blocks, members(tag))!,
    pc,
    digest: members(digest),
  };
  const done = processPacket(here, packet, members(eventSet));
  const given = `switch ${at.switch}, which knows ${show(eventSet)}, takes a packet with ${showPacket(shown)} at ${showLocation(at)}, tagged ${show(tag)}${pc > 0 ? `, with pc ${pc}` : ''}${digest === 0n ? '' : `, whose digest says ${show(digest)}`}`;

  const hop = configurationOf(setting, tag)?.hop(headers, at, position);
  if (!hop) throw new Error(`${show(tag)} is no event-set, but a packet is tagged with it`);
  if (hop.kind === 'needs') throw new Error('the headers of a packet are not fully determined');
  const wanted = hop.outputs.map((o) =>
    showCopy({ port: o.port, headers: showHeaders(program.fields, o.headers) }, shown),
  );
  const sent = done.outputs.map((output) => showCopy(output, shown));
  if ([...wanted].sort().join() !== [...sent].sort().join()) {
    const entry = done.rule ? ` by the rule ${showForwarding(here, done.rule)}` : ' since no rule matches';
    return { what: 'outputs', given, byRules: showSent(wanted), byTables: `${showSent(sent)}${entry}` };
  }

  if ([eventSet, digest, eventSet | digest].some((set) => !isEventSet(structure, set))) return undefined;
  const matching = structure.events
    .filter((event) => event.at.switch === at.switch && event.at.port === at.port)
    .filter((event) => satisfies(headers, system.labels[event.label]!.formula) === true);
  const detected = tagged.detect(
    structure,
    eventSet,
    digest,
    matching.map(({ id }) => id),
  );
  if (members(detected).join() !== done.detected.join())
    return {
      what: 'detected',
      given,
      byRules: `detects ${show(detected)}`,
      byTables: `detects ${showEvents(done.detected)}`,
    };
  // One table says what the register and the digests become, so it is enough to compare the register.
  const learned = tagged.learn(eventSet, digest, detected);
  if (members(learned).join() === done.eventSet.join()) return undefined;
  return {
    what: 'learned',
    given,
    byRules: `knows ${show(learned)} afterwards, and so says the digest of what it sends`,
    byTables: `knows ${showEvents(done.eventSet)}`,
  };
}

const show = (set: EventSet): string => showEvents(members(set));

/** A tag in words, with its event-set; where there are several blocks, its fields with commas between them. */
const tagName = ({ blocks }: Tables, tag: Tag): string => {
  const parts = blocks.map(({ eventSets }, b) => eventSets.find((one) => one.tag === tag[b])?.events);
  const events = parts.flatMap((part) => part ?? []).sort((a, b) => a - b);
  return parts.includes(undefined) ? `tag ${tag}, which is no event-set's` : `tag ${tag}, of ${showEvents(events)}`;
};

const showPacket = (headers: HeaderValues | ShownHeaders): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ') || 'any headers';

/** A copy in words: its port, and those of its headers that differ from the packet's. */
const showCopy = ({ port, headers }: { port: number; headers: ShownHeaders }, before: ShownHeaders): string => {
  const changed = Object.entries(headers).filter(([name, value]) => before[name] !== value);
  return changed.length === 0 ? `port ${port}` : `port ${port} with ${showPacket(Object.fromEntries(changed))}`;
};

const showSent = (copies: readonly string[]): string =>
  copies.length === 0 ? 'drops it' : `sends it out of ${copies.join(' and ')}`;

const showForwarding = (
  { id }: SwitchTables,
  { priority, match: { port, tag, pc, headers } }: ForwardingRule,
): string => {
  const wanted = [
    `port ${port}`,
    ...(tag ?? []).map(({ block, value, mask }) => `${block > 0 ? `block ${block}: ` : ''}tag & ${mask} = ${value}`),
    ...(pc === undefined ? [] : [`pc ${pc}`]),
    ...(Object.keys(headers).length === 0 ? [] : [showPacket(headers)]),
  ];
  return `of priority ${priority} at switch ${id} (${wanted.join(', ')})`;
};
