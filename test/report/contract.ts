/** `--json` as interface.md has it, written down a second time: nothing here is taken from src/. */
import {
  all,
  ascending,
  flag,
  keyed,
  listOf,
  matching,
  oneOf,
  optional,
  orNull,
  record,
  refuse,
  type Shape,
  text,
  whole,
} from './shape.js';

const byLengthThenItems = (a: readonly number[], b: readonly number[]): number => {
  if (a.length !== b.length) return a.length - b.length;
  const i = a.findIndex((item, j) => item !== b[j]);
  return i < 0 ? 0 : a[i]! - b[i]!;
};

const eventSet = all(
  listOf(whole()),
  ascending<number>((a, b) => a - b, 'size'),
);
const location = matching(/^\d+:\d+$/);
const vector = listOf(whole());
const statuses = oneOf('proved', 'holds', 'violated', 'unknown');
const codes = 'syntax name topology egress forwarding-loop undetermined incomplete nonlocal cycle'.split(' ');

const isInteger = (value: string): boolean => /^\d+$/.test(value);

/** "Values sort integers first, by size, then the rest by text." */
function compareValues(a: string, b: string): number {
  if (isInteger(a) !== isInteger(b)) return isInteger(a) ? -1 : 1;
  if (isInteger(a) && a !== b) return Number(a) - Number(b);
  return a < b ? -1 : Number(a > b);
}

/** Literals by field, then value, `=` before `!=`. */
export const formula: Shape = (value, at) => {
  if (value === 'true') return;
  if (typeof value !== 'string') refuse(value, at, 'a formula');
  const literals = value.split(' & ').map((literal) => {
    const parts = /^([a-z]+(?:_[a-z]+)?)(=|!=)([^\s=!&]+)$/.exec(literal);
    if (!parts) refuse(value, at, 'literals FIELD=VALUE, FIELD!=VALUE, joined by " & "');
    return { field: parts[1]!, equal: parts[2] === '=', value: parts[3]! };
  });
  type Literal = (typeof literals)[number];
  const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
  const compare = (a: Literal, b: Literal): number =>
    byText(a.field, b.field) || compareValues(a.value, b.value) || Number(b.equal) - Number(a.equal);
  ascending(compare, 'field, then value, = before !=')(literals, at);
};

/** `{"ip_dst": "H4", "vlan_id": 5}`: integers are numbers, all else is text; by name. */
export const headers: Shape = (value, at) => {
  for (const [name, said] of Object.entries(keyed(value, at))) {
    matching(/^(eth_src|eth_dst|eth_type|vlan_id|ip_src|ip_dst|ip_proto|tcp_src|tcp_dst|udp_src|udp_dst)$/)(name, at);
    if (typeof said === 'number') whole()(said, `${at}.${name}`);
    else if (typeof said !== 'string' || said === '' || isInteger(said)) refuse(said, `${at}.${name}`, 'a value');
  }
};

const program = record({ file: text, sha256: matching(/^[0-9a-f]{64}$/) });
const edge = record({ from: vector, to: vector, formula, at: location });
const ets = record({
  initial: vector,
  states: all(listOf(vector, 1), ascending(byLengthThenItems, 'length, then item by item')),
  edges: listOf(edge),
});
const event = record({ id: whole(), formula, at: location, occurrence: whole(1) });
const nes = record({
  events: listOf(event),
  eventSets: all(listOf(eventSet, 1), ascending(byLengthThenItems, 'length, then item by item')),
  locallyDetermined: flag,
});
const rejection = record({ code: oneOf(...codes), message: text, line: orNull(whole(1)), column: orNull(whole(1)) });
const options = record({
  semantics: oneOf('tagged', 'figure6', 'two-phase', 'best-effort'),
  packets: whole(),
  controller: flag,
});

const steps: Readonly<Record<string, Shape>> = {
  IN: record({ packet: whole(), at: location, headers, tag: orNull(eventSet) }),
  SW: record({
    packet: whole(),
    at: location,
    tag: eventSet,
    digestIn: eventSet,
    detected: eventSet,
    eventSet,
    outputs: listOf(record({ port: whole(), headers, digest: eventSet })),
  }),
  LINK: record({ packet: whole(), from: location, to: location }),
  OUT: record({ packet: whole(), at: location, host: orNull(text) }),
  CTRLRECV: record({ item: all(eventSet, listOf(whole(), 1)) }),
  CTRLSEND: record({ switch: whole(), eventSet }),
};

const step: Shape = (value, at) => {
  const { rule } = keyed(value, at);
  const shape = steps[String(rule)];
  if (!shape) refuse(rule, `${at}.rule`, `one of ${Object.keys(steps).join(', ')}`);
  shape(value, at);
};

const execution = {
  packet: orNull(whole()),
  event: orNull(whole()),
  explanation: matching(/^\S.{20,}\S$/),
};
const counterexample = record({
  ...execution,
  kind: oneOf('inconsistent', 'undefined-configuration', 'mixture', 'too-early', 'too-late'),
  steps: listOf(step, 1),
});
/** There are no steps if no execution is known that comes to the difference. */
const difference = record({ ...execution, kind: oneOf('compiler'), steps: listOf(step) });

const checked = record({ status: statuses, states: whole(), counterexample: orNull(counterexample) });
const tablesChecked = record({
  status: oneOf('proved', 'violated', 'unknown'),
  obligations: whole(),
  counterexample: orNull(difference),
});

/** One program's document. */
export const document: Shape = all(
  record({
    tool: record({ name: oneOf('snk-verify'), version: matching(/^\d+\.\d+\.\d+/) }),
    program,
    rejected: orNull(rejection),
    ets: optional(ets),
    nes: optional(nes),
    rules: optional(record({ guarded: whole(), shared: whole(), total: whole() })),
    options,
    checks: record({
      lemma3: optional(checked),
      'theorem1.paper': optional(checked),
      'theorem1.causal': optional(checked),
      tables: optional(tablesChecked),
    }),
  }),
  (value, at) => agree(value as Document, at),
);

interface Step {
  readonly rule: string;
  readonly packet?: number;
  readonly at?: string;
  readonly tag?: readonly number[] | null;
  readonly digestIn?: readonly number[];
  readonly detected?: readonly number[];
  readonly item?: readonly number[];
  readonly host?: string | null;
  readonly outputs?: readonly { readonly digest: readonly number[] }[];
}

interface Counterexample {
  readonly kind: string;
  readonly packet: number | null;
  readonly event: number | null;
  readonly steps: readonly Step[];
}

/** What `document` promises, as a type. */
export interface Document {
  readonly program: { readonly file: string; readonly sha256: string };
  readonly rejected: { readonly code: string; readonly line: number | null; readonly column: number | null } | null;
  readonly ets?: {
    readonly initial: readonly number[];
    readonly states: readonly (readonly number[])[];
    readonly edges: readonly Edge[];
  };
  readonly nes?: { readonly events: readonly Event[]; readonly eventSets: readonly (readonly number[])[] };
  readonly options: { readonly semantics: string; readonly packets: number; readonly controller: boolean };
  readonly checks: Readonly<
    Record<string, { readonly status: string; readonly counterexample: Counterexample | null } | undefined>
  >;
}
interface Edge {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly formula: string;
  readonly at: string;
}
interface Event {
  readonly id: number;
  readonly formula: string;
  readonly at: string;
  readonly occurrence: number;
  /** Of an event that its history names. */
  readonly time?: number;
  readonly after?: number | null;
}

/** What holds between the parts of a document. */
function agree(value: Document, at: string): void {
  const { rejected, ets, nes, options, checks } = value;
  if (rejected && Object.keys(checks).length > 0) refuse(checks, `${at}.checks`, 'nothing, of a rejected program');
  if (!rejected && !checks['lemma3']) refuse(checks, `${at}.checks`, 'lemma3');
  if (ets) {
    const states = ets.states.map(String);
    for (const state of [ets.initial, ...ets.edges.flatMap(({ from, to }) => [from, to])])
      if (!states.includes(String(state))) refuse(state, `${at}.ets`, 'a state of the list');
    for (const { from, to } of ets.edges) if (String(from) === String(to)) refuse(from, `${at}.ets`, 'a change');
  }
  if (nes) {
    nes.events.forEach(({ id }, i) => void (id === i || refuse(id, `${at}.nes.events[${i}].id`, String(i))));
    if (nes.eventSets[0]!.length > 0) refuse(nes.eventSets[0], `${at}.nes.eventSets[0]`, 'the empty set');
    for (const e of nes.eventSets.flat()) if (e >= nes.events.length) refuse(e, `${at}.nes.eventSets`, 'an event');
    agreeEvents(nes.events, `${at}.nes.events`);
  }
  if (checks['tables'] && options.semantics !== 'tagged') refuse(checks, `${at}.checks`, 'tables under tagged alone');
  // If the tables differ from the program, no other check has a verdict.
  if (checks['tables']?.status === 'violated')
    for (const [name, check] of Object.entries(checks))
      if (name !== 'tables' && check?.status !== 'unknown') refuse(check, `${at}.checks.${name}.status`, 'unknown');
  for (const [name, check] of Object.entries(checks)) {
    if (!check) continue;
    const place = `${at}.checks.${name}`;
    if ((check.status === 'violated') !== (check.counterexample !== null))
      refuse(check.counterexample, `${place}.counterexample`, 'one exactly where the check is violated');
    if (check.counterexample) agreeSteps(check.counterexample, options, `${place}.counterexample`);
  }
}

/** How events are numbered (interface.md): by occurrence, or by what happened before them at their switch. */
function agreeEvents(events: readonly Event[], at: string): void {
  for (const event of events) {
    const { id, formula, at: place, occurrence, time, after } = event;
    const same = events.filter((other) => other.formula === formula && other.at === place);
    if (time === undefined) {
      if (same.filter((other) => other.occurrence === occurrence).length > 1 || occurrence > same.length)
        refuse(same, at, 'occurrences numbered from 1');
      continue;
    }
    const before = after == null ? undefined : events[after];
    if (time !== (before?.time ?? 0) + 1) refuse(event, `${at}[${id}]`, 'one event later than that before it');
    if (same.some((other) => other.id !== id && other.time !== undefined && other.after === after))
      refuse(same, at, 'one event for each history');
    const inHistory = (one: Event | undefined): number =>
      one === undefined ? 0 : inHistory(one.after == null ? undefined : events[one.after]) + Number(same.includes(one));
    if (occurrence !== inHistory(event)) refuse(event, `${at}[${id}]`, 'how often the label is in its history');
  }
}

/** Numbering, tags and digests by the variant (interface.md, last paragraphs). */
function agreeSteps({ packet, steps }: Counterexample, options: Document['options'], at: string): void {
  const { semantics, packets, controller } = options;
  const isTagged = semantics === 'tagged' || semantics === 'figure6';
  let entered = 0;
  for (const [i, step] of steps.entries()) {
    const place = `${at}.steps[${i}]`;
    if (step.rule === 'IN') {
      if (step.packet !== entered++) refuse(step.packet, `${place}.packet`, 'packets numbered in the order of entry');
      if ((step.tag === null) !== (semantics === 'best-effort'))
        refuse(step.tag, `${place}.tag`, 'null in best-effort alone');
    } else if (step.packet !== undefined && step.packet >= entered)
      refuse(step.packet, `${place}.packet`, 'a packet that has entered');
    if (step.rule === 'SW' && !isTagged) {
      const digests = [step.digestIn!, step.detected!, ...step.outputs!.map(({ digest }) => digest)];
      if (digests.some((set) => set.length > 0)) refuse(step, place, 'empty digests, and nothing detected');
    }
    if (step.rule === 'CTRLRECV' && semantics !== 'tagged' && step.item!.length !== 1)
      refuse(step.item, `${place}.item`, 'one event');
    if (step.rule === 'CTRLSEND' && !controller) refuse(step, place, 'no CTRLSEND');
    if (step.rule === 'OUT' && step.host === null && semantics !== 'best-effort')
      refuse(step, place, 'a host: only in best-effort a packet may leave at an internal port');
  }
  if (entered > packets) refuse(entered, at, `${packets} packets at most`);
  if (packet !== null && packet >= entered) refuse(packet, `${at}.packet`, 'a packet that entered');
}
