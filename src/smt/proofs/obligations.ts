import type { Problem } from '../../engines/engine.js';
import type { TransitionSystem } from '../../events/transition-system.js';
import type { Program } from '../../language/program.js';
import { type Check, type CheckKind, type CheckName, type TheoremName, theorems } from '../../theorems/checks.js';
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

/** What a proof of a check consists of, by the kind of the check. */
interface Proof {
  /** The theorems whose obligations belong to it besides its own: invariants stand on each other. */
  readonly standsOn: readonly TheoremName[];
  /** Why there are no proofs for programs with a loop of events; null if there are. */
  readonly notOfLoops: string | null;
}

/** The proofs, each after those on which it stands. */
const proofs: Readonly<Record<CheckKind, Proof>> = {
  lemma3: { standsOn: [], notOfLoops: null },
  'theorem1.causal': { standsOn: ['lemma3'], notOfLoops: null },
  'theorem1.paper': {
    standsOn: ['lemma3', 'theorem1.causal'],
    notOfLoops:
      'the events of the loop have no end, and the conditions for a proof of this reading are asked of each event-set',
  },
};

/** The checks whose obligations a proof of a check consists of, itself the last. */
export const proofOf = ({ kind, name }: Check): readonly CheckName[] => [...proofs[kind].standsOn, name];

/** With more event-sets than this, scripts that list them are too long. */
const maxEventSets = 1_000;

/** Why no proof of a check is tried, in words; undefined if one is tried. */
export function whyUnprovable(
  { system, structure }: Pick<Provable, 'system' | 'structure'>,
  { kind }: Check,
): string | undefined {
  if (structure.bound !== null) {
    const chain = chainOf(system);
    if (chain.kind === 'branching')
      return `loops are unrolled to paths of ${structure.bound}, and a proof would be about those alone: ${chain.why}`;
    return proofs[kind].notOfLoops ?? undefined;
  }
  if (structure.eventSets.length > maxEventSets)
    return `there are more than ${maxEventSets.toLocaleString('en')} event-sets`;
  return undefined;
}

/**
 * The obligations of each wanted check, and of each that one stands on. They are a function of the program alone: for
 * loops, of the chain, whatever the bound to which they are unrolled.
 * @param rules what runs; those of spec 3 unless a test plants a fault @throws LimitReached
 */
export function obligationsOf(
  { program, system, structure, limits }: Provable,
  wanted: readonly Check[],
  rules: Rules = taggedRules,
): ReadonlyMap<CheckName, readonly Obligation[]> {
  const subject =
    structure.bound === null
      ? proofSubject(program, structure.events, () => bitVectorScript(structure), rules)
      : chainSubject(program, system, rules);
  const make: Readonly<Record<CheckKind, (check: Check) => Obligation[]>> = {
    lemma3: () => lemma3Obligations(subject),
    'theorem1.causal': () => causalObligations(subject),
    'theorem1.paper': () => paperObligations({ structure, rules }, behavioursOf(program, system, structure, limits)),
  };
  const needed = wanted.flatMap(({ kind }) => proofs[kind].standsOn).map((name) => theorems[name]);
  const all = [...new Map([...needed, ...wanted].map((check) => [check.name, check])).values()];
  const kinds = Object.keys(proofs) as CheckKind[];
  const sorted = kinds.flatMap((kind) => all.filter((check) => check.kind === kind));
  return new Map(sorted.map((check) => [check.name, make[check.kind](check)]));
}

/** @throws unless the program's events form a chain, which `whyUnprovable` has made sure of */
function chainSubject(program: Program, system: TransitionSystem, rules: Rules): ProofSubject {
  const found = chainOf(system);
  if (found.kind === 'branching') throw new Error(`no chain: ${found.why}`);
  const { chain } = found;
  return proofSubject(program, chain.positions, () => chainScript(chain), rules);
}
