import { lazily } from '../base/lazily.js';
import { members } from '../events/event-set.js';
import type { EventStructure } from '../events/event-structure.js';
import type { Output } from '../netkat/configuration.js';
import { type Field, type Headers, undetermined, type Value } from '../netkat/fields.js';
import type { Location } from '../netkat/policy.js';
import { stamp } from '../tables/interpret.js';
import {
  type DetectionRule,
  type ForwardingRule,
  type HeaderValues,
  learningSources,
  type SwitchTables,
  type Tables,
} from '../tables/tables.js';
import { type Tag, tagOf } from '../tables/tags.js';
import { type LookUp, lookUpAmong } from './rule-lookup.js';

/**
 * What the tables of a switch do with a packet, some of whose fields may be undetermined; or the undetermined field on
 * which that depends: of a header, or, behind those, of a block in the tag.
 */
export type TableHop =
  | {
      readonly kind: 'hop';
      /** Whether the outputs are those of the configuration, each sent once (spec 1.4). */
      readonly agrees: boolean;
      /**
       * For each output of the configuration, the `pc` with which the tables send it; undefined if they do not send it.
       */
      readonly pcs: readonly (number | undefined)[];
      /**
       * The detection rules that can apply, event by event, as a text: packets with the same text trigger the same
       * events, whatever the switch and the packet have heard.
       */
      readonly detection: string;
    }
  | { readonly kind: 'needs'; readonly field: number };

/** A tag of which some fields are not determined. */
export type PartialTag = readonly (number | undefined)[];

/** The compiled network, hop by hop, beside the configurations (spec 1.4; paper §4.1). */
export interface TableHops {
  readonly tables: Tables;
  readonly hop: (headers: Headers, at: Location, pc: number, tag: PartialTag, outputs: readonly Output[]) => TableHop;
  /** The tag of an event-set of the whole, by its index. @throws LimitReached if those are too many to be listed */
  readonly tagOf: (eventSet: number) => Tag;
  /**
   * Whether every switch learns from all sources, as by the rules. If not, tables may differ from the rules even where
   * there is nothing to detect, depending on what the switch or the copy has heard.
   */
  readonly learnAll: boolean;
  /** IN: whether a switch whose register is an event-set (by index) stamps that event-set's tag. */
  readonly stampsRightly: (at: Location, eventSet: number) => boolean;
}

const highestFirst = <Rule extends { readonly priority: number }>(rules: readonly Rule[]): Rule[] =>
  [...rules].sort((a, b) => b.priority - a.priority);

/**
 * Prepares tables for look-ups. They must be tables of the program whose fields and structure are given, which
 * `tables/match-program.ts` checks.
 */
export function hopsByTables(tables: Tables, fields: readonly Field[], structure: EventStructure): TableHops {
  const fieldOf = new Map(fields.map(({ name }, f) => [name as string, f]));
  const { blocks } = tables;
  const tags = lazily(() => structure.eventSets.map((set) => tagOf(blocks, members(set))!));
  const indices = fields.map(({ domain }) => new Map(domain.map((value, i) => [value, i])));
  const switches = new Map(tables.switches.map((one) => [one.id, sorted(one)]));

  /** Whether headers have the wanted values, or the first undetermined field on which this depends. */
  const matches = (wanted: HeaderValues, headers: Headers): boolean | number => {
    let unasked: number | undefined;
    for (const [name, value] of Object.entries(wanted)) {
      const f = fieldOf.get(name)!;
      if (headers[f] === undetermined) unasked ??= f;
      else if (fields[f]!.domain[headers[f]!] !== value) return false;
    }
    return unasked ?? true;
  };

  const chosen = (here: Sorted, headers: Headers, port: number, tag: PartialTag, pc: number) => {
    const found = lookUpAt(here, port)(
      headers,
      ({ match }) => !isKeptOff(match.tag, tag) && (match.pc === undefined || match.pc === pc),
    );
    if (!found || 'needs' in found) return found?.needs;
    const open = found.rule.match.tag?.find(({ block }) => tag[block] === undefined);
    return open ? fields.length + open.block : found.rule;
  };
  const lookUps = new Map<readonly ForwardingRule[], LookUp<ForwardingRule>>();
  const lookUpAt = (here: Sorted, port: number): LookUp<ForwardingRule> => {
    const rules = here.forwarding.get(port) ?? none;
    const lookUp = lookUps.get(rules) ?? lookUpAmong(rules.map((rule) => ({ rule, headers: wantedBy(rule.match) })));
    lookUps.set(rules, lookUp);
    return lookUp;
  };
  const none: readonly ForwardingRule[] = [];
  const wantedBy = ({ headers }: ForwardingRule['match']) =>
    Object.entries(headers).map(([name, value]) => {
      const f = fieldOf.get(name)!;
      return [f, indexOf(f, value)] as const;
    });

  const signature = (here: Sorted, headers: Headers, port: number): string | number => {
    const applying: DetectionRule[] = [];
    for (const rule of here.detection.get(port) ?? []) {
      const matched = matches(rule.match.headers, headers);
      if (typeof matched === 'number') return matched;
      if (matched) applying.push(rule);
    }
    return canonical(applying);
  };

  /** The index of a value in its domain. */
  const indexOf = (f: number, value: Value): number => indices[f]!.get(value) ?? -1;

  return {
    tables,
    learnAll: tables.switches.every(({ learning }) => learningSources.every((source) => learning.includes(source))),
    stampsRightly: (at, eventSet) => {
      const stamped = stamp(blocks, switches.get(at.switch)!.tables, members(structure.eventSets[eventSet]!));
      return stamped?.join() === tags()[eventSet]!.join();
    },
    tagOf: (eventSet) => tags()[eventSet]!,
    hop: (headers, at, pc, tag, outputs) => {
      const here = switches.get(at.switch)!;
      const rule = chosen(here, headers, at.port, tag, pc);
      if (typeof rule === 'number') return { kind: 'needs', field: rule };
      const detection = signature(here, headers, at.port);
      if (typeof detection === 'number') return { kind: 'needs', field: detection };
      const sent: { key: string; pc: number }[] = [];
      for (const { port, set, pc: next = 0 } of rule?.outputs ?? []) {
        let after = headers;
        for (const [name, value] of Object.entries(set)) {
          const f = fieldOf.get(name)!;
          // As in `configuration.hop`, whether this changes the packet depends on the value that the field has.
          if (headers[f] === undetermined) return { kind: 'needs', field: f };
          after = after.with(f, indexOf(f, value));
        }
        sent.push({ key: `${port}|${after}`, pc: next });
      }
      const pcs = outputs.map((output) => sent.find(({ key }) => key === `${output.port}|${output.headers}`)?.pc);
      return { kind: 'hop', agrees: sent.length === outputs.length && !pcs.includes(undefined), pcs, detection };
    },
  };
}

/** Whether a rule is for no packet with such a tag. */
const isKeptOff = (wanted: ForwardingRule['match']['tag'] = [], tag: PartialTag): boolean =>
  wanted.some(({ block, value, mask }) => tag[block] !== undefined && (tag[block] & mask) !== value);

/** The tables of a switch, sorted: for each port its rules, those of higher priority first. */
interface Sorted {
  readonly tables: SwitchTables;
  readonly forwarding: ReadonlyMap<number, readonly ForwardingRule[]>;
  readonly detection: ReadonlyMap<number, readonly DetectionRule[]>;
}

function sorted(tables: SwitchTables): Sorted {
  const byPort = <Rule extends ForwardingRule | DetectionRule>(rules: readonly Rule[]): Map<number, Rule[]> => {
    const ports = new Map<number, Rule[]>();
    for (const rule of highestFirst(rules)) {
      const here = ports.get(rule.match.port);
      if (here) here.push(rule);
      else ports.set(rule.match.port, [rule]);
    }
    return ports;
  };
  return { tables, forwarding: byPort(tables.forwarding), detection: byPort(tables.detection) };
}

/**
 * The rules as a text. Left out are rules after one that applies whatever has been heard, for they never apply, and
 * rules at the end that say no, for they change nothing.
 */
function canonical(rules: readonly DetectionRule[]): string {
  const events = [...new Set(rules.map(({ event }) => event))].sort((a, b) => a - b);
  return events
    .flatMap((event) => {
      const own = rules.filter((rule) => rule.event === event);
      const last = own.findIndex(({ required, forbidden }) => required.length + forbidden.length === 0);
      const asked = last < 0 ? own : own.slice(0, last + 1);
      const kept = asked.slice(0, asked.findLastIndex(({ detects }) => detects) + 1);
      return kept.map(({ detects, required, forbidden }) => `${event}${detects ? '+' : '-'}${required}!${forbidden}`);
    })
    .join(' ');
}
