import type { RawIngress, RawNode, RawPackets } from './raw-packets.js';

/*
 * One packet for all that behave alike (the reduction `packets`). Four things are told apart no further than the rules and the
 * theorems can tell them apart, of which the first three are done where packets are made:
 *
 * - Headers that nothing asks for stay undetermined (`splitPackets`): packets that differ in them take the same steps.
 * - Copies are of one kind if nothing that can still happen to them differs (`taggedPackets`): a bisimulation, for rules ask of
 *   a copy only where it is, which labels it matches and where its hop leads; theorems ask for its tree, which `Entry` has.
 * - A packet that its first switch drops whatever the configuration is not entered, if it cannot break anything itself
 *   (`Ingress.inert`): its IN and SW change no switch, match no label, for hosts' ports have none, and are between no other
 *   steps that they alone put in order. Without them the same execution remains, with one packet fewer.
 * - Packets of one host whose ways through every mixture of configurations differ by a renaming of headers: `distinct`.
 */

/**
 * One packet for each way to behave: packets of one host whose ways through every mixture of configurations differ by a
 * renaming of headers are interchangeable, for the rules and theorems compare headers of one packet only.
 */
export function distinct(raw: RawPackets): RawIngress[] {
  const kept = new Map<string, RawIngress>();
  for (const ingress of raw.ingresses) {
    const key = `${ingress.host.name}|${signature(ingress.start)}`;
    if (!kept.has(key)) kept.set(key, ingress);
  }
  return [...kept.values()];
}

/** The graph of what a packet can come to, with nodes and headers numbered as they are met. */
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
      outputs.map(({ output, next }) => [
        output.port,
        output.finished,
        name(headers, String(output.headers)),
        next ? name(nodes, next) : -1,
      ]),
    );
    rows.push([node.at.switch, node.at.port, name(headers, String(node.headers)), node.labels, hops]);
  }
  return JSON.stringify(rows);
}
