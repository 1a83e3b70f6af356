import { LimitReached, type Limits } from '../../base/limits.js';
import type { Analysis } from '../../events/analysis.js';
import { compareNumberLists, type EventSet, members } from '../../events/event-set.js';
import type { EventStructure } from '../../events/event-structure.js';
import { relationsOf } from '../../events/relations.js';
import type { Edge, TransitionSystem } from '../../events/transition-system.js';
import type { Program } from '../../language/program.js';
import { showLocation } from '../../netkat/topology.js';
import type { Result, ShownEdge, ShownEvent } from './result.js';

/** An edge by its states and label, as the JSON writes it. */
export function showEdge(system: TransitionSystem, { from, to, label }: Edge): ShownEdge {
  const { text, at } = system.labels[label]!;
  return { from: system.states[from]!, to: system.states[to]!, formula: text, at: showLocation(at) };
}

/** Some events of a structure, as the JSON writes them. */
export const describeEvents = (system: TransitionSystem, structure: EventStructure, set: EventSet): ShownEvent[] =>
  members(set).map((id) => {
    const { label, at, occurrence } = structure.events[id]!;
    return { id, formula: system.labels[label]!.text, at: showLocation(at), occurrence };
  });

/** The program's network of the JSON. */
function describeNetwork({ topology, addresses, fields }: Program): NonNullable<Result['network']> {
  return {
    switches: topology.switches,
    hosts: topology.hosts.map(({ name, at }) => ({ name, at: showLocation(at), ...addresses.get(name)! })),
    links: topology.links.map(({ from, to }) => ({ from: showLocation(from), to: showLocation(to) })),
    fields,
  };
}

/** Edges in the order of the states that they lead from, then of their labels, then of the states that they lead to. */
const byStates =
  ({ states }: TransitionSystem) =>
  (a: Edge, b: Edge): number =>
    compareNumberLists(states[a.from]!, states[b.from]!) ||
    a.label - b.label ||
    compareNumberLists(states[a.to]!, states[b.to]!);

/**
 * The edges of a system in the one order of the JSON: `ets.edges` lists them so, and `program.links` counts them so.
 */
const listed = (system: TransitionSystem): readonly Edge[] => [...system.edges].sort(byStates(system));

/**
 * The network, the transition system and the event structure of the JSON, as far as they could be built (interface.md).
 */
export function describe(
  program: Program,
  analysis: Analysis,
  limits: Limits,
): Pick<Result, 'network' | 'ets' | 'nes' | 'relations' | 'warnings'> {
  const { system, structure, configurations, locallyDetermined } = analysis;
  const network = describeNetwork(program);
  const ets = {
    initial: program.initial,
    states: [...system.states].sort(compareNumberLists),
    edges: listed(system).map((edge) => showEdge(system, edge)),
  };
  const warnings = configurations.unused.map((edge) => {
    const { from, to, formula, at } = showEdge(system, edge);
    return `no packet can run the branch that leads from [${from}] to [${to}]; its event (${formula} at ${at}) counts all the same`;
  });
  if (!structure || locallyDetermined === undefined) return { network, ets, warnings };
  const nes = {
    events: structure.events.flatMap(({ id }) => describeEvents(system, structure, 1n << BigInt(id))),
    eventSets: structure.eventSets.map(members),
    locallyDetermined,
    bound: structure.bound,
  };
  return { network, ets, nes, ...relations(analysis.system, structure, limits), warnings };
}

/** With more event-sets than this, relations are left out: working them out would take longer than the checks. */
const maxRelated = 256;

function relations(system: TransitionSystem, structure: EventStructure, limits: Limits): Pick<Result, 'relations'> {
  if (structure.eventSets.length > maxRelated) return {};
  try {
    const { causes, conflicts } = relationsOf(structure, limits);
    const states = structure.stateOf.map((state) => system.states[state]!);
    return {
      relations: { states, causes: causes.map((sets) => sets.map(members)), conflicts: conflicts.map(members) },
    };
  } catch (error) {
    if (error instanceof LimitReached) return {};
    throw error;
  }
}

/** Longer texts are not part of a result. */
const maxText = 100_000;

/** The text of a program, unless it is very long. */
export const describeText = (text: string): Pick<Result['program'], 'text'> => (text.length > maxText ? {} : { text });

/** The links of a text that change the state, each with its edges by their places in `ets.edges`. */
export function describeLinks(
  { occurrences }: Program,
  system: TransitionSystem,
): Required<Pick<Result['program'], 'links'>> {
  const edges = listed(system);
  const links = occurrences.flatMap(({ start, end }, i) => {
    const own = [...edges.keys()].filter((edge) => edges[edge]!.occurrences.includes(i + 1));
    return own.length > 0 ? [{ start, end, edges: own }] : [];
  });
  return { links };
}
