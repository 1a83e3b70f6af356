import { LimitReached, type Limits } from '../base/limits.js';
import type { Program } from '../language/program.js';
import { type BrokenCondition, checkComplete, checkCycles, checkDetermined, checkLocal } from './conditions.js';
import { type ConfigurationFault, type Configurations, examineConfigurations } from './configurations.js';
import { type EventStructure, eventStructure } from './event-structure.js';
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
}

/**
 * Builds the transition system and the event structure, and checks the conditions in the order of interface.md: egress,
 * forwarding-loop; cycle, undetermined, incomplete, nonlocal.
 * @param unroll bound on the length of paths if there are loops (spec 2.5) @throws LimitReached
 */
export function analyse(program: Program, unroll: number, limits: Limits): Analysis {
  const system = transitionSystem(program, limits);
  const configurations = examineConfigurations(program, system, limits);
  const early = configurations.fault ?? checkCycles(system);
  if (early) return { system, configurations, structure: undefined, broken: early, locallyDetermined: undefined };
  const structure = eventStructure(system, unroll, limits);
  const broken = checkDetermined(structure, configurations.classOf) ?? checkComplete(structure, limits);
  if (broken) return { system, configurations, structure, broken, locallyDetermined: isLocal(structure, limits) };
  const nonlocal = checkLocal(structure, limits);
  return { system, configurations, structure, broken: nonlocal, locallyDetermined: !nonlocal };
}

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
