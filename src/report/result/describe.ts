import { LimitReached, type Limits } from '../../base/limits.js';
import type { Analysis } from '../../events/analysis.js';
import { type EventSet, members } from '../../events/event-set.js';
import { countEventSets, type EventStructure, someEventSets } from '../../events/event-structure.js';
import { relationsOf } from '../../events/relations.js';
import {
  countStates,
  edgesFrom,
  type ProductEdge,
  someStates,
  type TransitionSystem,
} from '../../events/transition-system.js';
import type { Program } from '../../language/program.js';
import type { Reading } from '../../language/read-program.js';
import { showLocation } from '../../netkat/topology.js';
import { showEdge } from './edges.js';
import type { Result, ShownBlock, ShownEvent } from './result.js';
import { warningsOf } from './warnings.js';

/** Lists of the product of blocks stop at so many entries (interface.md). */
const maxListed = 1_000;

/** Some events of a structure, as the JSON writes them. */
export const describeEvents = (system: TransitionSystem, structure: EventStructure, set: EventSet): ShownEvent[] =>
  members(set).map((id) => {
    const { label, at, occurrence, history } = structure.events[id]!;
    const { clock } = structure.blockOf[id]!.naming;
    const named = history && { ...(clock === null ? {} : { clock }), time: history.time, after: history.after };
    return { id, formula: system.labels[label]!.text, at: showLocation(at), occurrence, ...named };
  });

/** The declared properties, as the JSON lists them; nothing if there are none. */
export const describeProperties = ({ properties }: Pick<Program, 'properties'>): Pick<Result, 'properties'> =>
  properties.length === 0 ? {} : { properties: properties.map(({ name, text, place }) => ({ name, text, ...place })) };

/** The program's network of the JSON. */
function describeNetwork({ topology, addresses, fields }: Program): NonNullable<Result['network']> {
  return {
    switches: topology.switches,
    hosts: topology.hosts.map(({ name, at }) => ({ name, at: showLocation(at), ...addresses.get(name)! })),
    links: topology.links.map(({ from, to }) => ({ from: showLocation(from), to: showLocation(to) })),
    fields,
  };
}

/** What is listed of the product of the blocks of a system. */
export interface ListedProduct {
  readonly states: TransitionSystem['states'];
  /**
   * In the one order of the JSON, by the states that they lead from, then their labels, then the states that they lead
   * to: `ets.edges` lists them so, and `program.links` counts them so.
   */
  readonly edges: readonly ProductEdge[];
  readonly isComplete: boolean;
}

/** Lists the product once, for all that is said of it. */
export function listProduct(system: TransitionSystem): ListedProduct {
  const states = someStates(system, maxListed);
  const edges = edgesFrom(system, states);
  const isComplete = countStates(system) <= maxListed && edges.length <= maxListed;
  return { states, edges: edges.slice(0, maxListed), isComplete };
}

const describeSystem = (
  system: TransitionSystem,
  { states, edges, isComplete }: ListedProduct,
): NonNullable<Result['ets']> => ({
  initial: system.initial,
  states,
  edges: edges.map((edge) => showEdge(system, edge)),
  ...(isComplete ? {} : { complete: false }),
});

function describeBlocks(system: TransitionSystem, { blocks }: EventStructure): ShownBlock[] {
  return blocks.map(({ block: { indices, isOrdered, states, edges }, naming, events, eventSets, stateOf, bound }) => {
    const labels = edges.map(({ label }) => system.labels[label]!);
    return {
      indices,
      switches: [...new Set(labels.map(({ at }) => at.switch))].sort((a, b) => a - b),
      ordered: isOrdered,
      clock: naming.clock,
      states,
      edges: edges.map(({ from, to, label }) => {
        const { text, at } = system.labels[label]!;
        return { from: states[from]!, to: states[to]!, event: `${text} at ${showLocation(at)}` };
      }),
      events: members(events),
      eventSets: eventSets.slice(0, maxListed).map(members),
      g: stateOf.slice(0, maxListed).map((state) => states[state]!),
      ...(bound !== null || eventSets.length > maxListed ? { complete: false } : {}),
    };
  });
}

function describeStructure(
  system: TransitionSystem,
  structure: EventStructure,
  locallyDetermined: boolean,
): NonNullable<Result['nes']> {
  return {
    events: structure.events.flatMap(({ id }) => describeEvents(system, structure, 1n << BigInt(id))),
    eventSets: someEventSets(structure, maxListed).map(members),
    blocks: describeBlocks(system, structure),
    locallyDetermined,
    bound: structure.bound,
    ...(structure.bound === null && countEventSets(structure) <= maxListed ? {} : { complete: false }),
  };
}

/**
 * The network, the transition system and the event structure of the JSON, as far as they could be built (interface.md).
 */
export function describe(
  reading: Extract<Reading, { ok: true }>,
  analysis: Analysis,
  limits: Limits,
  product: ListedProduct = listProduct(analysis.system),
): Pick<Result, 'network' | 'ets' | 'nes' | 'relations' | 'warnings'> {
  const { system, structure, locallyDetermined } = analysis;
  const network = describeNetwork(reading.program);
  const ets = describeSystem(system, product);
  const warnings = warningsOf(reading, analysis);
  if (!structure || locallyDetermined === undefined) return { network, ets, warnings };
  const nes = describeStructure(system, structure, locallyDetermined);
  return { network, ets, nes, ...relations(structure, limits), warnings };
}

/**
 * With more event-sets of blocks than this, relations are left out: working them out would take longer than the checks.
 */
const maxRelated = 256;

function relations(structure: EventStructure, limits: Limits): Pick<Result, 'relations'> {
  if (structure.blocks.reduce((sum, { eventSets }) => sum + eventSets.length, 0) > maxRelated) return {};
  try {
    const { causes, conflicts } = relationsOf(structure, limits);
    const states = someEventSets(structure, maxListed).map((set) => structure.stateAfter(set)!);
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
  { edges: listed }: ListedProduct,
): Required<Pick<Result['program'], 'links'>> {
  const edgesOf = new Map<number, number[]>();
  for (const [i, edge] of listed.entries())
    for (const occurrence of edge.occurrences) {
      const own = edgesOf.get(occurrence) ?? [];
      own.push(i);
      edgesOf.set(occurrence, own);
    }
  const links = occurrences.flatMap(({ start, end }, i) => {
    const edges = edgesOf.get(i + 1);
    return edges ? [{ start, end, edges }] : [];
  });
  return { links };
}
