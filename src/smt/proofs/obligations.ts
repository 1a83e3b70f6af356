import type { Problem } from '../../engines/engine.js';
import type { TransitionSystem } from '../../events/transition-system.js';
import type { Program } from '../../language/program.js';
import type { CheckName } from '../../theorems/checks.js';
import type { Obligation } from '../solver/obligation.js';
import { behavioursOf } from './behaviours.js';
import { bitVectorScript } from './bit-vectors.js';
import { causalObligations } from './causal.js';
import { chainOf } from './chain.js';
import { chainScript } from './chain-script.js';
import { lemma3Obligations } from './lemma3.js';
import { paperObligations } from './paper.js';
import { type Rules, taggedRules } from './rules.js';
import { type ProofSubject, proofSubject } from './situation.js';

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

/** Why a check of a program is not tried to be proved, in words; undefined if there is no reason. */
export function whyUnprovable(
  { system, structure }: Pick<Provable, 'system' | 'structure'>,
  check: CheckName,
): string | undefined {
  if (structure.bound !== null) {
    const chain = chainOf(system);
    if (chain.kind === 'branching')
      return `loops are unrolled to paths of ${structure.bound}, and a proof would be about those alone: ${chain.why}`;
    if (check === 'theorem1.paper')
      return 'the events of the loop have no end, and the conditions for a proof of this reading are asked of each event-set';
    return undefined;
  }
  if (structure.eventSets.length > maxEventSets)
    return `there are more than ${maxEventSets.toLocaleString('en')} event-sets`;
  return undefined;
}

/**
 * The obligations of each wanted check, without those that it stands on. They are a function of the program alone: for loops, of
 * the chain, whatever the bound to which they are unrolled.
 * @param rules what runs; those of spec 3 unless a test plants a fault @throws LimitReached
 */
export function obligationsOf(
  { program, system, structure, limits }: Provable,
  wanted: readonly CheckName[],
  rules: Rules = taggedRules,
): ReadonlyMap<CheckName, readonly Obligation[]> {
  const subject =
    structure.bound === null
      ? proofSubject(program, structure.events, () => bitVectorScript(structure), rules)
      : chainSubject(program, system, rules);
  const make: Readonly<Record<CheckName, () => Obligation[]>> = {
    lemma3: () => lemma3Obligations(subject),
    'theorem1.causal': () => causalObligations(subject),
    'theorem1.paper': () => paperObligations({ structure, rules }, behavioursOf(program, system, structure, limits)),
  };
  const names = (Object.keys(standsOn) as CheckName[]).filter((name) =>
    wanted.some((check) => standsOn[check].includes(name)),
  );
  return new Map(names.map((name) => [name, make[name]()]));
}

/** @throws unless the program's events form a chain: `whyUnprovable` says so */
function chainSubject(program: Program, system: TransitionSystem, rules: Rules): ProofSubject {
  const found = chainOf(system);
  if (found.kind === 'branching') throw new Error(`no chain: ${found.why}`);
  const { chain } = found;
  return proofSubject(program, chain.positions, () => chainScript(chain), rules);
}
