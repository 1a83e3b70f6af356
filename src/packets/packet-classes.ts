import type { RawIngress, RawNode, RawPackets } from './raw-packets.js';

/*
 * One packet stands for all that behave alike (the reduction `packets`). Packets are told apart no further than rules
 * and theorems can tell them apart, in five ways, of which the first three are applied where packets are made:
 *
 * - Headers for which nothing asks stay undetermined (`splitPackets`): packets that differ in them take the same steps.
 * - Copies are of one kind if nothing that can still happen to them differs (`taggedPackets`). This is a bisimulation:
 *   rules ask of a copy only where it is, which labels it matches and where its hop leads; theorems ask for its tree,
 *   which `Entry` has.
 * - A packet that its first switch drops under every configuration does not enter, if it cannot break anything itself
 *   (`Ingress.inert`): its IN and SW change no switch, match no label (host ports have none), and put no other steps in
 *   order. Without these two steps the same execution remains, with one packet fewer.
 * - Packets of one host whose ways through every mixture of configurations differ only by a renaming of headers are one
 *   (`distinct`).
 * - Of hosts of one switch that nothing tells apart, where packets keep their tags, only as many send as packets enter
 *   (`fewHosts` in `network/tagged-packets.ts`).
 *
 * Where a property is watched (lookout.ts), what it sees of a packet tells packets apart everywhere: it asks for fields
 * as rules do, is part of a kind and of a way, and a packet enters whatever its first switch does with it.
 */

/**
 * One packet for each way to behave. Packets of one host whose ways through every mixture of configurations differ only
 * by a renaming of headers are interchangeable, since rules and theorems never compare headers of different packets.
 */
export function distinct(raw: RawPackets): RawIngress[] {
  const kept = new Map<string, RawIngress>();
  for (const ingress of raw.ingresses) {
    const key = `${ingress.host.name}|${signature(ingress.start)}`;
    if (!kept.has(key)) kept.set(key, ingress);
  }
  return [...kept.values()];
}

/**
 * The graph of the nodes to which a packet can come, as a text; nodes and headers are numbered in the order in which
 * they are met.
 */
function signature(start: RawNode): string {
  const headers = new Map<string, number>();
  const nodes = new Map<RawNode, number>([[start, 0]]);
  const name = <Key>(names: Map<Key, number>, key: Key): number => {
    const found = names.get(key) ?? names.size;
    names.set(key, found);
    return found;
  };
  const rows: unknown[] = [];
  for (const node of nodes.keys()) {
    const hops = node.hops.map((outputs) =>
      outputs.map(({ output, next, exit }) => [
        output.port,
        output.finished,
        name(headers, String(output.headers)),
        next ? name(nodes, next) : -1,
        exit,
      ]),
    );
    const { arrival, dropped } = node;
    rows.push([node.at.switch, node.at.port, name(headers, String(node.headers)), node.labels, hops, arrival, dropped]);
  }
  return JSON.stringify(rows);
}
