import { greatest } from '../base/extremes.js';
import type { Limits } from '../base/limits.js';
import { LimitReached } from '../base/limits.js';
import type { Problem } from '../engines/engine.js';
import { members } from '../events/event-set.js';
import type { ExecutionOptions } from '../execution/execution.js';
import { queueOrders } from '../execution/orders.js';
import type { Headers } from '../netkat/fields.js';
import type { Location } from '../netkat/policy.js';
import { compareLocations, showLocation } from '../netkat/topology.js';
import { type RawNode, type RawPackets, rawPackets } from '../packets/raw-packets.js';

/**
 * A problem as data for other model checkers: event-sets as bit masks, packets as kinds. The rules of spec 3 and the
 * definitions of spec 4 are not in here: they are written in the other tools' languages.
 */
export interface ExportedModel {
  readonly options: ExecutionOptions;
  /** Numbers of the switches; everywhere else a switch is its index here. */
  readonly switches: readonly number[];
  /** Places where packets arrive, by switch, then port: the input queues. */
  readonly queues: readonly { readonly at: Location; readonly switch: number }[];
  /** For each event the index of its label. */
  readonly labelOf: readonly number[];
  /** F as bit masks, and the configuration `g` gives each of its sets, by number. */
  readonly eventSets: readonly { readonly mask: number; readonly configuration: number }[];
  /** The maximal consistent sets, as bit masks. */
  readonly maximal: readonly number[];
  readonly configurations: number;
  readonly kinds: readonly Kind[];
  readonly entries: readonly ModelEntry[];
  /** Whether loops were unrolled only so far (spec 2.5), so that no answer of these tools is for all executions. */
  readonly truncated: boolean;
}

/** A copy somewhere: where it is, what it matches there, and what becomes of it under each configuration. */
export interface Kind {
  readonly queue: number;
  /** Bit masks of the events and of the labels that it matches on arrival. */
  readonly events: number;
  readonly labels: number;
  readonly hops: readonly KindHop[];
}

/** One hop of a kind by one configuration. */
export interface KindHop {
  /** How many outputs leave the network. */
  readonly exits: number;
  /** The kinds that it moves to: a list for each order in which they may be queued. */
  readonly orders: readonly (readonly number[])[];
  /** The configurations, as bits, under which the whole packet would have come here and left in the same way. */
  readonly agree: number;
}

/** A packet that can enter. */
export interface ModelEntry {
  readonly at: Location;
  readonly headers: Headers;
  readonly kind: number;
  /** For each configuration, those that give the packet the same tree, as bits. */
  readonly sameTree: readonly number[];
}

/** The number of bits that a mask may have: every tool's integers have as many. */
const maxBits = 30;
/** @throws LimitReached if masks have too few bits, or kinds are too many */
export function modelOf({ program, system, structure, options, limits }: Problem): ExportedModel {
  const { events, eventSets } = structure;
  const raw = rawPackets({ program, system, structure, limits }, { mixed: true });
  const configurations = greatest(raw.configurationOf) + 1;
  if (events.length > maxBits) throw new LimitReached(`${events.length} events are more than ${maxBits} bits hold`);
  if (configurations > maxBits)
    throw new LimitReached(`${configurations} configurations are more than ${maxBits} bits hold`);
  const { switches, hosts, links } = program.topology;
  const places = new Map(
    [...hosts.map(({ at }) => at), ...links.map(({ to }) => to)].map((at) => [showLocation(at), at]),
  );
  const queues = [...places.values()].sort(compareLocations).map((at) => ({ at, switch: switches.indexOf(at.switch) }));
  const queueOf = new Map(queues.map(({ at }, i) => [showLocation(at), i]));
  const { kinds, numberOf } = closure(raw, configurations, limits, (node) => ({
    queue: queueOf.get(showLocation(node.at))!,
    events: bits(node.labels.flatMap((label) => structure.eventsOf[label]!)),
    labels: bits(node.labels),
  }));
  return {
    options,
    switches,
    queues,
    labelOf: events.map(({ label }) => label),
    eventSets: eventSets.map((set, i) => ({ mask: bits(members(set)), configuration: raw.configurationOf[i]! })),
    maximal: structure.maximal.map((set) => bits(members(set))),
    configurations,
    kinds,
    entries: raw.ingresses.map(({ host, headers, start, trees }) => ({
      at: host.at,
      headers,
      kind: numberOf(start),
      sameTree: trees.map((tree) => bits([...trees.keys()].filter((c) => trees[c] === tree))),
    })),
    truncated: structure.frontier.length > 0,
  };
}

const bits = (members: Iterable<number>): number => {
  let mask = 0;
  for (const member of members) mask |= 1 << member;
  return mask;
};

/**
 * A copy, and the node where it would be under each configuration if that configuration alone had forwarded it;
 * undefined where that would have led it another way.
 */
interface Joint {
  readonly node: RawNode;
  readonly under: readonly (RawNode | undefined)[];
}

/** Every kind that a packet can come to, whatever configuration each hop is by. */
function closure(
  { ingresses }: RawPackets,
  configurations: number,
  limits: Limits,
  describe: (node: RawNode) => Omit<Kind, 'hops'>,
): { readonly kinds: readonly Kind[]; readonly numberOf: (start: RawNode) => number } {
  const joints: Joint[] = [];
  const numbers = new Map<string, number>();
  const intern = (joint: Joint): number => {
    const key = `${joint.node.id}|${joint.under.map((node) => node?.id ?? '')}`;
    const found = numbers.get(key) ?? joints.push(joint) - 1;
    numbers.set(key, found);
    if (joints.length > limits.packetKinds) throw new LimitReached(`more than ${limits.packetKinds} kinds of packets`);
    return found;
  };
  const numberOf = (start: RawNode) => intern({ node: start, under: new Array(configurations).fill(start) });
  for (const { start } of ingresses) numberOf(start);

  const all = [...new Array(configurations).keys()];
  const kinds: Kind[] = [];
  for (const joint of joints) {
    const hops = all.map((c): KindHop => {
      const outputs = joint.node.hops[c]!;
      const same = all.filter((x) => joint.under[x] && leavesAs(joint.under[x], x, joint.node, c));
      const next = outputs.map(({ next }, i) => {
        if (!next) return undefined;
        const under = all.map((x) => (same.includes(x) ? joint.under[x]!.hops[x]![i]!.next : undefined));
        return intern({ node: next, under });
      });
      const orders = queueOrders(outputs.map(({ output }) => output));
      return {
        exits: outputs.filter(({ output }) => output.finished).length,
        orders: orders.map((order) => order.flatMap((i) => next[i] ?? [])),
        agree: bits(same),
      };
    });
    kinds.push({ ...describe(joint.node), hops });
  }
  return { kinds, numberOf };
}

/**
 * Whether copy `a` leaves under configuration x as copy `b` leaves under c: by the same ports with the same headers.
 */
const leavesAs = (a: RawNode, x: number, b: RawNode, c: number): boolean => leaving(a, x) === leaving(b, c);

/** How a copy leaves, as a text to compare. (Outputs are sorted by port and headers, see `Configuration.hop`.) */
const leaving = (node: RawNode, c: number): string =>
  node.hops[c]!.map(
    ({ output, next }) => `${output.port}|${output.headers}|${output.finished}|${next !== undefined}`,
  ).join(' ');
