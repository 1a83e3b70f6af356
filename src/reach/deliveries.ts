import { checkTime, type Limits } from '../base/limits.js';
import { type ComponentValues, isReachable, reachableValues } from '../events/partial-states.js';
import { statefulConfiguration } from '../events/stateful-configuration.js';
import type { TransitionSystem } from '../events/transition-system.js';
import type { Program } from '../language/program.js';
import type { Configuration } from '../netkat/configuration.js';
import { type Answer, decidePackets, impliedFirst, type Split } from '../netkat/decide-packets.js';
import type { Diagram } from '../netkat/diagram.js';
import { type DiagramField, type Diagrams, diagrams } from '../netkat/diagrams.js';
import { type Field, type Headers, other } from '../netkat/fields.js';
import type { OnAsked } from '../netkat/ingress.js';
import { showLocation } from '../netkat/topology.js';
import { grow, type TreeTable, treeTable } from '../netkat/tree.js';

/** The hosts that receive a copy of a packet, as indices, ascending. */
export type Receivers = readonly number[];

/** Who receives the packets of each host, by their headers and, behind these, the components of the state. */
export interface Deliveries {
  readonly store: Diagrams<Receivers>;
  /** For each host what becomes of its packets. */
  readonly from: readonly Diagram[];
  /** For each component the values that it can take. */
  readonly values: ComponentValues;
}

/** The value of a field that is left when all others are excluded. */
const impliedValue = ({ domain }: Pick<Field, 'domain'>): number => {
  const index = domain.indexOf(other);
  return index < 0 ? domain.length - 1 : index;
};

/**
 * Who receives which packets in which states: for all headers and all states at once (spec 1.4). The program has no
 * fault. @throws LimitReached
 */
export function deliveriesOf(program: Program, system: TransitionSystem, limits: Limits): Deliveries {
  const values = reachableValues(system);
  const { fields, topology } = program;
  const domains: DiagramField[] = [
    ...fields.map((field) => ({ size: field.domain.length, implied: impliedValue(field) })),
    ...values.map(({ length }) => ({ size: length, implied: length - 1 })),
  ];
  const store = diagrams<Receivers>(domains, String, limits);
  const configurationAt = statefulConfiguration(program, values);
  const blockOf = new Map(system.blocks.flatMap((block) => block.indices.map((index) => [index, block] as const)));
  const split: Split = {
    count: domains.length,
    valuesOf: (field, known) => {
      const { size, implied } = domains[field]!;
      const all = impliedFirst(size, implied);
      const component = field - fields.length;
      const block = blockOf.get(component);
      if (component < 0 || !block) return all;
      // Of what no reachable state has, nothing is asked.
      const state = known.slice(fields.length);
      return all.filter((value) => isReachable(values, block, state.with(component, value)));
    },
    isWhole: (field) => field >= fields.length,
  };
  const table = treeTable();
  const receiversOf = receivers(table, program);
  const from = topology.hosts.map(({ at }): Diagram => {
    const ask = (all: Headers, asked: OnAsked): Answer<Diagram> => {
      const { hop } = configurationAt(all.slice(fields.length));
      const overheard: Configuration = { hop: (headers, here, position) => hop(headers, here, position, asked) };
      const grown = grow(table, topology, overheard, all.slice(0, fields.length), at);
      if (grown.kind === 'needs') return grown;
      if (grown.kind === 'fault') throw new Error('assertion: an accepted program has a tree for each of its packets');
      return { result: store.leaf(receiversOf(grown.tree)) };
    };
    const decided = decidePackets(split, limits, ask, (field, cases, rest) =>
      cases.reduce((no, [value, yes]) => store.choose(field, value, yes, no), rest),
    );
    checkTime(limits);
    return decided ?? store.leaf([]);
  });
  return { store, from, values };
}

/** The hosts at the exits of a tree, each subtree looked at once. */
function receivers(table: TreeTable, { topology }: Program): (tree: number) => Receivers {
  const hostAt = new Map(topology.hosts.map(({ at }, host) => [showLocation(at), host]));
  return (tree) => {
    const found = new Set<number>();
    const seen = new Set([tree]);
    for (const id of seen) {
      const { kind, at, next } = table.node(id);
      const host = kind === 'exit' ? hostAt.get(showLocation(at)) : undefined;
      if (host !== undefined) found.add(host);
      for (const child of next) seen.add(child);
    }
    return [...found].sort((a, b) => a - b);
  };
}

/** What becomes of packets where some components are known: the others stay fields. */
export const inState = (
  { store }: Deliveries,
  fields: number,
  known: readonly (readonly [component: number, value: number])[],
): ((diagram: Diagram) => Diagram) => {
  return (diagram) =>
    known.reduce((rest, [component, value]) => store.assume(rest, fields + component, value), diagram);
};
