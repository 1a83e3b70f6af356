import type { Limits } from '../../base/limits.js';
import { type EventSet, setOf } from '../../events/event-set.js';
import type { BlockStructure, EventStructure } from '../../events/event-structure.js';
import { satisfies } from '../../events/formula.js';
import {
  agrees,
  type ComponentValues,
  type PartialState,
  reachableValues,
  splitStates,
} from '../../events/partial-states.js';
import { statefulConfiguration } from '../../events/stateful-configuration.js';
import type { TransitionSystem } from '../../events/transition-system.js';
import type { Program } from '../../language/program.js';
import type { Configuration } from '../../netkat/configuration.js';
import { type Headers, undetermined } from '../../netkat/fields.js';
import { splitPackets } from '../../netkat/ingress.js';
import { compareLocations, type Host } from '../../netkat/topology.js';
import { type Arrival, grow, type TreeTable, treeTable } from '../../netkat/tree.js';

/** The arrival of a packet at a place with events that it matches. */
export interface EventfulArrival {
  /** The events at that switch. */
  readonly own: EventSet;
  readonly matching: EventSet;
}

/** What a packet does under all event-sets whose parts are among some of some blocks; other blocks do not matter. */
export interface Cell {
  readonly when: readonly { readonly own: EventSet; readonly parts: readonly EventSet[] }[];
  /** A number of the packet's tree: two trees of a packet are equal iff their numbers are (spec 1.4). */
  readonly tree: number;
  readonly arrivals: readonly EventfulArrival[];
}

/** All that a proof needs to know of a packet that enters; packets that agree in all of it are treated as one. */
export interface Behaviour {
  /** The events at the switch where it enters. */
  readonly own: EventSet;
  /** Of these just one is about any one event-set. */
  readonly cells: readonly Cell[];
}

/** What the behaviours of a program are made from. */
interface Source {
  readonly program: Program;
  readonly system: TransitionSystem;
  readonly structure: EventStructure;
  readonly limits: Limits;
  readonly values: ComponentValues;
  readonly configurationAt: (state: PartialState) => Configuration;
  readonly trees: TreeTable;
  readonly eventsAt: ReadonlyMap<number, EventSet>;
}

/**
 * The behaviours of all packets that can enter (spec 1.4). For each packet, states are told apart only as far as
 * something on its way depends on them, so that blocks that a packet never meets do not multiply. @throws LimitReached
 */
export function behavioursOf(
  program: Program,
  system: TransitionSystem,
  structure: EventStructure,
  limits: Limits,
): Behaviour[] {
  const values = reachableValues(system);
  const eventsAt = new Map<number, EventSet>();
  for (const { id, at } of structure.events) eventsAt.set(at.switch, (eventsAt.get(at.switch) ?? 0n) | setOf([id]));
  const configurationAt = statefulConfiguration(program, values);
  const source = { program, system, structure, limits, values, configurationAt, trees: treeTable(), eventsAt };
  const behaviours = new Map<string, Behaviour>();
  for (const host of program.topology.hosts)
    splitPackets(program.fields, limits, (headers) => {
      const cells = cellsOf(source, host, headers);
      if (typeof cells === 'number') return cells;
      const behaviour = { own: eventsAt.get(host.at.switch) ?? 0n, cells };
      behaviours.set(keyOf(behaviour), behaviour);
      return undefined;
    });
  return [...behaviours.values()];
}

const keyOf = (behaviour: Behaviour): string =>
  JSON.stringify(behaviour, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

/** The cells of a packet, or the undetermined field on which they depend. */
function cellsOf(source: Source, host: Host, headers: Headers): Cell[] | number {
  const { program, system, limits, values, configurationAt, trees } = source;
  const found: (Omit<Cell, 'tree'> & { readonly tree: number })[] = [];
  let needed: number | undefined;
  splitStates(system, values, limits, (state) => {
    if (needed !== undefined) return undefined;
    const grown = grow(trees, program.topology, configurationAt(state), headers, host.at);
    // Faults reject the program before anything is proved of it.
    if (grown.kind === 'fault') throw new Error(`a configuration with a ${grown.fault.kind} fault is proved`);
    if (grown.kind === 'needs') {
      if (grown.field >= program.fields.length) return grown.field - program.fields.length;
      needed = grown.field;
      return undefined;
    }
    const arrivals = eventfulArrivals(source, grown.arrivals);
    if (typeof arrivals === 'number') needed = arrivals;
    else found.push({ when: whenOf(source, state), tree: grown.tree, arrivals });
    return undefined;
  });
  if (needed !== undefined) return needed;
  const numbers = [...new Set(found.map(({ tree }) => tree))];
  return found.map((cell) => ({ ...cell, tree: numbers.indexOf(cell.tree) }));
}

/** For each block of which a partial state says something, the parts of event-sets after which its state may be so. */
function whenOf({ structure, values }: Source, state: PartialState): Cell['when'] {
  const isOpen = ({ block }: BlockStructure) => block.indices.every((index) => state[index] === undetermined);
  return structure.blocks
    .filter((one) => one.events !== 0n && !isOpen(one))
    .map(({ block, events, eventSets, stateOf }) => ({
      own: events,
      parts: eventSets.filter((_, i) => agrees(values, block, block.states[stateOf[i]!]!, state)),
    }));
}

/** Where a packet arrives at places of events that it matches; or the undetermined field on which this depends. */
function eventfulArrivals(
  { system, structure, eventsAt }: Source,
  arrivals: readonly Arrival[],
): EventfulArrival[] | number {
  const found = new Map<string, EventfulArrival>();
  for (const { headers, at } of arrivals) {
    let matching = 0n;
    for (const [label, { at: place, formula }] of system.labels.entries()) {
      if (compareLocations(place, at) !== 0) continue;
      const satisfied = satisfies(headers, formula);
      if (typeof satisfied === 'number') return satisfied;
      if (satisfied) matching |= setOf(structure.eventsOf[label]!);
    }
    if (matching === 0n) continue;
    const own = eventsAt.get(at.switch)!;
    found.set(`${own}|${matching}`, { own, matching });
  }
  return [...found.values()];
}
