import { explainMemory, usedUpMemory } from './memory.js';

/**
 * Bounds on the structures that are built before exploration, so that a program whose structures explode ends in an
 * honest `unknown` rather than in a hang or out of memory (spec 4.5).
 */
export interface Limits {
  /** Kinds of packets at one host that the program can tell apart. */
  readonly packetClasses: number;
  /** States of the transition system. */
  readonly states: number;
  /** Formulas that reach one place of the policy in one state (spec 1.5). */
  readonly formulas: number;
  /** Pairs of a state and a set of events collected on a path to it (spec 2.1). */
  readonly paths: number;
  /** Minimally inconsistent sets of events (spec 2.2). */
  readonly inconsistentSets: number;
  /** Kinds of packets anywhere on their way. */
  readonly packetKinds: number;
  /** `performance.now()` past which to give up. */
  readonly deadline: number;
}

export const defaultLimits: Limits = {
  packetClasses: 100_000,
  states: 1_500,
  formulas: 20_000,
  paths: 20_000,
  inconsistentSets: 20_000,
  packetKinds: 200_000,
  deadline: Number.POSITIVE_INFINITY,
};

/** Which limit was met when the time is over, in words, and the option that moves it. */
export const timeMet = 'the time limit was met (--timeout)';

/** What was not even asked when the time was over, and why in words. */
export const whyUnasked = (goals: string, { isTime, message }: LimitReached): string =>
  `${goals} not yet made: ${isTime ? timeMet : message}`;

/** A bound was met: the verdict is `unknown`, and the message names the bound. */
export class LimitReached extends Error {
  readonly isTime: boolean;
  constructor(message: string, isTime = false) {
    super(message);
    this.isTime = isTime;
  }
}

/** The memory is looked at once for so many looks at the clock. */
const memoryEvery = 64;
let looks = 0;

/** Called in every loop that may take long. @throws LimitReached past the deadline, or when the memory is used up */
export function checkTime({ deadline }: Pick<Limits, 'deadline'>): void {
  if (looks++ % memoryEvery === 0) {
    const usedUp = usedUpMemory();
    if (usedUp) throw new LimitReached(explainMemory(usedUp));
  }
  if (performance.now() > deadline)
    throw new LimitReached('the time limit was met before the first execution (--timeout)', true);
}
