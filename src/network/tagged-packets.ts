import type { Program } from '../language/program.js';
import { compareLocations } from '../netkat/topology.js';
import { queueOrders } from './orders.js';
import {
  type CopyKind,
  type Entry,
  type Forwarded,
  type Ingress,
  inputPorts,
  type PacketSpace,
} from './packet-space.js';
import type { RawIngress, RawNode, RawPackets } from './raw-packets.js';

interface Kind {
  readonly queue: number;
  readonly labels: readonly number[];
  readonly forwarded: readonly Forwarded[];
}

/**
 * Packets that one configuration processes wholly: `tagged`, `figure6`, `two-phase`.
 *
 * Kinds are the coarsest that the rules cannot tell apart: two copies are of one kind if they arrive at the same place,
 * match the same labels, and leave in the same numbers by the same ports as copies of the same kinds, each by its own
 * configuration. Headers that no later test looks at, and tags whose configurations agree from here on, are thereby
 * forgotten; the theorems get what they need of the packet's tree from `Entry.treeOf`.
 */
export function taggedPackets(program: Program, raw: RawPackets): PacketSpace {
  const queues = inputPorts(program);
  const queueAt = (node: RawNode) => queues.findIndex((at) => compareLocations(at, node.at) === 0);
  const kinds: Kind[] = [];
  const ids = new Map<string, CopyKind>();
  const known = new Map<string, CopyKind>();

  /** The kind of a copy at a node under a configuration. Ends, since a configuration that is run has no loops. */
  const kindOf = (node: RawNode, configuration: number): CopyKind => {
    const nodeKey = `${node.id}|${configuration}`;
    const found = known.get(nodeKey);
    if (found !== undefined) return found;
    const hop = node.hops[configuration]!;
    const outputs = hop.map(({ output }) => output);
    const alternatives = new Map<string, Forwarded>();
    for (const order of queueOrders(outputs)) {
      const moving = order.filter((i) => outputs[i]!.to);
      const moves = moving.map((i) => {
        const next = hop[i]!.next!;
        return { queue: queueAt(next), kind: kindOf(next, configuration) };
      });
      const exits = outputs.filter((output) => output.finished).length;
      alternatives.set(JSON.stringify([moves, exits]), { moves, exits, order, children: [] });
    }
    const kind: Kind = { queue: queueAt(node), labels: node.labels, forwarded: [...alternatives.values()] };
    const key = JSON.stringify([kind.queue, kind.labels, [...alternatives.keys()].sort()]);
    const id = ids.get(key) ?? kinds.push(kind) - 1;
    ids.set(key, id);
    known.set(nodeKey, id);
    return id;
  };

  const entry = ({ start, trees }: RawIngress, tag: number): Entry => {
    const configuration = raw.configurationOf[tag]!;
    const treeOf = raw.configurationOf.flatMap((c, index) => (trees[c] === trees[configuration] ? [index] : []));
    return { kind: kindOf(start, configuration), treeOf };
  };

  // Packets of one host with the same entries under every tag are interchangeable: one stands for them all.
  const ingresses: Ingress[] = [];
  const entries: Entry[][] = [];
  const seen = new Set<string>();
  for (const ingress of raw.ingresses) {
    const row = raw.configurationOf.map((_, tag) => entry(ingress, tag));
    const key = JSON.stringify([ingress.host.name, row]);
    if (seen.has(key)) continue;
    seen.add(key);
    const { host, headers, start } = ingress;
    ingresses.push({ host, headers, queue: queueAt(start), inert: start.hops.every((hop) => hop.length === 0) });
    entries.push(row);
  }
  return {
    queues,
    ingresses,
    enter: (ingress, tag) => [entries[ingress]![tag]!],
    labels: (kind) => kinds[kind]!.labels,
    forward: (kind) => kinds[kind]!.forwarded,
  };
}
