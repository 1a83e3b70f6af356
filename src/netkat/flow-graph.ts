import type { Policy } from './policy.js';

/** An edge of a flow graph; to cross an edge without an atom does nothing. */
export interface FlowEdge<Atom> {
  readonly atom: Atom | undefined;
  readonly to: number;
}

/**
 * A policy as a graph: a packet runs the policy by walking from `start` to `end`, doing the atom of each edge it
 * crosses. Union is choice of an edge, iteration a cycle, so both a hop (spec 1.4) and event extraction (spec 1.5) are
 * searches over pairs of a node and a value, which end although the policy iterates.
 */
export interface FlowGraph<Atom> {
  readonly start: number;
  readonly end: number;
  /** The edges that leave each node. */
  readonly edges: readonly (readonly FlowEdge<Atom>[])[];
}

/** Builds the flow graph of a policy (Thompson's construction), linear in its size. */
export function flowGraph<Atom>(policy: Policy<Atom>): FlowGraph<Atom> {
  const edges: FlowEdge<Atom>[][] = [[], []];
  const newNode = () => edges.push([]) - 1;

  const build = (p: Policy<Atom>, from: number, to: number): void => {
    switch (p.kind) {
      case 'atom':
        edges[from]!.push({ atom: p.atom, to });
        return;
      case 'sequence': {
        let here = from;
        for (const [i, part] of p.parts.entries()) {
          const next = i === p.parts.length - 1 ? to : newNode();
          build(part, here, next);
          here = next;
        }
        if (p.parts.length === 0) edges[from]!.push({ atom: undefined, to });
        return;
      }
      case 'union':
        for (const part of p.parts) build(part, from, to);
        return;
      case 'star': {
        // A node of its own, so that no other branch that starts or ends here is drawn into the cycle.
        const round = newNode();
        edges[from]!.push({ atom: undefined, to: round });
        build(p.body, round, round);
        edges[round]!.push({ atom: undefined, to });
        return;
      }
    }
  };
  build(policy, 0, 1);
  return { start: 0, end: 1, edges };
}

/**
 * The same walks, where branches that begin alike begin as one: `a; p + a; q` as `a; (p + q)`. So a walk through a
 * policy of n branches comes to what tells them apart at one node, and not n times.
 * @param keyOf equal texts for equal atoms that may be joined; undefined for atoms that are kept apart
 */
export function joinedBeginnings<Atom>(
  { start, end, edges }: FlowGraph<Atom>,
  keyOf: (atom: Atom) => string | undefined,
): FlowGraph<Atom> {
  const incoming = edges.map(() => 0);
  for (const out of edges) for (const { to } of out) incoming[to]!++;
  const joined: FlowEdge<Atom>[][] = edges.map((out) => [...out]);
  // A node to which one edge alone leads can be joined with another such node: nothing else comes there.
  const work = edges.map((_, node) => node);
  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    const first = new Map<string, FlowEdge<Atom>>();
    const grown = new Set<number>();
    joined[node] = joined[node]!.filter((edge) => {
      const isJoinable = edge.atom && incoming[edge.to] === 1 && edge.to !== end && edge.to !== node;
      const key = isJoinable ? keyOf(edge.atom) : undefined;
      const before = key === undefined ? undefined : first.get(key);
      if (key !== undefined && !before) first.set(key, edge);
      if (!before) return true;
      for (const onward of joined[edge.to]!) joined[before.to]!.push(onward);
      joined[edge.to] = [];
      grown.add(before.to);
      return false;
    });
    for (const again of grown) work.push(again);
  }
  return { start, end, edges: joined };
}
