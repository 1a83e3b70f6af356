import { childrenFirst } from '../base/children-first.js';
import { type Configuration, entry, type Output, type Position } from './configuration.js';
import type { Headers } from './fields.js';
import type { Location } from './policy.js';
import { hostAt, showLocation, type Topology } from './topology.js';

/** The identity of a tree of hops (spec 1.4): two trees of one table are equal iff their ids are. */
export type TreeId = number;

/** A node of a tree: a hop, whose `next` is empty where the packet is dropped; or an exit. */
export interface TreeNode {
  readonly kind: 'hop' | 'exit';
  readonly headers: Headers;
  readonly at: Location;
  readonly next: readonly TreeId[];
}

/** Hash-consed trees. To add a node takes one look-up in a map. */
export interface TreeTable {
  readonly intern: (node: TreeNode) => TreeId;
  readonly node: (id: TreeId) => TreeNode;
}

export function treeTable(): TreeTable {
  const nodes: TreeNode[] = [];
  const ids = new Map<string, TreeId>();
  return {
    node: (id) => nodes[id]!,
    intern: (node) => {
      const next = [...new Set(node.next)].sort((a, b) => a - b);
      const key = `${node.kind}|${node.headers}|${showLocation(node.at)}|${next}`;
      const found = ids.get(key);
      if (found !== undefined) return found;
      ids.set(key, nodes.push({ ...node, next }) - 1);
      return nodes.length - 1;
    },
  };
}

/** A hop, as faults show it. */
export interface HopOfPath {
  readonly headers: Headers;
  readonly at: Location;
}

/** Why a configuration has no tree for a packet (spec 1.4), with the hops that lead there. */
export interface Fault {
  readonly kind: 'egress' | 'forwarding-loop';
  /** The hops from the host port on; if the fault is a loop, the last one equals an earlier one. */
  readonly path: readonly HopOfPath[];
  /** Where the packet finishes, if the fault is `egress`. */
  readonly finishes: Location | undefined;
  /** A link occurrence that the packet has crossed last; undefined if it has crossed none. */
  readonly lastLink: number | undefined;
}

/** A packet that has crossed a link: where in the policy it is, and its headers. */
export interface Arrival {
  readonly headers: Headers;
  readonly at: Location;
  readonly position: Position;
  /** The arrivals of the copies that leave there. */
  readonly children: readonly Arrival[];
}

export type Grown =
  /** The first arrival is the packet's own, at its host's port. */
  | { readonly kind: 'tree'; readonly tree: TreeId; readonly arrivals: readonly Arrival[] }
  | { readonly kind: 'needs'; readonly field: number }
  | { readonly kind: 'fault'; readonly fault: Fault };

interface Node {
  readonly headers: Headers;
  readonly at: Location;
  readonly position: Position;
  readonly key: string;
  readonly hop: string;
  readonly parent: Node | undefined;
  outputs: readonly Output[];
  children: readonly Node[];
}

/**
 * `Tree(C, headers, at)` (spec 1.4), or the first fault, where a packet that finishes at a port without a host comes
 * before a loop. A loop is a path on which the same headers are twice at the same location, whatever the positions.
 */
export function grow(
  table: TreeTable,
  topology: Topology,
  configuration: Configuration,
  headers: Headers,
  at: Location,
): Grown {
  const nodes = new Map<string, Node>();
  const makeNode = (headers: Headers, at: Location, position: Position, parent: Node | undefined): Node => {
    const hop = `${headers}|${showLocation(at)}`;
    const key = `${hop}|${position}`;
    const found = nodes.get(key);
    if (found) return found;
    const node: Node = { headers, at, position, key, hop, parent, outputs: [], children: [] };
    nodes.set(key, node);
    return node;
  };

  const root = makeNode(headers, at, entry, undefined);
  for (const node of nodes.values()) {
    const hop = configuration.hop(node.headers, node.at, node.position);
    if (hop.kind === 'needs') return hop;
    node.outputs = hop.outputs;
    node.children = hop.outputs.flatMap((o) => (o.to ? [makeNode(o.headers, o.to, o.position, node)] : []));
  }
  for (const node of nodes.values())
    for (const { port, finished } of node.outputs) {
      const exit = { switch: node.at.switch, port };
      if (finished && !hostAt(topology, exit))
        return {
          kind: 'fault',
          fault: { kind: 'egress', path: pathTo(node), finishes: exit, lastLink: lastLink(node) },
        };
    }
  const loop = findLoop(root, [...nodes.values()]);
  if (loop) {
    const end = loop[loop.length - 1]!;
    const path = loop.map(({ headers, at }) => ({ headers, at }));
    return { kind: 'fault', fault: { kind: 'forwarding-loop', path, finishes: undefined, lastLink: lastLink(end) } };
  }

  const grown = new Map<Node, TreeId>();
  const exits = new Map<Node, readonly TreeId[]>();
  const exitsOf = (node: Node): TreeId[] =>
    node.outputs
      .filter((o) => o.finished)
      .map((o) =>
        table.intern({ kind: 'exit', headers: o.headers, at: { switch: node.at.switch, port: o.port }, next: [] }),
      );
  childrenFirst(
    root,
    (node) => {
      exits.set(node, exitsOf(node));
      return node.children;
    },
    (node) => grown.has(node),
    (node) => {
      const next = [...exits.get(node)!, ...node.children.map((child) => grown.get(child)!)];
      grown.set(node, table.intern({ kind: 'hop', headers: node.headers, at: node.at, next }));
    },
  );
  return { kind: 'tree', tree: grown.get(root)!, arrivals: [...nodes.values()] };
}

/** The first link occurrence of a node's position; 0, the start, does not count as one. */
const lastLink = ({ position }: Node): number | undefined => position.find((occurrence) => occurrence > 0);

function pathTo(node: Node): HopOfPath[] {
  const path: HopOfPath[] = [];
  for (let n: Node | undefined = node; n; n = n.parent) path.push({ headers: n.headers, at: n.at });
  return path.reverse();
}

/** A path from the root that meets a hop twice, or undefined. Quadratic in the number of nodes at worst. */
function findLoop(root: Node, nodes: readonly Node[]): readonly Node[] | undefined {
  /**
   * The hops of the nodes that are known to have no loop below: one can only arise between what is below and what is on
   * the path.
   */
  const below = new Map<Node, ReadonlySet<string>>();
  // Where each hop is in one position only, what is on the path is never below a node that is known.
  const isSimple = new Set(nodes.map(({ hop }) => hop)).size === nodes.length;
  const path: Node[] = [];
  const onPath = new Set<string>();
  const way: { readonly node: Node; readonly hops: Set<string>; next: number }[] = [];
  /** Adds a node to the path, and takes it off again if nothing below it need be looked at. */
  const visit = (node: Node): readonly Node[] | undefined => {
    path.push(node);
    if (path.length > nodes.length + 1) throw new Error('assertion: a path of more hops than there are has no loop');
    if (onPath.has(node.hop)) return path;
    const known = below.get(node);
    // Below a known node there is no loop, so one can arise only between what is below it and what is on the path.
    const closes = known && [...onPath].some((hop) => known.has(hop));
    if (!known || closes) {
      onPath.add(node.hop);
      way.push({ node, hops: new Set(isSimple ? [] : [node.hop]), next: 0 });
    } else leave(known);
    return undefined;
  };
  const leave = (hops: ReadonlySet<string>): void => {
    path.pop();
    const above = way[way.length - 1];
    if (above) for (const hop of hops) above.hops.add(hop);
  };

  if (visit(root)) return path;
  for (let here = way[way.length - 1]; here; here = way[way.length - 1]) {
    const { node, hops } = here;
    const child = node.children[here.next++];
    if (child) {
      if (visit(child)) return path;
    } else {
      way.pop();
      onPath.delete(node.hop);
      below.set(node, hops);
      leave(hops);
    }
  }
  return undefined;
}
