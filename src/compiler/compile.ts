import type { Limits } from '../base/limits.js';
import { LimitReached } from '../base/limits.js';
import type { EventStructure } from '../events/event-structure.js';
import type { TransitionSystem } from '../events/transition-system.js';
import type { Program } from '../language/program.js';
import { showLocation } from '../netkat/topology.js';
import { tableLimits } from '../tables/tables.js';
import { arrivals } from './arrivals.js';
import { chooseTags, columnsOf } from './choose-tags.js';
import { type Codes, tagWidth } from './cubes.js';
import { detections, type EventDetection } from './detection.js';
import { type PlaceRules, placeRules } from './forwarding.js';
import { outputKey } from './outputs.js';
import { compileHops } from './places.js';
import { programCounter } from './program-counter.js';
import { regions } from './regions.js';

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
  readonly codes: Codes;
  readonly width: number;
}

/**
 * Compiles a program to tables (paper §1, steps 1 to 5; §4.1; §5.3).
 * @throws LimitReached if the program needs more of something than switches have; the message names it
 */
export function compileTables({ program, system, structure, limits }: Compilable): Compilation {
  checkLimits(program, structure);
  const hops = compileHops(program, limits);
  const region = regions(hops.store, outputKey);
  const states = [...new Set(structure.stateOf)];
  const reached = states.map((state) => arrivals(program, hops, region, system.states[state]!));
  const counter = programCounter(hops, region, reached);
  if (counter.size > 2 ** tableLimits.pcBits)
    throw new LimitReached(`more than ${2 ** tableLimits.pcBits} positions, which the pc cannot name`);
  const configurationOf = structure.stateOf.map((state) => states.indexOf(state));
  const places = placeRules(hops, region, counter, configurationOf, limits);
  const { codes, width } = chooseTags(structure, columnsOf(places));
  const detected = detections(hops, system, structure, limits);
  return { program, system, structure, places, detections: detected, pcSize: counter.size, codes, width };
}

function checkLimits({ topology }: Program, { events, eventSets }: EventStructure): void {
  const { tagBits, digestBits, port: maxPort } = tableLimits;
  if (tagWidth(eventSets.length) > tagBits)
    throw new LimitReached(`${eventSets.length} event-sets are more than a tag of ${tagBits} bits names`);
  if (events.length > digestBits)
    throw new LimitReached(`${events.length} events are more than a digest of ${digestBits} bits holds`);
  const ends = [...topology.hosts.map(({ at }) => at), ...topology.links.flatMap(({ from, to }) => [from, to])];
  const tooHigh = ends.find(({ port }) => port > maxPort);
  if (tooHigh) throw new LimitReached(`port ${showLocation(tooHigh)} is over ${maxPort}, the last that switches have`);
}
