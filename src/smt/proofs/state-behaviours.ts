import { checkTime, LimitReached, type Limits } from '../../base/limits.js';
import { outgoingEdges } from '../../events/components.js';
import { satisfies } from '../../events/formula.js';
import { agrees, reachableValues, splitStates } from '../../events/partial-states.js';
import { statefulConfiguration } from '../../events/stateful-configuration.js';
import type { Block, TransitionSystem } from '../../events/transition-system.js';
import type { Program } from '../../language/program.js';
import { splitPackets } from '../../netkat/ingress.js';
import { compareLocations } from '../../netkat/topology.js';
import { grow, treeTable } from '../../netkat/tree.js';

/** What a packet does under the configuration of one state. */
interface UnderState {
  /** A number of the packet's tree: two trees of a packet are equal iff their numbers are (spec 1.4). */
  readonly tree: number;
  /** The labels that it matches where it arrives at their places. */
  readonly labels: readonly number[];
}

/**
 * The states of a block as far as packets and events tell them apart: states that no packet tells apart, and that the
 * same labels leave, are one kind.
 */
export interface StateKinds {
  readonly count: number;
  /** For each kind the kinds of the states to which paths from its states lead, itself included. */
  readonly reaches: readonly (readonly number[])[];
  /** For each kind the labels on edges that leave it. */
  readonly leaving: readonly (readonly number[])[];
  /** For each packet, of those that differ in it, what it does under each kind. */
  readonly packets: readonly (readonly UnderState[])[];
}

/** With more kinds than this, scripts that list which leads to which are too long. */
const maxKinds = 200;

/** The kinds of the states of the only block with events. @throws LimitReached */
export function stateKinds(program: Program, system: TransitionSystem, block: Block, limits: Limits): StateKinds {
  const packets = packetsByState(program, system, block, limits);
  const leaving = outgoingEdges(block).map((edges) => sorted(edges.map(({ label }) => label)));
  const kindOf = new Map<string, number>();
  const first: number[] = [];
  const kinds = block.states.map((_, state) => {
    const key = JSON.stringify([leaving[state], packets.map((under) => under[state])]);
    const kind = kindOf.get(key) ?? kindOf.size;
    if (!kindOf.has(key)) first.push(state);
    kindOf.set(key, kind);
    return kind;
  });
  if (kindOf.size > maxKinds)
    throw new LimitReached(`packets tell more than ${maxKinds} of the states of one block apart`);
  const reaches = first.map(() => new Set<number>());
  for (const [state, reached] of reachableStates(block, limits).entries())
    for (const other of reached) reaches[kinds[state]!]!.add(kinds[other]!);
  return {
    count: kindOf.size,
    reaches: reaches.map(sorted),
    leaving: first.map((state) => leaving[state]!),
    packets: distinct(packets.map((under) => first.map((state) => under[state]!))),
  };
}

const sorted = (numbers: Iterable<number>): number[] => [...new Set(numbers)].sort((a, b) => a - b);

const distinct = <Value>(values: readonly Value[]): Value[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];

/** What each kind of packets that can enter (spec 1.4) does under the configuration of each state. */
function packetsByState(
  program: Program,
  system: TransitionSystem,
  block: Block,
  limits: Limits,
): (readonly UnderState[])[] {
  const values = reachableValues(system);
  const configurationAt = statefulConfiguration(program, values);
  const trees = treeTable();
  const found: (readonly UnderState[])[] = [];
  for (const { at } of program.topology.hosts)
    splitPackets(program.fields, limits, (headers) => {
      const under: UnderState[] = [];
      const numbers = new Map<number, number>();
      let needed: number | undefined;
      splitStates(system, values, limits, (partial) => {
        if (needed !== undefined) return undefined;
        const grown = grow(trees, program.topology, configurationAt(partial), headers, at);
        // Faults reject the program before anything is proved of it.
        if (grown.kind === 'fault') throw new Error(`a configuration with a ${grown.fault.kind} fault is proved`);
        if (grown.kind === 'needs') {
          if (grown.field >= program.fields.length) return grown.field - program.fields.length;
          needed = grown.field;
          return undefined;
        }
        const labels: number[] = [];
        for (const arrival of grown.arrivals)
          for (const [label, { at: place, formula }] of system.labels.entries()) {
            if (compareLocations(place, arrival.at) !== 0) continue;
            const satisfied = satisfies(arrival.headers, formula);
            if (typeof satisfied === 'number') {
              needed = satisfied;
              return undefined;
            }
            if (satisfied) labels.push(label);
          }
        if (!numbers.has(grown.tree)) numbers.set(grown.tree, numbers.size);
        const does = { tree: numbers.get(grown.tree)!, labels: sorted(labels) };
        for (const [state, part] of block.states.entries())
          if (agrees(values, block, part, partial)) under[state] = does;
        return undefined;
      });
      if (needed !== undefined) return needed;
      found.push(under);
      return undefined;
    });
  return distinct(found);
}

/** For each state of a block those to which its paths lead, itself included. */
function reachableStates(block: Block, limits: Limits): ReadonlySet<number>[] {
  const outgoing = outgoingEdges(block);
  return block.states.map((_, state) => {
    checkTime(limits);
    const reached = new Set([state]);
    // What is added while it is gone through is gone through as well.
    for (const from of reached) for (const { to } of outgoing[from]!) reached.add(to);
    return reached;
  });
}
