import { emptySet } from './event-set.js';
import type { BlockStructure, EventStructure } from './event-structure.js';

/** The blocks with events; if there is none, one without, of which nothing can happen. */
export function eventfulBlocks({ blocks }: Pick<EventStructure, 'blocks'>): readonly BlockStructure[] {
  const eventful = blocks.filter(({ events }) => events !== emptySet);
  return eventful.length > 0 ? eventful : [blocks[0] ?? stateless];
}

/** What stands for the blocks of a program without a state. */
const stateless: BlockStructure = {
  block: { indices: [], isOrdered: false, states: [[]], edges: [] },
  naming: { groups: [], groupOf: new Map(), counted: [], hasLoops: false, clock: null },
  events: emptySet,
  eventSets: [emptySet],
  indexOf: new Map([[emptySet, 0]]),
  stateOf: [0],
  collected: [{ set: emptySet, state: 0, length: 0, path: () => [] }],
  goesOn: new Map(),
  causesOf: () => [],
  maximal: [emptySet],
  bound: null,
  frontier: [],
};
