import { childrenFirst } from '../base/children-first.js';
import { compareNumberLists } from '../events/event-set.js';
import { queueOrders } from '../execution/orders.js';
import type { Program } from '../language/program.js';
import { compareLocations, type Host } from '../netkat/topology.js';
import type { TreeId } from '../netkat/tree.js';
import { inputPorts } from '../packets/places.js';
import type { RawNode, RawPackets } from '../packets/raw-packets.js';
import { noMemory } from './memory.js';
import type { CopyKind, EnteringPacket, Forwarded, Ingress, PacketSpace, SeenHop } from './packet-space.js';

interface Kind {
  readonly queue: number;
  readonly labels: readonly number[];
  readonly forwarded: readonly Forwarded[];
  /** One packet of the kind. */
  readonly node: RawNode;
  readonly differs: 'no' | 'hop' | 'stamp';
  readonly isNoted: boolean;
  /** All that tells it from other kinds, except the queue in which it waits. */
  readonly behaviour: string;
  readonly seen: SeenHop;
}

/** Packets beside which tables may be followed. */
export interface TaggedPackets extends PacketSpace {
  /**
   * Whether tables differ from the configuration already: in the tag that the packet was stamped with, or in this hop.
   */
  readonly differs: (kind: CopyKind) => 'no' | 'hop' | 'stamp';
  /** A packet of the kind. */
  readonly example: (kind: CopyKind) => RawNode;
}

/**
 * Packets that one configuration processes wholly: `tagged`, `figure6`, `two-phase`.
 *
 * Kinds are the coarsest that the rules cannot tell apart: two copies are of one kind if they arrive at the same place,
 * match the same labels, and each, under the configuration of its own tag, leaves by the same ports as equally many
 * copies of the same kinds. Headers that no later test looks at, and tags whose configurations agree from here on, are
 * thereby forgotten; the theorems get what they need of the packet's tree from `Entry.treeOf`. Where tables are
 * followed too, copies of one kind also have the same detection rules apply to them, and either all are sent on by the
 * tables as by the configuration or none is. Without `classes` a kind is one packet at one place with one tag, and
 * every packet enters. Where a property is watched (packets/packet-classes.ts), copies of one kind also look alike to
 * it, here and from here on, no packet is inert, and all hosts may send.
 * @param packets how many enter at most: so many of the hosts that nothing tells apart may send
 */
export function taggedPackets(
  program: Program,
  raw: RawPackets,
  classes = true,
  packets = Number.POSITIVE_INFINITY,
): TaggedPackets {
  const queues = inputPorts(program);
  const queueAt = (node: RawNode) => queues.findIndex((at) => compareLocations(at, node.at) === 0);
  const kinds: Kind[] = [];
  const ids = new Map<string, CopyKind>();
  const known = new Map<string, CopyKind>();

  /** The kind of a copy at a node under a configuration. Ends, since a configuration that is run has no loops. */
  const kindOf = (node: RawNode, configuration: number, stamped: boolean): CopyKind => {
    const found = known.get(`${node.id}|${configuration}|${stamped}`);
    if (found !== undefined) return found;
    childrenFirst(
      node,
      (at) => nextOf(at, configuration),
      (at) => at !== node && known.has(`${at.id}|${configuration}|true`),
      (at) => kindAbove(at, configuration, at === node ? stamped : true),
    );
    return kindAbove(node, configuration, stamped);
  };
  /** Where the copies of a packet are next. */
  const nextOf = (node: RawNode, configuration: number): RawNode[] =>
    node.hops[configuration]!.flatMap(({ output, next }) => (output.to ? [next!] : []));
  /** The same, where the kinds of what follows are known. */
  const kindAbove = (node: RawNode, configuration: number, stamped: boolean): CopyKind => {
    const nodeKey = `${node.id}|${configuration}|${stamped}`;
    const found = known.get(nodeKey);
    if (found !== undefined) return found;
    const hop = node.hops[configuration]!;
    const outputs = hop.map(({ output }) => output);
    const seen = seenAt(node, configuration, (next) => kinds[known.get(`${next.id}|${configuration}|true`)!]!.seen);
    const alternatives = new Map<string, Forwarded>();
    for (const order of queueOrders(outputs)) {
      const moving = order.filter((i) => outputs[i]!.to);
      const moves = moving.map((i) => {
        const next = hop[i]!.next!;
        return { queue: queueAt(next), kind: known.get(`${next.id}|${configuration}|true`)! };
      });
      const exits = outputs.filter((output) => output.finished).length;
      alternatives.set(JSON.stringify([moves, exits]), { moves, exits, order, children: [], seen });
    }
    const { differs: differsHere = false, detection = '' } = node.byTables[configuration] ?? {};
    const differs = stamped ? (differsHere ? 'hop' : 'no') : 'stamp';
    const forwarded = [...alternatives.values()];
    const { labels } = node;
    const isNoted = labels.length > 0 || detection !== '' || differs !== 'no';
    const behaviour = JSON.stringify([labels, differs, detection, [...alternatives.keys()].sort(), seen]);
    const kind: Kind = { queue: queueAt(node), labels, forwarded, node, differs, isNoted, behaviour, seen };
    const key = `${kind.queue}|${behaviour}`;
    const id = (classes ? ids.get(key) : undefined) ?? kinds.push(kind) - 1;
    ids.set(key, id);
    known.set(nodeKey, id);
    return id;
  };

  // Packets of one host are interchangeable if under every tag they start as the same kind, and the same tags give them
  // equal trees: one stands for them all.
  const all: Entering[] = [];
  const seen = new Set<string>();
  for (const { host, headers, start, trees } of raw.ingresses) {
    const tagsOf = tagsByTree(raw, trees);
    const row = raw.configurationOf.map((c, tag) => {
      const stamped = raw.tables?.stampsRightly(start.at, tag) ?? true;
      const kind = kindOf(start, c, stamped);
      const { below } = kinds[kind]!.seen;
      return { kind, treeOf: tagsOf.get(trees[c]!)!, arrival: start.arrival, below };
    });
    const isDropped = start.hops.every((hop) => hop.length === 0);
    const isNoticed =
      raw.tables?.learnAll === false ||
      row.some(({ kind }) => kinds[kind]!.differs !== 'no') ||
      start.byTables.some((t) => t.detection !== '');
    // For each tag, the first tag that gives an equal tree: together they say which tags give equal trees.
    const key = JSON.stringify([host.name, row.map(({ kind, treeOf }) => [kind, treeOf[0]]), start.arrival]);
    if (classes && seen.has(key)) continue;
    seen.add(key);
    const inert = classes && isDropped && !isNoticed && !raw.isSeen;
    all.push({ ingress: { host, headers, queue: queueAt(start), inert }, row });
  }
  const entering = classes && !raw.isSeen ? fewHosts(all, kinds, packets) : all;
  const entries = entering.map(({ row }) => row.map((entry) => [entry]));
  return {
    queues,
    ingresses: entering.map(({ ingress }) => ingress),
    enter: (ingress, tag) => entries[ingress]![tag]!,
    labels: (kind) => kinds[kind]!.labels,
    isNoted: (kind) => kinds[kind]!.isNoted,
    forward: (kind) => kinds[kind]!.forwarded,
    memory: noMemory,
    differs: (kind) => kinds[kind]!.differs,
    example: (kind) => kinds[kind]!.node,
  };
}

/** The tags under which a packet has each of its trees. */
function tagsByTree({ configurationOf }: RawPackets, trees: readonly TreeId[]): Map<TreeId, number[]> {
  const tagsOf = new Map<TreeId, number[]>();
  for (const [tag, c] of configurationOf.entries()) {
    const tags = tagsOf.get(trees[c]!) ?? [];
    tags.push(tag);
    tagsOf.set(trees[c]!, tags);
  }
  return tagsOf;
}

/** A packet that can enter, and how it starts under each tag. */
interface Entering {
  readonly ingress: Ingress;
  readonly row: readonly EnteringPacket[];
}

/**
 * The packets of so many hosts only of those that nothing tells apart: hosts of one switch whose packets start as kinds
 * that differ in nothing but the port at which they wait (no link leads to a host's port), with equal trees under the
 * same tags. To exchange two such hosts, with the queues of their ports, maps every execution to one of as many packets
 * and steps that keeps and breaks the same (as in reductions/symmetry.ts). In an execution of n packets at most n hosts
 * of a class send any, and by such exchanges these are the first n.
 */
function fewHosts(all: readonly Entering[], kinds: readonly Kind[], packets: number): Entering[] {
  const byHost = new Map<Host, Entering[]>();
  for (const one of all) byHost.set(one.ingress.host, [...(byHost.get(one.ingress.host) ?? []), one]);
  const classes = new Map<string, number>();
  const left = [...byHost].filter(([host, sent]) => {
    const packetsOf = sent.map(({ ingress, row }) =>
      JSON.stringify([ingress.inert, row.map(({ kind, treeOf }) => [kinds[kind]!.behaviour, treeOf])]),
    );
    const key = JSON.stringify([host.at.switch, packetsOf.sort()]);
    const before = classes.get(key) ?? 0;
    classes.set(key, before + 1);
    return before < Math.max(1, packets);
  });
  return left.flatMap(([, sent]) => sent);
}

/** What a property sees of a hop and of all that follows it; `below` gives that of the hops that follow. */
function seenAt(node: RawNode, configuration: number, below: (next: RawNode) => SeenHop): SeenHop {
  const hop = node.hops[configuration]!;
  const leaving = hop.filter(({ output }) => output.finished).map(({ exit }) => exit);
  if (hop.length === 0) leaving.push(node.dropped);
  const later = hop.flatMap(({ next }) => (next ? [...next.arrival, ...below(next).below!] : []));
  const all = new Set([...leaving.flat(), ...later]);
  return {
    arrival: node.isEntry ? null : node.arrival,
    leaving: leaving.toSorted((a, b) => a.length - b.length || compareNumberLists(a, b)),
    below: [...all].sort((a, b) => a - b),
  };
}
