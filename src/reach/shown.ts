import type { StateVector } from '../language/program.js';
import type { Conjunction } from './conditions.js';

/** That packets of a host reach a host: those that satisfy one of the conjunctions. */
export interface Reached {
  readonly from: string;
  readonly to: string;
  readonly when: readonly Conjunction[];
  /** False where there are more conjunctions than are listed. */
  readonly complete?: false;
}

/** Who reaches whom in a state. */
export interface StateReach {
  readonly state: StateVector;
  readonly reaches: readonly Reached[];
}

/** What changes along an edge of a block, whatever the other blocks are in. */
export interface EdgeReach {
  /** The components that are the block's own, and their values before and after. */
  readonly indices: readonly number[];
  readonly from: StateVector;
  readonly to: StateVector;
  readonly formula: string;
  readonly at: string;
  readonly gained: readonly Reached[];
  readonly lost: readonly Reached[];
}

/** Who reaches whom, in each state, and what changes with each event. */
export interface Reach {
  readonly hosts: readonly string[];
  readonly states: readonly StateReach[];
  /** How many states there are that are not listed. */
  readonly moreStates: number;
  readonly changes: readonly EdgeReach[];
}
