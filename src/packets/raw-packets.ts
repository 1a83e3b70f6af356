import { checkTime, LimitReached, type Limits } from '../base/limits.js';
import type { EventStructure } from '../events/event-structure.js';
import { satisfies } from '../events/formula.js';
import type { TransitionSystem } from '../events/transition-system.js';
import type { Program } from '../language/program.js';
import { type Configuration, entry, type Output, type Position } from '../netkat/configuration.js';
import type { Headers } from '../netkat/fields.js';
import { everyPacket, splitPackets } from '../netkat/ingress.js';
import type { Location } from '../netkat/policy.js';
import { type Host, showLocation } from '../netkat/topology.js';
import { grow, type TreeId, type TreeTable, treeTable } from '../netkat/tree.js';
import { blindLookout, type Lookout, type Marks } from './lookout.js';
import type { Sender } from './senders.js';
import type { TableHops } from './table-hop.js';

/**
 * An output of a hop, with the node to which it moves (undefined if it leaves the network) and what a property sees.
 */
export interface RawOutput {
  readonly output: Output;
  readonly next: RawNode | undefined;
  /** Of an output that has finished. */
  readonly exit: Marks;
}

/** A packet somewhere on its way: its headers, place and position, and what may be done with it there. */
export interface RawNode {
  readonly id: number;
  readonly headers: Headers;
  readonly at: Location;
  readonly position: Position;
  /** The `pc` that the packet has by the tables; 0 if there are no tables. */
  readonly pc: number;
  readonly labels: readonly number[];
  /**
   * By configuration: the outputs of the hop, each with the node to which it moves (undefined if it leaves the
   * network).
   */
  readonly hops: (readonly RawOutput[])[];
  /** What a property sees of the copy when it arrives, and if it is dropped. */
  readonly arrival: Marks;
  readonly dropped: Marks;
  /** Whether it is at a host port, where packets come from hosts alone. */
  readonly isEntry: boolean;
  /**
   * If there are tables, by configuration: whether they send anything other than the configuration does, and which
   * detection rules they have for the packet.
   */
  readonly byTables: { readonly differs: boolean; readonly detection: string }[];
}

/** A packet that can enter, with its tree under each configuration. */
export interface RawIngress {
  readonly host: Host;
  readonly headers: Headers;
  readonly start: RawNode;
  readonly trees: readonly TreeId[];
}

/**
 * Every packet that can enter and every node it can come to. Configurations are numbered as in `configurations`; with
 * tables, each event-set has a configuration of its own, since it has a tag of its own.
 */
export interface RawPackets {
  readonly ingresses: readonly RawIngress[];
  readonly trees: TreeTable;
  /** The nodes, by id. */
  readonly nodes: readonly RawNode[];
  /** `configurationOf[i]` is the configuration of the i-th event-set. */
  readonly configurationOf: readonly number[];
  readonly tables: TableHops | undefined;
  /** Whether a property looks at them (lookout.ts). */
  readonly isSeen: boolean;
}

/** Where packets come from, and what forwards them. */
export interface PacketSource {
  readonly program: Program;
  readonly system: TransitionSystem;
  readonly structure: EventStructure;
  readonly limits: Limits;
}

/** How packets are followed. */
export interface Following {
  /** Whether each hop may be by any configuration (best-effort); else one configuration does all hops of a packet. */
  readonly mixed: boolean;
  /**
   * Tables that are followed beside the one configuration. Packets are then also split by the fields for which tables
   * ask, and a copy that tables do not send is followed as if its `pc` were 0.
   */
  readonly tables?: TableHops | undefined;
  /**
   * Whether packets that nothing tells apart are followed as one, and event-sets of one state share its configuration.
   * If not, every packet over the domains is followed, and each event-set has a configuration of its own.
   */
  readonly classes?: boolean;
  /** What a property sees: packets are then also split by the fields for which it asks. */
  readonly lookout?: Lookout | undefined;
  /** Those packets alone that enter, in the place of all. */
  readonly senders?: readonly Pick<Sender, 'host' | 'headers'>[] | undefined;
}

/** What has been followed, by structure and by tables (the structure again if there are none). */
const known = new WeakMap<EventStructure, WeakMap<object, Map<string, Followed>>>();

interface Followed extends Pick<PacketSource, 'program' | 'system'> {
  readonly raw: RawPackets;
}

/**
 * Follows every packet that can enter. The answer is remembered as long as its structure is there: the checks of a
 * program, the proofs and the claims about tables all ask for it. @throws LimitReached
 */
export function rawPackets(source: PacketSource, following: Following): RawPackets {
  const { program, system, structure } = source;
  const { mixed, tables, classes = true, lookout = blindLookout, senders } = following;
  if (senders) return followAll(source, following);
  const ofStructure = known.get(structure) ?? new WeakMap<object, Map<string, Followed>>();
  known.set(structure, ofStructure);
  const byTables = tables?.tables ?? structure;
  const all = ofStructure.get(byTables) ?? new Map<string, Followed>();
  ofStructure.set(byTables, all);
  const key = `${mixed}|${classes}|${lookout.key}`;
  const found = all.get(key);
  if (found?.program === program && found.system === system) return found.raw;
  const raw = followAll(source, following);
  all.set(key, { program, system, raw });
  return raw;
}

function followAll(
  { program, system, structure, limits }: PacketSource,
  { mixed, tables, classes = true, lookout = blindLookout, senders }: Following,
): RawPackets {
  const isEach = tables !== undefined || !classes;
  const vectors = structure.eventSets.map((set) => structure.stateAfter(set)!);
  const numbers = new Map<string, number>();
  const configurationOf = vectors.map((vector, i) => {
    const key = isEach ? String(i) : String(vector);
    numbers.set(key, numbers.get(key) ?? numbers.size);
    return numbers.get(key)!;
  });
  if (new Set(vectors.map(String)).size > limits.states)
    throw new LimitReached(`more than ${limits.states.toLocaleString('en')} states that executions can come to`);
  const configurations: Configuration[] = [];
  for (const [i, c] of configurationOf.entries()) {
    checkTime(limits);
    configurations[c] ??= system.configurationOf(vectors[i]!);
  }
  const trees = treeTable();
  const nodes = new Map<string, RawNode>();
  const ways: Ways = { configurations, nodes, labelsOf: labelMatching(system), mixed, tables, lookout, limits };
  const ingresses: RawIngress[] = [];

  const followAt =
    (host: Host) =>
    (headers: Headers): number | undefined => {
      const treeOf = new Map<Configuration, TreeId>();
      for (const configuration of new Set(configurations)) {
        const result = grow(trees, program.topology, configuration, headers, host.at);
        if (result.kind === 'needs') return result.field;
        // Faults reject the program before it is run.
        if (result.kind === 'fault') throw new Error(`a configuration with a ${result.fault.kind} fault is run`);
        treeOf.set(configuration, result.tree);
      }
      const start = follow(ways, headers, host.at);
      if (typeof start === 'number') return start;
      ingresses.push({ host, headers, start, trees: configurations.map((c) => treeOf.get(c)!) });
      return undefined;
    };

  for (const { host, headers } of senders ?? []) {
    // Any value will do for a field that is asked for here alone: the packet is one of those that the sender is.
    let settled = headers;
    for (let field = followAt(host)(settled); field !== undefined; field = followAt(host)(settled))
      settled = settled.with(field, program.fields[field]!.domain.length - 1);
  }
  for (const host of senders ? [] : program.topology.hosts)
    (classes ? splitPackets : everyPacket)(program.fields, limits, followAt(host));
  return { ingresses, nodes: [...nodes.values()], trees, configurationOf, tables, isSeen: lookout !== blindLookout };
}

/** What packets go through, and the nodes that have been made so far. */
interface Ways {
  readonly configurations: readonly Configuration[];
  readonly nodes: Map<string, RawNode>;
  /** The labels that headers match at a place, or the undetermined field on which this depends. */
  readonly labelsOf: (headers: Headers, at: Location) => readonly number[] | number;
  readonly mixed: boolean;
  readonly tables: TableHops | undefined;
  readonly lookout: Lookout;
  readonly limits: Limits;
}

function labelMatching({ labels }: TransitionSystem): Ways['labelsOf'] {
  const labelsAt = new Map<string, number[]>();
  for (const [label, { at }] of labels.entries())
    labelsAt.set(showLocation(at), [...(labelsAt.get(showLocation(at)) ?? []), label]);
  return (headers, at) => {
    const matched: number[] = [];
    for (const label of labelsAt.get(showLocation(at)) ?? []) {
      const satisfied = satisfies(headers, labels[label]!.formula);
      if (typeof satisfied === 'number') return satisfied;
      if (satisfied) matched.push(label);
    }
    return matched;
  };
}

/**
 * The node of a packet that enters, once all nodes to which it leads are made; or the undetermined field on which its
 * way depends.
 */
function follow(
  { configurations, nodes, labelsOf, mixed, tables, lookout, limits }: Ways,
  headers: Headers,
  at: Location,
): RawNode | number {
  const added: string[] = [];
  const rows: { node: RawNode; by: number }[] = [];
  const work: { node: RawNode; by: readonly number[] }[] = [];
  const done = new Set<string>();
  const visit = (
    headers: Headers,
    at: Location,
    position: Position,
    pc: number,
    by: readonly number[],
  ): RawNode | number => {
    const key = `${headers}|${showLocation(at)}|${position}|${pc}`;
    let node = nodes.get(key);
    if (!node) {
      const labels = labelsOf(headers, at);
      if (typeof labels === 'number') return labels;
      const arrival = lookout.arrival(headers, at);
      if (typeof arrival === 'number') return arrival;
      const dropped = lookout.dropped(headers, at);
      if (typeof dropped === 'number') return dropped;
      const isEntry = position === entry;
      node = { id: nodes.size, headers, at, position, pc, labels, hops: [], byTables: [], arrival, dropped, isEntry };
      nodes.set(key, node);
      added.push(key);
      if (nodes.size > limits.packetKinds)
        throw new LimitReached(`more than ${limits.packetKinds} kinds of packets on their way`);
    }
    const fresh = by.filter((c) => !done.has(`${node.id}|${c}`));
    for (const c of fresh) done.add(`${node.id}|${c}`);
    if (fresh.length > 0) work.push({ node, by: fresh });
    return node;
  };
  // An attempt that turns out to need a field is undone, since it would leave half explored nodes behind.
  const giveUp = (field: number): number => {
    for (const key of added) nodes.delete(key);
    for (const { node, by } of rows) delete node.hops[by];
    return field;
  };

  const all = configurations.map((_, c) => c);
  const start = visit(headers, at, entry, 0, all);
  if (typeof start === 'number') return giveUp(start);
  for (let item = work.pop(); item; item = work.pop()) {
    for (const c of item.by) {
      if (item.node.hops[c]) continue;
      const hop = hopOf(configurations[c]!, item.node);
      if (typeof hop === 'number') return giveUp(hop);
      const { node } = item;
      const beside = tables?.hop(node.headers, node.at, node.pc, tables.tagOf(c), hop);
      if (beside?.kind === 'needs') return giveUp(beside.field);
      if (beside) node.byTables[c] = { differs: !beside.agrees, detection: beside.detection };
      const row: RawOutput[] = [];
      for (const [o, output] of hop.entries()) {
        const pc = beside?.pcs[o] ?? 0;
        const next = output.to && visit(output.headers, output.to, output.position, pc, mixed ? all : [c]);
        if (typeof next === 'number') return giveUp(next);
        const exit = lookout.exit(output, node.at);
        if (typeof exit === 'number') return giveUp(exit);
        row.push({ output, next, exit });
      }
      node.hops[c] = row;
      rows.push({ node, by: c });
    }
  }
  return start;
}

function hopOf(configuration: Configuration, node: RawNode): readonly Output[] | number {
  const hop = configuration.hop(node.headers, node.at, node.position);
  return hop.kind === 'needs' ? hop.field : hop.outputs;
}
