import { LimitReached } from '../../base/limits.js';
import { strongComponents } from '../../base/strong-components.js';
import type { StatefulAtom } from '../../language/program.js';
import type { Position } from '../../netkat/configuration.js';
import type { Field } from '../../netkat/fields.js';
import { type FlowGraph, flowGraph } from '../../netkat/flow-graph.js';
import type { LinkAtom, Location, Policy } from '../../netkat/policy.js';
import type { Definitions } from '../solver/definitions.js';
import { and, anyOf, no, not, type Term, yes } from '../solver/term.js';
import type { Alphabet, HeaderTerms } from './alphabet.js';

/**
 * An outcome that a packet may have in one hop (spec 1.4), and when it has it: all conditions on its headers are in
 * `when`.
 */
export interface Emission {
  readonly when: Term;
  /** The port by which it leaves. */
  readonly port: number;
  /** The headers with which it leaves. */
  readonly headers: HeaderTerms;
  /** The link that it crosses; undefined if it finishes. */
  readonly link: LinkAtom | undefined;
}

/** What a packet is, as far as its hops depend on it: its headers, and whether the state of its tag has some values. */
export interface WalkingPacket {
  readonly headers: HeaderTerms;
  readonly stateIs: (component: number, value: number) => Term;
}

/** The hops of all configurations, over symbolic headers and a symbolic state. */
export type Walk = (packet: WalkingPacket, at: Location, position: Position, head: Definitions) => readonly Emission[];

/** A place in the flow graph that a packet comes to, with its port and the values that were assigned on the way. */
interface Stop {
  readonly node: number;
  readonly port: number;
  /** The assignments on the way: pairs of field index and value index, sorted by field. */
  readonly sets: readonly (readonly [number, number])[];
}

/** With more stops than this in one hop, the policy is too large to walk. */
const maxStops = 2_000;

/**
 * The second way to the meaning of a policy, beside `Configuration.hop` and the compiler's diagrams: the walk through
 * its flow graph (spec 1.4) with headers that are terms. What is assigned on the way is a constant, so the stops are
 * finitely many; that a packet comes to a stop is a formula over the headers that it arrived with.
 */
export function walkOf(
  policy: Policy<StatefulAtom>,
  fields: readonly Field[],
  alphabet: Pick<Alphabet, 'is' | 'value'>,
): Walk {
  const graph = flowGraph(policy);
  const after = new Map<number, number>([[0, graph.start]]);
  for (const edges of graph.edges)
    for (const { atom, to } of edges) {
      const link = linkOf(atom);
      if (link) after.set(link.occurrence, to);
    }

  return (packet, at, position, head) => {
    const { headers } = packet;
    const starts = position.map((q) => after.get(q)!);
    const stops = stopsFrom({ graph, fields, alphabet }, starts, packet, at);
    const reached = reachability(stops, head);
    const emissions: Emission[] = [];
    for (const { stop, key } of stops.values()) {
      const when = reached.get(key)!;
      if (when === no) continue;
      const after = new Map(headers);
      for (const [f, v] of stop.sets)
        after.set(fields[f]!.name, alphabet.value(fields[f]!.name, fields[f]!.domain[v]!));
      const emit = (link: LinkAtom | undefined) => emissions.push({ when, port: stop.port, headers: after, link });
      if (stop.node === graph.end) emit(undefined);
      for (const { atom } of graph.edges[stop.node]!) {
        const link = linkOf(atom);
        if (link && link.from.switch === at.switch && link.from.port === stop.port) emit(link);
      }
    }
    return emissions;
  };
}

/** A stop with the stops before it; at one of the first, `starts` is true. */
interface Reached {
  readonly key: string;
  readonly stop: Stop;
  readonly starts: boolean;
  readonly before: { readonly key: string; readonly when: Term }[];
}

const keyOf = ({ node, port, sets }: Stop): string => `${node}|${port}|${sets.join(';')}`;

/** The link that an atom crosses, whether it assigns state or not; undefined if it crosses none. */
function linkOf(atom: StatefulAtom | undefined): LinkAtom | undefined {
  if (atom?.kind === 'link') return atom;
  if (atom?.kind !== 'stateLink') return undefined;
  const { occurrence, from, to } = atom;
  return { kind: 'link', occurrence, from, to };
}

/** A policy as a graph, and what its tests mean. */
interface WalkedPolicy {
  readonly graph: FlowGraph<StatefulAtom>;
  readonly fields: readonly Field[];
  readonly alphabet: Pick<Alphabet, 'is'>;
}

/** Every stop of a hop, with the edges between them and the conditions under which they are crossed. */
function stopsFrom(
  { graph, fields, alphabet }: WalkedPolicy,
  starts: readonly number[],
  { headers, stateIs }: WalkingPacket,
  at: Location,
): Map<string, Reached> {
  const stops = new Map<string, Reached>();
  const visit = (stop: Stop, starts: boolean): Reached => {
    const key = keyOf(stop);
    const found = stops.get(key) ?? { key, stop, starts, before: [] };
    stops.set(key, found);
    if (stops.size > maxStops) throw new LimitReached(`one hop passes more than ${maxStops} places of the policy`);
    return found;
  };
  for (const node of starts) visit({ node, port: at.port, sets: [] }, true);

  /** The condition of a test, at a stop. */
  const passes = ({ sets }: Stop, field: number, value: number): Term => {
    const assigned = sets.find(([f]) => f === field)?.[1];
    if (assigned !== undefined) return assigned === value ? yes : no;
    const { name, domain } = fields[field]!;
    return alphabet.is(name, headers.get(name)!, domain[value]!);
  };
  for (const { key, stop } of stops.values()) {
    const cross = (to: Stop, when: Term) => {
      if (when !== no) visit(to, false).before.push({ key, when });
    };
    for (const { atom, to } of graph.edges[stop.node]!) {
      const next = { ...stop, node: to };
      switch (atom?.kind) {
        case undefined:
          cross(next, yes);
          break;
        case 'test': {
          const holds = passes(stop, atom.field, atom.value);
          cross(next, atom.equal ? holds : not(holds));
          break;
        }
        case 'testSwitch':
          cross(next, (at.switch === atom.switch) === atom.equal ? yes : no);
          break;
        case 'testPort':
          cross(next, (stop.port === atom.port) === atom.equal ? yes : no);
          break;
        case 'assign': {
          const others = stop.sets.filter(([f]) => f !== atom.field);
          const sets = [...others, [atom.field, atom.value] as const].sort(([a], [b]) => a - b);
          cross({ ...next, sets }, yes);
          break;
        }
        case 'assignPort':
          cross({ ...next, port: atom.port }, yes);
          break;
        case 'testState': {
          const holds = stateIs(atom.component, atom.value);
          cross(next, atom.equal ? holds : not(holds));
          break;
        }
        case 'link':
        case 'stateLink':
          break;
      }
    }
  }
  return stops;
}

/**
 * Under which headers each stop is reached: the least fixed point. Component by component, in the order of the flow;
 * inside one (an iteration of the policy) a stop that is reached is reached within as many rounds as there are stops.
 */
function reachability(stops: ReadonlyMap<string, Reached>, { define }: Definitions): Map<string, Term> {
  const reached = new Map<string, Term>();
  for (const component of inOrderOfFlow(stops)) {
    const inside = new Set(component);
    const outer = new Map(
      component.map((key) => {
        const { starts, before } = stops.get(key)!;
        const ways = before.filter(({ key: from }) => !inside.has(from));
        const terms = ways.map(({ key: from, when }) => and(reached.get(from)!, when));
        return [key, define(anyOf([starts ? yes : no, ...terms]), 'Bool')];
      }),
    );
    let now = outer;
    for (let round = 1; round < component.length; round++)
      now = new Map(
        component.map((key) => {
          const ways = stops.get(key)!.before.filter(({ key: from }) => inside.has(from));
          const terms = ways.map(({ key: from, when }) => and(now.get(from)!, when));
          return [key, define(anyOf([outer.get(key)!, ...terms]), 'Bool')];
        }),
      );
    for (const [key, term] of now) reached.set(key, term);
  }
  return reached;
}

/** The stops, by strongly connected component: each after those that lead to it. */
function inOrderOfFlow(stops: ReadonlyMap<string, Reached>): string[][] {
  const numbers = new Map<string, number>();
  const keys: string[] = [];
  const successors: Set<number>[] = [];
  const numberOf = (key: string): number => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, keys.length);
    successors.push(new Set());
    return keys.push(key) - 1;
  };
  for (const { key, before } of stops.values()) {
    const to = numberOf(key);
    for (const { key: from } of before) successors[numberOf(from)]!.add(to);
  }
  const components = strongComponents(successors.map((set) => [...set]));
  return components.reverse().map((component) => component.map((node) => keys[node]!));
}
