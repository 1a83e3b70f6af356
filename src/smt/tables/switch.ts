import { setOf } from '../../events/event-set.js';
import type { FieldName } from '../../netkat/fields.js';
import type { DetectionRule, ForwardingRule, HeaderValues, SwitchTables, Tables } from '../../tables/tables.js';
import type { Definitions } from '../solver/definitions.js';
import {
  allOf,
  and,
  anyOf,
  bits,
  equal,
  holdsAll,
  holdsNone,
  ite,
  literal,
  masked,
  no,
  or,
  type Term,
  unionOf,
  yes,
} from '../solver/term.js';
import type { Alphabet, HeaderTerms } from './alphabet.js';

/** How many bits the parts of a packet have; a part that tables do not need has one bit all the same. */
export interface Widths {
  readonly port: number;
  /** Of the tag's field of each block. */
  readonly fields: readonly number[];
  readonly pc: number;
  /** Of digests and of E_n: a bit for each event, by id. */
  readonly events: number;
}

export const widthsOf = ({ widths, blocks }: Pick<Tables, 'widths' | 'blocks'>): Widths => ({
  port: 9,
  fields: blocks.map(({ width }) => Math.max(1, width)),
  pc: Math.max(1, widths.pc),
  events: Math.max(1, widths.digest),
});

/** A packet that arrives, as terms; any part may be a literal. */
export interface PacketTerms {
  readonly port: Term;
  /** The field of each block. */
  readonly tag: readonly Term[];
  readonly pc: Term;
  readonly headers: HeaderTerms;
}

/** An output of a rule, there if `when` is true. */
export interface OutputTerms {
  readonly when: Term;
  readonly rule: ForwardingRule;
  readonly port: number;
  readonly headers: HeaderTerms;
  /** The `pc` that the tables write; 0 if they write none. */
  readonly pc: number;
}

/** Whether a packet triggers an event. */
export interface DetectionTerms {
  readonly event: number;
  readonly occurs: Term;
  /**
   * All that switch and packet know after this decision: what was heard, and the events detected so far, this one
   * included if it occurs.
   */
  readonly all: Term;
}

/**
 * What the tables of one switch do, as terms: the second meaning of tables beside `tables/interpret.ts` (which see for
 * each). `alphabet` says what values are, so that headers may have any sort.
 */
export interface SwitchTerms {
  /**
   * IN: whether a block's field is stamped when the register holds E_n, and as what: a copy of its bits, or by an entry
   * (0 if there is none).
   */
  readonly stamp: (block: number, eventSet: Term) => { readonly defined: Term; readonly field: Term };
  /** SW: the copies that are sent. `forwards` is each rule with the condition under which it takes the packet. */
  readonly forward: (packet: PacketTerms) => {
    readonly forwards: readonly { readonly rule: ForwardingRule; readonly when: Term }[];
    readonly outputs: readonly OutputTerms[];
  };
  /** SW: the events that the packet triggers, as a set; and how each of them that has rules is decided, in order. */
  readonly detect: (
    packet: Pick<PacketTerms, 'port' | 'headers'>,
    eventSet: Term,
    digest: Term,
  ) => { readonly detected: Term; readonly decisions: readonly DetectionTerms[] };
  /** SW: E_n after it, and the digest of every output. */
  readonly learn: (eventSet: Term, digest: Term, detected: Term) => Term;
}

/**
 * The rules in the order in which they are tried: by priority, and where priorities are equal as in the list, like
 * `interpret.ts`.
 */
const inOrder = <Rule extends { readonly priority: number }>(rules: readonly Rule[]): Rule[] =>
  [...rules].sort((a, b) => b.priority - a.priority);

export function switchTerms(
  { stamping, forwarding, detection, learning }: SwitchTables,
  blocks: Tables['blocks'],
  widths: Widths,
  alphabet: Pick<Alphabet, 'value'>,
  { define }: Pick<Definitions, 'define'>,
): SwitchTerms {
  const { fields, pc: pcBits, port: portBits, events } = widths;

  const matches = (wanted: HeaderValues, headers: HeaderTerms): Term =>
    allOf(
      Object.entries(wanted).map(([name, value]) =>
        equal(headers.get(name as FieldName)!, alphabet.value(name as FieldName, value)),
      ),
    );

  const takes = ({ match: { port, tag, pc, headers } }: ForwardingRule, packet: PacketTerms): Term =>
    and(
      equal(packet.port, bits(port, portBits)),
      isForTag(tag, packet.tag, fields),
      pc === undefined ? and() : equal(packet.pc, bits(pc, pcBits)),
      matches(headers, packet.headers),
    );

  const rulesFor = rulesByPort(forwarding);
  const forward: SwitchTerms['forward'] = (packet) => {
    const candidates = rulesFor(packet.port)
      .map((rule) => ({ rule, takes: takes(rule, packet) }))
      .filter((candidate) => candidate.takes !== no);
    // The number of the rule, from 1, or 0: linear in the number of rules, whereas conditions that list all earlier
    // rules are not.
    const indexBits = (candidates.length + 1).toString(2).length;
    const index = candidates.reduceRight(
      (rest, candidate, i) => ite(candidate.takes, bits(i + 1, indexBits), rest),
      bits(0, indexBits),
    );
    const chosen = define(index, indexBits);
    const forwards = candidates
      .map(({ rule }, i) => ({ rule, when: define(equal(chosen, bits(i + 1, indexBits)), 'Bool') }))
      .filter(({ when }) => when !== no);
    const outputs = forwards.flatMap(({ rule, when }) =>
      rule.outputs.map(({ port, set, pc = 0 }) => ({
        when,
        rule,
        port,
        headers: withValues(packet.headers, set),
        pc,
      })),
    );
    return { forwards, outputs };
  };

  const withValues = (headers: HeaderTerms, set: HeaderValues): HeaderTerms => {
    const values = Object.entries(set).map(
      ([name, value]) => [name as FieldName, alphabet.value(name as FieldName, value)] as const,
    );
    return values.length === 0 ? headers : new Map([...headers, ...values]);
  };

  const detect: SwitchTerms['detect'] = (packet, eventSet, digest) => {
    const heard = define(unionOf(events, eventSet, digest), events);
    let detected = bits(0, events);
    let all = heard;
    const decisions: DetectionTerms[] = [];
    for (const event of [...new Set(detection.map((rule) => rule.event))].sort((a, b) => a - b)) {
      const asked = inOrder(detection.filter((rule) => rule.event === event));
      const occurs = asked.reduceRight((rest: Term, rule) => {
        const decides = and(
          equal(packet.port, bits(rule.match.port, portBits)),
          matches(rule.match.headers, packet.headers),
          condition(rule, heard, all),
        );
        return ite(decides, rule.detects ? and() : or(), rest);
      }, no);
      const self = ite(occurs, bits(1n << BigInt(event), events), bits(0, events));
      detected = define(unionOf(events, detected, self), events);
      all = define(unionOf(events, heard, detected), events);
      decisions.push({ event, occurs, all });
    }
    return { detected, decisions };
  };

  const condition = ({ required, forbidden }: DetectionRule, heard: Term, all: Term): Term =>
    and(holdsAll(heard, setOf(required), events), holdsNone(all, setOf(forbidden), events));

  const learn: SwitchTerms['learn'] = (eventSet, digest, detected) => {
    const sources = { register: eventSet, digest, detected };
    return define(unionOf(events, ...learning.map((source) => sources[source])), events);
  };

  const stamped: SwitchTerms['stamp'] = (block, eventSet) =>
    stamp(
      blocks[block]!,
      stamping.filter((entry) => entry.block === block),
      { field: fields[block]!, events },
      eventSet,
    );
  return { stamp: stamped, forward: onceEach(forward), detect, learn };
}

/** Whether a rule is for a tag. */
const isForTag = (
  wanted: ForwardingRule['match']['tag'] = [],
  tag: PacketTerms['tag'],
  fields: Widths['fields'],
): Term =>
  allOf(
    wanted.map(({ block, value, mask }) =>
      equal(masked(tag[block]!, mask, fields[block]!), bits(value, fields[block]!)),
    ),
  );

/** The rules that can take a packet, as far as its port is known, in the order in which they are tried. */
function rulesByPort(forwarding: readonly ForwardingRule[]): (port: Term) => readonly ForwardingRule[] {
  const all = inOrder(forwarding);
  const ofPort = new Map<bigint, ForwardingRule[]>();
  for (const rule of all) {
    const port = BigInt(rule.match.port);
    const rules = ofPort.get(port);
    if (rules) rules.push(rule);
    else ofPort.set(port, [rule]);
  }
  return (port) => {
    const number = literal(port);
    return number === undefined ? all : (ofPort.get(number) ?? []);
  };
}

/** Many positions share a place, a tag and a `pc`: what the tables do there is written once. */
function onceEach(forward: SwitchTerms['forward']): SwitchTerms['forward'] {
  const written = new Map<HeaderTerms, Map<string, ReturnType<SwitchTerms['forward']>>>();
  return (packet) => {
    const key = [packet.port, packet.tag.join(), packet.pc].join('|');
    const known = written.get(packet.headers) ?? new Map<string, ReturnType<SwitchTerms['forward']>>();
    written.set(packet.headers, known);
    const result = known.get(key) ?? forward(packet);
    known.set(key, result);
    return result;
  };
}

/** IN: whether a block's field is stamped, and as what. */
function stamp(
  { copies, events: own }: Tables['blocks'][number],
  stamping: SwitchTables['stamping'],
  { field: fieldBits, events }: { readonly field: number; readonly events: number },
  eventSet: Term,
): { defined: Term; field: Term } {
  if (copies) {
    const field = own.reduce(
      (rest, event, i) => {
        const isIn = holdsAll(eventSet, 1n << BigInt(event), events);
        return unionOf(fieldBits, rest, ite(isIn, bits(1n << BigInt(i), fieldBits), bits(0, fieldBits)));
      },
      bits(0, fieldBits),
    );
    return { defined: yes, field };
  }
  const part = masked(eventSet, setOf(own), events);
  const entries = stamping.map((entry) => ({
    when: equal(part, bits(setOf(entry.register), events)),
    field: bits(entry.tag, fieldBits),
  }));
  return {
    defined: anyOf(entries.map(({ when }) => when)),
    field: entries.reduceRight((rest, { when, field }) => ite(when, field, rest), bits(0, fieldBits)),
  };
}
