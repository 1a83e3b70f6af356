import { queueOrders } from '../execution/orders.js';
import type { Program } from '../language/program.js';
import { compareLocations } from '../netkat/topology.js';
import type { TreeId } from '../netkat/tree.js';
import { childKey, inputPorts } from '../packets/places.js';
import type { RawIngress, RawNode, RawPackets } from '../packets/raw-packets.js';
import type { CopyKind, EnteringPacket, Forwarded, Ingress, PacketSpace, SeenHop } from './packet-space.js';

/** A copy on its way, and the tree that must still come true for it (undefined: whatever comes). */
interface Kind {
  readonly node: RawNode;
  readonly expected: TreeId | undefined;
}

/**
 * Packets that each switch forwards by the configuration it was last told: `best-effort`.
 *
 * The tree of such a packet is known only when it is through, yet Theorem 1 asks for it before (spec 4.3: does the
 * packet that triggers an event have the tree of the configuration before?). With `foretell`, a packet is given at
 * entry one of the trees that its configurations give it, and an execution that does not make it come true is
 * abandoned, so that exactly the executions remain whose packets all have some configuration's tree. The other
 * executions are left to the observer in `search/observers/mixture.ts`. With `leavesOut`, those `entering` packets that
 * their first switch always drops are inert.
 */
export function mixedPackets(
  program: Program,
  raw: RawPackets,
  entering: readonly RawIngress[],
  foretell: boolean,
  leavesOut: boolean,
): PacketSpace {
  const queues = inputPorts(program);
  const queueAt = (node: RawNode) => queues.findIndex((at) => compareLocations(at, node.at) === 0);
  const kinds: Kind[] = [];
  const ids = new Map<string, CopyKind>();
  const kindOf = (node: RawNode, expected: TreeId | undefined): CopyKind => {
    const key = `${node.id}|${expected}`;
    const id = ids.get(key) ?? kinds.push({ node, expected }) - 1;
    ids.set(key, id);
    return id;
  };

  const forwarded = new Map<string, readonly Forwarded[]>();
  const forward = (kind: CopyKind, by: number): readonly Forwarded[] => {
    const configuration = raw.configurationOf[by]!;
    const key = `${kind}|${configuration}`;
    const result = forwarded.get(key) ?? hop(kinds[kind]!, configuration);
    forwarded.set(key, result);
    return result;
  };

  const hop = ({ node, expected }: Kind, configuration: number): Forwarded[] => {
    const outputs = node.hops[configuration]!;
    const children = (i: number) => {
      const { output, next } = outputs[i]!;
      const exit = childKey('exit', output.headers, { switch: node.at.switch, port: output.port });
      return [next && childKey('hop', next.headers, next.at), output.finished ? exit : undefined];
    };
    const all = outputs.flatMap((_, i) => children(i)).filter((child) => child !== undefined);
    const leaving = outputs.filter(({ output }) => output.finished).map(({ exit }) => exit);
    if (outputs.length === 0) leaving.push(node.dropped);
    const seen: SeenHop = { arrival: node.isEntry ? null : node.arrival, leaving, below: undefined };
    const wanted = expected === undefined ? undefined : childrenOf(raw, expected);
    if (wanted && (wanted.size !== all.length || all.some((child) => !wanted.has(child)))) return [];
    return queueOrders(outputs.map(({ output }) => output)).map((order) => {
      const moving = order.filter((i) => outputs[i]!.next);
      const moves = moving.map((i) => {
        const next = outputs[i]!.next!;
        return { queue: queueAt(next), kind: kindOf(next, wanted?.get(childKey('hop', next.headers, next.at))) };
      });
      const exiting = order.filter((i) => outputs[i]!.output.finished);
      const names = [...moving.map((i) => children(i)[0]!), ...exiting.map((i) => children(i)[1]!)];
      return { moves, exits: exiting.length, order, children: names, seen };
    });
  };

  const entries = entering.map(({ start, trees }): EnteringPacket[] => {
    const { arrival } = start;
    const unseen = { arrival, below: undefined };
    if (!foretell) return [{ kind: kindOf(start, undefined), treeOf: [], ...unseen }];
    const equalTo = (tree: TreeId) => raw.configurationOf.flatMap((c, i) => (trees[c] === tree ? [i] : []));
    return [...new Set(trees)].map((tree) => ({ kind: kindOf(start, tree), treeOf: equalTo(tree), ...unseen }));
  });
  return {
    queues,
    ingresses: entering.map(({ host, headers, start }): Ingress => {
      return { host, headers, queue: queueAt(start), inert: leavesOut && start.hops.every((hop) => hop.length === 0) };
    }),
    enter: (ingress) => entries[ingress]!,
    labels: (kind) => kinds[kind]!.node.labels,
    isNoted: (kind) => kinds[kind]!.node.labels.length > 0,
    forward,
    memory: {
      save: () => kinds.map(({ node, expected }) => [node.id, expected]),
      restore: (saved) => {
        for (const [id, expected] of saved as readonly (readonly [number, TreeId | undefined])[])
          kindOf(raw.nodes[id]!, expected);
      },
    },
  };
}

/** The children of a tree's root, by name. */
export function childrenOf(raw: RawPackets, tree: TreeId): Map<string, TreeId> {
  const children = raw.trees.node(tree).next.map((id) => {
    const { kind, headers, at } = raw.trees.node(id);
    return [childKey(kind, headers, at), id] as const;
  });
  return new Map(children);
}
