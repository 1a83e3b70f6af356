import type { Limits } from '../base/limits.js';
import { emptySet } from './event-set.js';
import { type BlockStructure, countEventSets, type EventStructure, productStructure } from './event-structure.js';
import type { TransitionSystem } from './transition-system.js';

/** With no more event-sets than this, all are listed. */
export const fewEventSets = 64;

/** What has been made of structures, so that all that is remembered of one (packets, trees) is remembered once. */
const known = new WeakMap<EventStructure, Map<number, EventStructure>>();

/**
 * The structure with the event-sets of at most `most` events alone: for executions in which no more can happen. What it
 * lists is then no product any more, of which n events that nothing connects have 2^n. It is the same structure if it
 * has few event-sets anyway, or none with more events.
 */
export function withFewEvents(
  system: TransitionSystem,
  structure: EventStructure,
  most: number,
  limits: Pick<Limits, 'paths'>,
): EventStructure {
  const largest = structure.blocks.reduce((sum, { eventSets }) => sum + sizeOf(eventSets[eventSets.length - 1]!), 0);
  if (largest <= most || countEventSets(structure) <= fewEventSets) return structure;
  const found = known.get(structure) ?? new Map<number, EventStructure>();
  known.set(structure, found);
  const made = found.get(most) ?? productStructure(system, structure, limits, most);
  found.set(most, made);
  return made;
}

/**
 * The structure in which only some blocks, by number, ever change: for executions in which no event of the others can
 * happen.
 */
export function withBlocks(
  system: TransitionSystem,
  structure: EventStructure,
  changing: ReadonlySet<number>,
  limits: Pick<Limits, 'paths'>,
): EventStructure {
  const { events, eventsOf, unrolling } = structure;
  const frozen = (one: BlockStructure): BlockStructure => ({
    ...one,
    eventSets: [emptySet],
    indexOf: new Map([[emptySet, 0]]),
    stateOf: [one.stateOf[0]!],
    bound: null,
    frontier: [],
  });
  const blocks = structure.blocks.map((one, i) => (changing.has(i) ? one : frozen(one)));
  const blockOf = structure.blockOf.map((one) => blocks[structure.blocks.indexOf(one)]!);
  return productStructure(system, { events, eventsOf, blocks, blockOf, unrolling }, limits);
}

function sizeOf(set: bigint): number {
  let size = 0;
  for (let rest = set; rest !== 0n; rest &= rest - 1n) size++;
  return size;
}
