import { randomFrom } from '../../../src/compiler/assign-tags.js';
import {
  type DetectionRule,
  type ForwardingRule,
  type HeaderValues,
  learningSources,
  type SwitchTables,
  type Tables,
} from '../../../src/tables/tables.js';

/** A fault that was planted in tables, and what it is. */
export interface Fault {
  readonly what: string;
  readonly tables: Tables;
}

/** Picks one of some items. If there are none, the result is undefined, though the type does not say so. */
type Random = <T>(items: readonly T[]) => T;

/** Changes one item of a list. */
const at = <T>(items: readonly T[], i: number, change: (item: T) => T): T[] =>
  items.map((item, j) => (i === j ? change(item) : item));
const without = <T>(items: readonly T[], i: number): T[] => items.filter((_, j) => j !== i);

/** The ways to break one switch; each gives undefined where there is nothing to break. */
type Breaks = (here: SwitchTables, tables: Tables, random: Random) => SwitchTables | undefined;

/** A change of one forwarding rule. */
const rule =
  (
    change: (rule: ForwardingRule, tables: Tables, random: Random, here: SwitchTables) => ForwardingRule | undefined,
  ): Breaks =>
  (here, tables, random) => {
    const i = random([...here.forwarding.keys()]);
    const changed = here.forwarding[i] && change(here.forwarding[i], tables, random, here);
    return changed && { ...here, forwarding: at(here.forwarding, i, () => changed) };
  };

/** A change of one output of a rule. */
const output = (
  change: (
    output: ForwardingRule['outputs'][number],
    tables: Tables,
    random: Random,
    here: SwitchTables,
  ) => object | undefined,
): Breaks =>
  rule((one, tables, random, here) => {
    const i = random([...one.outputs.keys()]);
    const changed = one.outputs[i] && change(one.outputs[i], tables, random, here);
    return changed && { ...one, outputs: at(one.outputs, i, (old) => ({ ...old, ...changed })) };
  });

/** A change of one detection rule. */
const detection =
  (change: (rule: DetectionRule, tables: Tables, random: Random) => DetectionRule): Breaks =>
  (here, tables, random) => {
    const i = random([...here.detection.keys()]);
    return i === undefined
      ? undefined
      : { ...here, detection: at(here.detection, i, (one) => change(one, tables, random)) };
  };

/** Another value of some field, or none where there was one. */
function otherHeaders(headers: HeaderValues, tables: Tables, random: Random): HeaderValues {
  const field = random(tables.fields);
  if (!field) return headers;
  const { name, domain } = field;
  const { [name]: old, ...rest } = headers;
  const values = domain.filter((value) => value !== 'other' && value !== old);
  const value = random([undefined, ...values]);
  return value === undefined || value === old ? rest : { ...rest, [name]: value };
}

const portsOf = (tables: Tables, id: number): number[] =>
  [...tables.hosts.map((host) => host.at), ...tables.links.flatMap(({ from, to }) => [from, to])]
    .map((place) => place.split(':').map(Number))
    .filter(([n]) => n === id)
    .map(([, port]) => port!);

const toggled = (events: readonly number[], event: number): number[] =>
  events.includes(event) ? events.filter((e) => e !== event) : [...events, event].sort((a, b) => a - b);

const breaks: Readonly<Record<string, Breaks>> = {
  'an output port': output((_, tables, random, { id }) => ({ port: random(portsOf(tables, id)) })),
  'an output that sets another value': output(({ set }, tables, random) => ({
    set: otherHeaders(set, tables, random),
  })),
  'an output with another pc': output((_, { widths }, random) => ({ pc: random([...Array(2 ** widths.pc).keys()]) })),
  'an output left out': rule((one, _, random) => {
    const i = random([...one.outputs.keys()]);
    return i === undefined ? undefined : { ...one, outputs: without(one.outputs, i) };
  }),
  'an output twice': rule((one, _, random) => {
    const twice = random(one.outputs);
    return twice && { ...one, outputs: [...one.outputs, twice] };
  }),
  'a bit of a tag': rule((one, { blocks }, random) => {
    const block = random([...blocks.keys()]);
    const { width } = blocks[block]!;
    const bit = 1 << random([...Array(width).keys()]);
    const before = one.match.tag ?? [];
    const { value, mask } = before.find((own) => own.block === block) ?? { value: 0, mask: 0 };
    // Changes the mask, or the value within it: a bit of the value outside the mask would be an error of its own.
    const tag =
      (mask & bit) !== 0 && random([true, false])
        ? { block, value: value ^ bit, mask }
        : { block, value: value & ~bit, mask: mask ^ bit };
    const others = before.filter((own) => own.block !== block);
    return width === 0 ? undefined : { ...one, match: { ...one.match, tag: [...others, tag] } };
  }),
  'a match on headers': rule((one, tables, random) => ({
    ...one,
    match: { ...one.match, headers: otherHeaders(one.match.headers, tables, random) },
  })),
  'a match on pc': rule((one, { widths }, random) => ({
    ...one,
    match: { ...one.match, pc: random([...Array(2 ** widths.pc).keys()]) },
  })),
  'a match on another port': rule((one, tables, random, { id }) => ({
    ...one,
    priority: one.priority + 1_000,
    match: { ...one.match, port: random(portsOf(tables, id)) },
  })),
  'a rule left out': (here, _, random) => {
    const i = random([...here.forwarding.keys()]);
    return i === undefined ? undefined : { ...here, forwarding: without(here.forwarding, i) };
  },
  'two rules in the other order': (here, _, random) => {
    const [a, b] = [random(here.forwarding), random(here.forwarding)];
    if (!a || !b || a === b || a.match.port !== b.match.port) return undefined;
    const swapped = (one: ForwardingRule) =>
      one === a ? { ...a, priority: b.priority } : one === b ? { ...b, priority: a.priority } : one;
    return { ...here, forwarding: here.forwarding.map(swapped) };
  },
  'a detection left out': (here, _, random) => {
    const i = random([...here.detection.keys()]);
    return i === undefined ? undefined : { ...here, detection: without(here.detection, i) };
  },
  'a detection of other headers': detection((one, tables, random) => ({
    ...one,
    match: { ...one.match, headers: otherHeaders(one.match.headers, tables, random) },
  })),
  'a detection that asks for more or less': detection((one, { events }, random) => ({
    ...one,
    required: toggled(one.required, random(events).id),
  })),
  'a detection that forbids more or less': detection((one, { events }, random) => ({
    ...one,
    forbidden: toggled(one.forbidden, random(events).id),
  })),
  'a detection of another event': detection((one, { events }, random) => ({ ...one, event: random(events).id })),
  'a stamp': (here, { blocks }, random) => {
    const i = random([...here.stamping.keys()]);
    return i === undefined
      ? undefined
      : {
          ...here,
          stamping: at(here.stamping, i, (one) => ({ ...one, tag: random(blocks[one.block]!.eventSets).tag })),
        };
  },
  'a stamp left out': (here, _, random) => {
    const i = random([...here.stamping.keys()]);
    return i === undefined ? undefined : { ...here, stamping: without(here.stamping, i) };
  },
  'a source of learning left out': (here, _, random) => {
    const left = random(learningSources);
    return { ...here, learning: here.learning.filter((source) => source !== left) };
  },
};

/** `count` single faults, which a seed determines; each is a change of one entry of one table. */
export function faultsIn(tables: Tables, seed: number, count: number): Fault[] {
  const next = randomFrom(seed);
  const random: Random = (items) => items[Math.floor(next() * items.length)]!;
  const faults: Fault[] = [];
  while (faults.length < count) {
    const here = random(tables.switches);
    const what = random(Object.keys(breaks));
    const broken = breaks[what]!(here, tables, random);
    if (!broken || JSON.stringify(broken) === JSON.stringify(here)) continue;
    faults.push({
      what: `${what}, at switch ${here.id}`,
      tables: { ...tables, switches: tables.switches.map((one) => (one === here ? broken : one)) },
    });
  }
  return faults;
}
