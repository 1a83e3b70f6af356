import type { Limits } from '../base/limits.js';
import { LimitReached } from '../base/limits.js';
import { showIndices } from '../events/blocks.js';
import type { BlockStructure, EventStructure } from '../events/event-structure.js';
import { reachableValues } from '../events/partial-states.js';
import type { TransitionSystem } from '../events/transition-system.js';
import type { Program } from '../language/program.js';
import { showLocation } from '../netkat/topology.js';
import { tableLimits } from '../tables/tables.js';
import { arrivals } from './arrivals.js';
import { chooseTags, columnsOf } from './choose-tags.js';
import { type BlockTags, tagWidth } from './cubes.js';
import { detections, type EventDetection } from './detection.js';
import { type PlaceRules, placeRules } from './forwarding.js';
import { outputKey } from './outputs.js';
import { compileHops } from './places.js';
import { programCounter } from './program-counter.js';
import { regions } from './regions.js';
import { stateRegions } from './state-regions.js';

/** A program whose event structure has been built and accepted. */
export interface Compilable {
  readonly program: Program;
  readonly system: TransitionSystem;
  readonly structure: EventStructure;
  readonly limits: Limits;
}

/** What the compiler makes of a program. */
export interface Compilation {
  readonly program: Program;
  readonly system: TransitionSystem;
  readonly structure: EventStructure;
  readonly places: readonly PlaceRules[];
  readonly detections: readonly EventDetection[];
  /** How many values `pc` has; 1 if packets need no `pc`. */
  readonly pcSize: number;
  /** The blocks of which tags have a field, and the field of each. */
  readonly blocks: readonly BlockStructure[];
  readonly tags: readonly BlockTags[];
}

/**
 * Compiles a program to tables (paper §1, steps 1 to 5; §4.1; §5.3).
 * @throws LimitReached if the program needs more of something than switches have; the message names it
 */
export function compileTables({ program, system, structure, limits }: Compilable): Compilation {
  checkLimits(program, structure);
  const hops = compileHops(program, structure.blocks, reachableValues(system), limits);
  const region = regions(hops.store, outputKey);
  const states = stateRegions(hops, region, structure.blocks);
  const counter = programCounter(hops, region, arrivals(program, hops, region, states.reachable));
  if (counter.size > 2 ** tableLimits.pcBits)
    throw new LimitReached(`more than ${2 ** tableLimits.pcBits} positions, which the pc cannot name`);
  const places = placeRules(hops, region, states, counter, limits);
  const { blocks } = states;
  const stamped = blocks.length > 1 ? new Set(program.topology.hosts.map(({ at }) => at.switch)).size : 0;
  const tags = blocks.map((block, b) => chooseTags(block, columnsOf(places, b), stamped));
  const width = tags.reduce((sum, one) => sum + one.width, 0);
  if (width > tableLimits.tagBits)
    throw new LimitReached(
      `the fields of ${blocks.length} blocks are ${width} bits, more than the ${tableLimits.tagBits} of a tag`,
    );
  const detected = detections(hops, system, structure, limits);
  return { program, system, structure, places, detections: detected, pcSize: counter.size, blocks, tags };
}

function checkLimits({ topology }: Program, { events, blocks }: EventStructure): void {
  const { fieldBits, digestBits, port: maxPort } = tableLimits;
  const large = blocks.find(({ eventSets }) => tagWidth(eventSets.length) > fieldBits);
  if (large)
    throw new LimitReached(
      `the ${large.eventSets.length} event-sets of the block of ${showIndices(large.block.indices)} are more than ` +
        `${fieldBits} bits of a tag name`,
    );
  if (events.length > digestBits)
    throw new LimitReached(`${events.length} events are more than a digest of ${digestBits} bits holds`);
  const ends = [...topology.hosts.map(({ at }) => at), ...topology.links.flatMap(({ from, to }) => [from, to])];
  const tooHigh = ends.find(({ port }) => port > maxPort);
  if (tooHigh) throw new LimitReached(`port ${showLocation(tooHigh)} is over ${maxPort}, the last that switches have`);
}
