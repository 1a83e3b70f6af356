import { type Headers, undetermined } from './fields.js';
import { type FlowEdge, flowGraph, joinedBeginnings } from './flow-graph.js';
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
  const graph = joinedBeginnings(flowGraph(policy), joinable);
  const afterOccurrence = new Map<number, number>([[0, graph.start]]);
  for (const edges of graph.edges)
    for (const { atom, to } of edges) if (atom?.kind === 'link') afterOccurrence.set(atom.occurrence, to);

  // A walk can come to a node twice only if edges join there or at an earlier node. (Every cycle that can be entered
  // has a node where edges join, and a link ends the walk.) So only the nodes where edges join need be remembered.
  const incoming = graph.edges.map(() => 0);
  for (const edges of graph.edges) for (const { to } of edges) incoming[to]!++;

  /** What a packet may cross at a switch from each node: edges whose test of the switch passes. */
  const waysAt = new Map<number, (readonly Way[] | undefined)[]>();
  const waysOf = (node: number, n: number): readonly Way[] => {
    const here = waysAt.get(n) ?? [];
    waysAt.set(n, here);
    const passable = ({ atom }: FlowEdge<NetkatAtom>) =>
      atom?.kind === 'testSwitch'
        ? (atom.switch === n) === atom.equal
        : atom?.kind !== 'link' || atom.from.switch === n;
    const ways = here[node] ?? waysAlong(graph.edges[node]!.filter(passable));
    here[node] = ways;
    return ways;
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
      for (const way of waysOf(walker.node, at.switch)) {
        if ('byValue' in way) {
          const value = askedOf(walker, way.field);
          if (value === undetermined) {
            if (way.field < lateFrom) return { kind: 'needs', field: way.field };
            const open = walker.open ?? way.field;
            for (const nodes of way.byValue.values()) for (const to of nodes) visit({ ...walker, node: to, open });
            continue;
          }
          const matching = way.byValue.get(value);
          if (asked && way.field !== portOf) tell(asked, way, value, matching !== undefined);
          for (const to of matching ?? []) visit({ ...walker, node: to });
          continue;
        }
        const { atom, to } = way;
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

/** Equal texts for equal atoms, except links: each of those is a position of its own. */
const joinable = (atom: NetkatAtom): string | undefined =>
  atom.kind === 'link' ? undefined : Object.values(atom).join();

/** In place of a field: the packet's port. */
const portOf = -1;

/** Tests of one field, by the value for which they ask: at most one value passes, however many there are. */
interface Tests {
  readonly field: number;
  /** By value, the nodes to which its tests lead. */
  readonly byValue: ReadonlyMap<number, readonly number[]>;
}

type Way = FlowEdge<NetkatAtom> | Tests;

/** Fewer tests of a field than this are tried one after the other. */
const fewTests = 4;

/** The edges of a node; tests of a field for many values stand where the first of them does. */
function waysAlong(edges: readonly FlowEdge<NetkatAtom>[]): Way[] {
  const groups = new Map<number, FlowEdge<NetkatAtom>[]>();
  const groupOf = (edge: FlowEdge<NetkatAtom>): FlowEdge<NetkatAtom>[] | undefined => {
    const tested = testedBy(edge);
    return tested && groups.get(tested.field);
  };
  for (const edge of edges) {
    const tested = testedBy(edge);
    if (tested) {
      const group = groups.get(tested.field);
      if (group) group.push(edge);
      else groups.set(tested.field, [edge]);
    }
  }
  return edges.flatMap((edge): Way[] => {
    const group = groupOf(edge);
    if (!group || group.length < fewTests) return [edge];
    return group[0] === edge ? [testsOf(group)] : [];
  });
}

/** The field and the value for which an edge asks, if it is a test that one value passes. */
function testedBy({ atom }: FlowEdge<NetkatAtom>): { readonly field: number; readonly value: number } | undefined {
  if (atom?.kind === 'test' && atom.equal) return atom;
  return atom?.kind === 'testPort' && atom.equal ? { field: portOf, value: atom.port } : undefined;
}

function testsOf(group: readonly FlowEdge<NetkatAtom>[]): Tests {
  const byValue = new Map<number, number[]>();
  for (const edge of group) {
    const { value } = testedBy(edge)!;
    const nodes = byValue.get(value);
    if (nodes) nodes.push(edge.to);
    else byValue.set(value, [edge.to]);
  }
  return { field: testedBy(group[0]!)!.field, byValue };
}

const askedOf = ({ headers, port }: Walker, field: number): number => (field === portOf ? port : headers[field]!);

/**
 * Tells of the values with which a field is compared. Where one of them is the packet's, the others need not be told:
 * who asks wants to know which values are like one that none is, and for that one all are told.
 */
function tell(asked: OnAsked, { field, byValue }: Tests, value: number, isMatched: boolean): void {
  if (isMatched) asked(field, value);
  else for (const one of byValue.keys()) asked(field, one);
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
      // `waysOf` has left out the edges whose test of the switch fails.
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
