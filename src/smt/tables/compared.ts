import type { Limits } from '../../base/limits.js';
import type { EventStructure } from '../../events/event-structure.js';
import type { TransitionSystem } from '../../events/transition-system.js';
import type { Program } from '../../language/program.js';

/** What tables are compared with: a program, its transition system and its event structure. */
export interface Compared {
  readonly program: Program;
  readonly system: TransitionSystem;
  readonly structure: EventStructure;
  readonly limits: Limits;
}
