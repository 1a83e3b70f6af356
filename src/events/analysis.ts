import { LimitReached, type Limits } from '../base/limits.js';
import type { Program } from '../language/program.js';
import { type AlikeStates, alikeStates } from './alike-states.js';
import {
  type BrokenCondition,
  checkComplete,
  checkDetermined,
  checkLocal,
  checkPlaces,
  type FreeRun,
  freeRuns,
} from './conditions.js';
import { type ConfigurationFault, type Configurations, examineConfigurations } from './configurations.js';
import { type EventStructure, eventStructure, type Unrolling } from './event-structure.js';
import { type TransitionSystem, transitionSystem } from './transition-system.js';

/** What a program means, as far as it has a meaning (spec 1.3–2.5). */
export interface Analysis {
  readonly system: TransitionSystem;
  readonly configurations: Configurations;
  /** Undefined if a fault or a cycle keeps the event structure from being built. */
  readonly structure: EventStructure | undefined;
  /** The first reason to reject the program, in the order of interface.md. */
  readonly broken: ConfigurationFault | BrokenCondition | undefined;
  /**
   * Whether condition 4 holds (spec 2.2), whatever else is broken; undefined if there is no structure, or a limit was
   * met.
   */
  readonly locallyDetermined: boolean | undefined;
  /** Runs of the structure that the transition system has not (spec 2.5). */
  readonly freeRuns: readonly FreeRun[];
  /** States between which there is no difference. */
  readonly alike: readonly AlikeStates[];
}

/** For how many packets loops are unrolled (spec 2.5), and how far. */
export interface UnrollOptions {
  /** How many packets enter at most: a clock that never stops is listed as far as they can make it go. */
  readonly packets: number;
  /** The length of paths of other blocks with loops. */
  readonly paths: number;
}

/** The unrolling that is usual for a number of packets: each packet may cause four events (spec 2.5). */
export const unrollFor = (packets: number, paths: number = 4 * packets): UnrollOptions => ({ packets, paths });

/** How a program is analysed besides its text. */
export interface AnalysisOptions {
  /** Whether the state is taken as one block (spec 2.4): for tests, which compare verdicts. */
  readonly isOneBlock?: boolean;
}

/**
 * Builds the transition system and the event structure, and checks the conditions in the order of interface.md: egress,
 * forwarding-loop; cycle, undetermined, incomplete, nonlocal. @throws LimitReached
 */
export function analyse(
  program: Program,
  unroll: UnrollOptions,
  limits: Limits,
  { isOneBlock = false }: AnalysisOptions = {},
): Analysis {
  const system = transitionSystem(program, limits, isOneBlock);
  const configurations = examineConfigurations(program, system, limits);
  const early = configurations.fault ?? checkPlaces(system);
  const nothing = { structure: undefined, locallyDetermined: undefined, freeRuns: [], alike: [] };
  if (early) return { system, configurations, broken: early, ...nothing };
  const structure = eventStructure(system, unrolling(unroll, configurations), limits);
  const broken = checkDetermined(structure, configurations.areAlike) ?? checkComplete(structure, limits);
  if (broken)
    return {
      system,
      configurations,
      structure,
      broken,
      locallyDetermined: isLocal(structure, limits),
      freeRuns: [],
      alike: [],
    };
  const nonlocal = checkLocal(structure, limits);
  return {
    system,
    configurations,
    structure,
    broken: nonlocal,
    locallyDetermined: !nonlocal,
    freeRuns: freeRuns(structure, limits),
    alike: alikeStates(system, configurations.areAlike),
  };
}

/**
 * How far loops are unrolled. Where packets have one configuration each, no clock goes further than their copies can
 * make it; where configurations mix, checks that come to the end of what is listed say so. One event more is listed, so
 * that an execution which has come as far as it can does not look like one that was cut short.
 */
const unrolling = ({ packets, paths }: UnrollOptions, { mostArrivals }: Configurations): Unrolling => ({
  paths,
  clock: Math.max(1, packets * Math.min(mostArrivals, 4)) + 1,
});

/**
 * Whether condition 4 holds of a structure that is rejected already; a limit that is met here must not hide the
 * rejection.
 */
function isLocal(structure: EventStructure, limits: Limits): boolean | undefined {
  try {
    return !checkLocal(structure, limits);
  } catch (error) {
    if (error instanceof LimitReached) return undefined;
    throw error;
  }
}
