import type { Problem } from '../../theorems/engine.js';
import type { CheckName } from '../../theorems/verdict.js';
import type { Obligation } from '../obligation.js';
import { behavioursOf } from './behaviours.js';
import { causalObligations } from './causal.js';
import { lemma3Obligations } from './lemma3.js';
import { paperObligations } from './paper.js';
import type { Rules } from './rules.js';
import { subjectOf } from './situation.js';

/** The part of a problem that a proof is about: any number of packets, under `tagged`, the controller on or off. */
export type Provable = Pick<Problem, 'program' | 'system' | 'structure' | 'limits'>;

/** The checks whose obligations a proof of a check consists of: invariants stand on each other. */
export const standsOn: Readonly<Record<CheckName, readonly CheckName[]>> = {
  lemma3: ['lemma3'],
  'theorem1.causal': ['lemma3', 'theorem1.causal'],
  'theorem1.paper': ['lemma3', 'theorem1.causal', 'theorem1.paper'],
};

/** Past this, scripts that list the event-sets are too long. */
const maxEventSets = 1_000;

/** Why nothing of a program is tried to be proved, in words; undefined if there is no reason. */
export function whyUnprovable({ structure }: Pick<Provable, 'structure'>): string | undefined {
  if (structure.bound !== null)
    return `loops are unrolled to paths of ${structure.bound}, and a proof would be about those alone`;
  if (structure.eventSets.length > maxEventSets)
    return `there are more than ${maxEventSets.toLocaleString('en')} event-sets`;
  return undefined;
}

/**
 * The obligations of each wanted check, without those that it stands on. They are a function of the program alone.
 * @param rules what runs; those of spec 3 unless a test plants a fault @throws LimitReached
 */
export function obligationsOf(
  { program, system, structure, limits }: Provable,
  wanted: readonly CheckName[],
  rules?: Rules,
): ReadonlyMap<CheckName, readonly Obligation[]> {
  const subject = subjectOf(program, structure, rules);
  const make: Readonly<Record<CheckName, () => Obligation[]>> = {
    lemma3: () => lemma3Obligations(subject),
    'theorem1.causal': () => causalObligations(subject),
    'theorem1.paper': () => paperObligations(subject, behavioursOf(program, system, structure, limits)),
  };
  const names = (Object.keys(standsOn) as CheckName[]).filter((name) =>
    wanted.some((check) => standsOn[check].includes(name)),
  );
  return new Map(names.map((name) => [name, make[name]()]));
}
