import { childrenFirst } from '../base/children-first.js';
import type { Limits } from '../base/limits.js';
import type { Program, StateVector } from '../language/program.js';
import type { Configuration } from '../netkat/configuration.js';
import { type Headers, undetermined } from '../netkat/fields.js';
import { type OnAsked, representPackets } from '../netkat/ingress.js';
import { compareLocations, type Host } from '../netkat/topology.js';
import { type Arrival, type Fault, type Grown, grow, treeTable } from '../netkat/tree.js';
import { branchUsageOf } from './branch-usage.js';
import type { AreAlike } from './conditions.js';
import { satisfies } from './formula.js';
import { namingOf } from './naming.js';
import { agrees, type ComponentValues, isReachable, type PartialState, reachableValues } from './partial-states.js';
import { statefulConfiguration } from './stateful-configuration.js';
import { type Block, type Edge, type TransitionSystem, withPart } from './transition-system.js';

/** A fault of the configuration of one state (spec 1.4). */
export interface ConfigurationFault {
  readonly fault: Fault;
  readonly state: StateVector;
  readonly host: Host;
}

/** What the configurations of a transition system do to every packet at every host port. */
export interface Configurations {
  /** The fault to report, in the order of interface.md: first packets that finish where no host is, then loops. */
  readonly fault: ConfigurationFault | undefined;
  /** Edges whose own branch no packet can run in the state that they leave (spec 1.5), with their blocks. */
  readonly unused: readonly { readonly block: Block; readonly edge: Edge }[];
  /** Branches of the policy that no packet can ever run, as indices; none if there is a fault. */
  readonly unusedBranches: readonly number[];
  /** How many events of a clock that never stops one packet, under one configuration, can cause with all its copies. */
  readonly mostArrivals: number;
  readonly areAlike: AreAlike;
}

/** A program with what packets are split by: the fields of headers, and behind them the components of the state. */
interface Split {
  readonly program: Program;
  readonly system: TransitionSystem;
  readonly values: ComponentValues;
  readonly configurationAt: (state: PartialState) => Configuration;
  readonly limits: Limits;
}

/**
 * Runs every kind of packet that can enter through every configuration (spec 1.4). The states are split like packets:
 * a component stays undetermined as long as nothing on the packet's way depends on it, so that blocks that a packet
 * never meets do not multiply. @throws LimitReached
 */
export function examineConfigurations(program: Program, system: TransitionSystem, limits: Limits): Configurations {
  const values = reachableValues(system);
  const split = { program, system, values, configurationAt: statefulConfiguration(program, values), limits };
  const table = treeTable();
  const faults: ConfigurationFault[] = [];
  const usage = usageOf(split);
  const branches = branchUsageOf(program, values);
  const literals = system.labels.flatMap(({ formula }) => formula);
  for (const host of program.topology.hosts)
    eachPacket(split, system.blocks, (headers, state, asked) => {
      const configuration = overheard(split.configurationAt(state), asked);
      const result = grow(table, program.topology, configuration, headers, host.at);
      if (result.kind === 'needs') return result.field;
      // `usage` looks at these values too.
      for (const { field, value } of literals) asked(field, value);
      return () => {
        if (result.kind === 'fault') faults.push({ fault: result.fault, state: firstState(split, state), host });
        else {
          usage.note(result, state);
          branches.note(result.arrivals, state);
        }
      };
    });
  const fault = faults.find(({ fault }) => fault.kind === 'egress') ?? faults[0];
  const unusedBranches = fault ? [] : branches.unused();
  return {
    fault,
    unused: usage.unused(),
    unusedBranches,
    mostArrivals: usage.mostArrivals(),
    areAlike: likeness(split),
  };
}

/**
 * Calls `ask` for packets of a host and states that stand for all: it answers with the field or component on which it
 * depends, or with what is to be done once the packet and the state are settled.
 * @param blocks whose states vary: of the others, components are never asked for
 */
function eachPacket(
  { program, values, limits }: Split,
  blocks: readonly Block[],
  ask: (headers: Headers, state: PartialState, asked: OnAsked) => number | (() => void),
): void {
  const count = program.fields.length;
  const fields = [...program.fields, ...values.map((domain) => ({ domain }))];
  representPackets(fields, limits, (all, asked) => {
    const state: PartialState = all.slice(count);
    // Each value of a component is tried: another that nothing looks at might not be reachable beside the others, and
    // is no state that an edge leaves.
    for (const [component, domain] of values.entries())
      if (state[component] !== undetermined) for (const value of domain.keys()) asked(count + component, value);
    // Of what no reachable state has, nothing is asked.
    if (!blocks.every((block) => isReachable(values, block, state))) return undefined;
    const answer = ask(all.slice(0, count), state, asked);
    if (typeof answer === 'number') return answer;
    answer();
    return undefined;
  });
}

/** The first reachable vector for which a partial state stands. */
function firstState({ system, values }: Split, state: PartialState): StateVector {
  let vector = system.initial;
  for (const block of system.blocks)
    if (block.states.length > 1)
      vector = withPart(vector, block, block.states.find((part) => agrees(values, block, part, state))!);
  return vector;
}

/** The same configuration; `asked` is told of each value that a field is compared with, or set to. */
const overheard = ({ hop }: Configuration, asked: OnAsked): Configuration => ({
  hop: (headers, at, position) => hop(headers, at, position, asked),
});

/** Notes which edges are used, and how many places of events packets come to. */
function usageOf({ system, values }: Split) {
  const unused = new Set(system.blocks.flatMap((block) => block.edges.map((edge) => ({ block, edge }))));
  const byOccurrence = new Map<number, Set<{ readonly block: Block; readonly edge: Edge }>>();
  for (const one of unused)
    for (const occurrence of one.edge.occurrences)
      byOccurrence.set(occurrence, (byOccurrence.get(occurrence) ?? new Set()).add(one));
  const namings = system.blocks.map((block) => namingOf(block, system.labels));
  const switches = new Set(namings.flatMap(({ clock, hasLoops }) => (clock !== null && hasLoops ? [clock] : [])));
  let mostArrivals = 0;
  const matches = ({ headers, at }: Arrival): number =>
    system.labels.filter((label) => compareLocations(label.at, at) === 0 && satisfies(headers, label.formula) !== false)
      .length;
  return {
    note: ({ arrivals }: Extract<Grown, { kind: 'tree' }>, state: PartialState): void => {
      for (const { position, headers } of arrivals)
        for (const occurrence of position)
          for (const one of byOccurrence.get(occurrence) ?? []) {
            const { block, edge } = one;
            // A field for which nothing has asked may have any value, so that some packet satisfies what the formula
            // says of it.
            const runs = satisfies(headers, system.labels[edge.label]!.formula) !== false;
            if (!runs || !agrees(values, block, block.states[edge.from]!, state)) continue;
            unused.delete(one);
            for (const other of edge.occurrences) byOccurrence.get(other)!.delete(one);
          }
      for (const n of switches) mostArrivals = Math.max(mostArrivals, countArrivals(arrivals[0]!, n, matches));
    },
    unused: () => [...unused],
    mostArrivals: () => mostArrivals,
  };
}

/**
 * How many events copies that arrive at a switch may cause, each copy one for each label that it matches: where the
 * controller is told of labels, one packet counts for all of them (spec 3.1). Each copy counts, also where they share a
 * node.
 */
function countArrivals(root: Arrival, n: number, matches: (arrival: Arrival) => number): number {
  const counts = new Map<Arrival, number>();
  childrenFirst(
    root,
    ({ children }) => children,
    (arrival) => counts.has(arrival),
    (arrival) => {
      const own = arrival.at.switch === n ? matches(arrival) : 0;
      counts.set(
        arrival,
        arrival.children.reduce((sum, child) => sum + counts.get(child)!, own),
      );
    },
  );
  return counts.get(root)!;
}

/** Whether two states of a block have equal trees for all packets, whatever the other blocks are in (spec 1.4, 2.4). */
function likeness(split: Split): AreAlike {
  const { program, values, system, configurationAt } = split;
  const known = new Map<string, boolean>();
  const compare = (block: Block, a: number, b: number): boolean => {
    const others = system.blocks.filter((other) => other !== block);
    const at = (state: PartialState, own: number): PartialState =>
      withPart(
        state,
        block,
        block.states[own]!.map((value, i) => values[block.indices[i]!]!.indexOf(value)),
      );
    const table = treeTable();
    let isAlike = true;
    for (const host of program.topology.hosts)
      eachPacket(split, others, (headers, state, asked) => {
        const trees: Grown[] = [];
        for (const own of [a, b]) {
          const configuration = overheard(configurationAt(at(state, own)), asked);
          const result = grow(table, program.topology, configuration, headers, host.at);
          if (result.kind === 'needs') return result.field;
          trees.push(result);
        }
        const [first, second] = trees as [Grown, Grown];
        return () => {
          if (first.kind !== 'tree' || second.kind !== 'tree' || first.tree !== second.tree) isAlike = false;
        };
      });
    return isAlike;
  };
  return (block, a, b) => {
    if (a === b) return true;
    const key = `${block.indices[0]}|${Math.min(a, b)}|${Math.max(a, b)}`;
    const alike = known.get(key) ?? compare(block, a, b);
    known.set(key, alike);
    return alike;
  };
}
