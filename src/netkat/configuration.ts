import { type Headers, undetermined } from './fields.js';
import { type FlowEdge, flowGraph } from './flow-graph.js';
import type { OnAsked } from './ingress.js';
import type { Location, NetkatAtom, Policy } from './policy.js';

/**
 * Where in the policy a packet is: the set of link occurrences that it may have just crossed, ascending (spec 1.4).
 * `[0]` is the start, for a packet that enters from a host.
 */
export type Position = readonly number[];

export const entry: Position = [0];

/** A packet that leaves a switch (spec 1.4): an element `(h', m', q')` of `C_k(h, n:m, q)`. */
export interface Output {
  readonly headers: Headers;
  readonly port: number;
  /** The far end of the link that the packet takes; undefined if it only leaves the network. */
  readonly to: Location | undefined;
  /** The link occurrences after which the packet goes on; empty if it only leaves the network. */
  readonly position: Position;
  /**
   * Whether the packet has come to the end of the policy. (Under mixed configurations a copy may both finish and move
   * on.)
   */
  readonly finished: boolean;
}

/** What a hop gives: its outputs, sorted by port and then headers; or the undetermined field on which they depend. */
export type Hop =
  | { readonly kind: 'outputs'; readonly outputs: readonly Output[] }
  | { readonly kind: 'needs'; readonly field: number };

/** A network configuration (paper §2; spec 1.4): what each switch does with a packet that has arrived. */
export interface Configuration {
  /** `C_k(headers, at, position)`; `asked` is told of each value that a field is compared with, or set to. */
  readonly hop: (headers: Headers, at: Location, position: Position, asked?: OnAsked) => Hop;
}

interface Walker {
  readonly node: number;
  readonly headers: Headers;
  readonly port: number;
  /** A late field whose test has been passed though its value is not known; undefined if there is none. */
  readonly open: number | undefined;
}

/**
 * Compiles a plain NetKAT policy to its configuration, after Antimirov's partial derivatives (spec 1.4).
 * @param lateFrom fields from this index on are *late*: they are asked for only where, if all tests of them that are
 * open were passed, something would leave the switch; so nothing is asked on ways that end without that
 */
export function configuration(policy: Policy<NetkatAtom>, lateFrom: number = Number.POSITIVE_INFINITY): Configuration {
  const graph = flowGraph(policy);
  const afterOccurrence = new Map<number, number>([[0, graph.start]]);
  for (const edges of graph.edges)
    for (const { atom, to } of edges) if (atom?.kind === 'link') afterOccurrence.set(atom.occurrence, to);

  // A walk can come to a node twice only if edges join there or at an earlier node. (Every cycle that can be entered
  // has a node where edges join, and a link ends the walk.) So only the nodes where edges join need be remembered.
  const incoming = graph.edges.map(() => 0);
  for (const edges of graph.edges) for (const { to } of edges) incoming[to]!++;

  /** The edges of each node that a packet may cross at a switch: those whose test of the switch passes. */
  const edgesAt = new Map<number, (readonly FlowEdge<NetkatAtom>[] | undefined)[]>();
  const edgesOf = (node: number, n: number): readonly FlowEdge<NetkatAtom>[] => {
    const here = edgesAt.get(n) ?? [];
    edgesAt.set(n, here);
    const passable = ({ atom }: FlowEdge<NetkatAtom>) =>
      atom?.kind === 'testSwitch'
        ? (atom.switch === n) === atom.equal
        : atom?.kind !== 'link' || atom.from.switch === n;
    const edges = here[node] ?? graph.edges[node]!.filter(passable);
    here[node] = edges;
    return edges;
  };

  const hop = (headers: Headers, at: Location, position: Position, asked?: OnAsked): Hop => {
    const outputs = new Map<string, { output: Output; occurrences: Set<number> }>();
    const emit = (walker: Walker, to: Location | undefined, occurrence: number | undefined) => {
      const key = `${walker.port}|${walker.headers}`;
      const found = outputs.get(key);
      const occurrences = found?.occurrences ?? new Set();
      if (occurrence !== undefined) occurrences.add(occurrence);
      const finished = occurrence === undefined || (found?.output.finished ?? false);
      const { headers, port } = walker;
      const output = { headers, port, to: to ?? found?.output.to, position: [], finished };
      outputs.set(key, { output, occurrences });
    };

    const work: Walker[] = [];
    const seen = new Set<string>();
    const visit = (walker: Walker) => {
      if (incoming[walker.node]! < 2) {
        work.push(walker);
        return;
      }
      const key = `${walker.node}|${walker.port}|${walker.headers}`;
      if (seen.has(key)) return;
      seen.add(key);
      work.push(walker);
    };
    for (const occurrence of position) {
      visit({ node: afterOccurrence.get(occurrence)!, headers, port: at.port, open: undefined });
    }
    for (let walker = work.pop(); walker; walker = work.pop()) {
      if (walker.node === graph.end) {
        if (walker.open !== undefined) return { kind: 'needs', field: walker.open };
        emit(walker, undefined, undefined);
      }
      for (const { atom, to } of edgesOf(walker.node, at.switch)) {
        if (atom?.kind === 'link') {
          if (atom.from.port !== walker.port) continue;
          if (walker.open !== undefined) return { kind: 'needs', field: walker.open };
          emit(walker, atom.to, atom.occurrence);
          continue;
        }
        if (asked && (atom?.kind === 'test' || atom?.kind === 'assign')) asked(atom.field, atom.value);
        const moved = cross(walker, atom, to, lateFrom);
        if (typeof moved === 'number') return { kind: 'needs', field: moved };
        if (moved) visit(moved);
      }
    }
    return {
      kind: 'outputs',
      outputs: [...outputs.values()]
        .map(({ output, occurrences }) => ({ ...output, position: [...occurrences].sort((a, b) => a - b) }))
        .sort((a, b) => a.port - b.port || compareHeaders(a.headers, b.headers)),
    };
  };
  return { hop };
}

/**
 * The walker after it has crossed an edge; undefined if the edge's test fails; or the undetermined field on which the
 * edge depends.
 */
function cross(
  walker: Walker,
  atom: Exclude<NetkatAtom, { kind: 'link' }> | undefined,
  to: number,
  lateFrom: number,
): Walker | number | undefined {
  if (!atom) return { ...walker, node: to };
  const pass = (passes: boolean) => (passes ? { ...walker, node: to } : undefined);
  switch (atom.kind) {
    case 'test': {
      const value = walker.headers[atom.field]!;
      if (value !== undetermined) return pass((value === atom.value) === atom.equal);
      return atom.field < lateFrom ? atom.field : { ...walker, node: to, open: walker.open ?? atom.field };
    }
    case 'testSwitch':
      // `edgesOf` has left out the edges whose test of the switch fails.
      return pass(true);
    case 'testPort':
      return pass((walker.port === atom.port) === atom.equal);
    case 'assign':
      // Trees show whether an assignment changes the packet, which depends on the value with which it entered.
      if (walker.headers[atom.field] === undetermined) return atom.field;
      return { ...walker, node: to, headers: walker.headers.with(atom.field, atom.value) };
    case 'assignPort':
      return { ...walker, node: to, port: atom.port };
  }
}

/** Orders headers field by field. */
function compareHeaders(a: Headers, b: Headers): number {
  for (let f = 0; f < a.length; f++) if (a[f] !== b[f]) return a[f]! - b[f]!;
  return 0;
}
