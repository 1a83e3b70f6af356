import type { Problem } from '../../engines/engine.js';
import { isPath } from '../../events/components.js';
import { members } from '../../events/event-set.js';
import type { BlockStructure, EventStructure } from '../../events/event-structure.js';
import { eventfulBlocks } from '../../events/eventful-blocks.js';
import type { Block, TransitionSystem } from '../../events/transition-system.js';
import type { Program } from '../../language/program.js';
import { type Check, type CheckKind, type CheckName, type TheoremName, theorems } from '../../theorems/checks.js';
import type { Obligation } from '../solver/obligation.js';
import { behavioursOf } from './behaviours.js';
import { bitVectorScript, blockAlone } from './bit-vectors.js';
import { causalObligations } from './causal.js';
import { type Chain, chainOf } from './chain.js';
import { chainScript } from './chain-script.js';
import { clockScript } from './clock-script.js';
import { lemma3Obligations } from './lemma3.js';
import { paperObligations } from './paper.js';
import { paperByHistory } from './paper-history.js';
import { type Rules, taggedRules } from './rules.js';
import { type ProofSubject, proofSubject } from './situation.js';
import { stateKinds } from './state-behaviours.js';

/** The part of a problem that a proof is about: any number of packets, under `tagged`, the controller on or off. */
export type Provable = Pick<Problem, 'program' | 'system' | 'structure' | 'limits'>;

/** What a proof of a check consists of, by the kind of the check. */
interface Proof {
  /** The theorems whose obligations belong to it besides its own: invariants stand on each other. */
  readonly standsOn: readonly TheoremName[];
  /** Whether it is made for each block by itself (docs/proofs.md, H8). */
  readonly isByBlock: boolean;
}

/** The proofs, each after those on which it stands. */
const proofs: Readonly<Record<CheckKind, Proof>> = {
  lemma3: { standsOn: [], isByBlock: true },
  'theorem1.causal': { standsOn: ['lemma3'], isByBlock: true },
  'theorem1.paper': { standsOn: ['lemma3', 'theorem1.causal'], isByBlock: false },
  strong: { standsOn: ['lemma3', 'theorem1.causal'], isByBlock: false },
  property: { standsOn: ['lemma3', 'theorem1.causal'], isByBlock: false },
};

/** The checks whose obligations a proof of a check consists of, itself the last. */
export const proofOf = ({ kind, name }: Check): readonly CheckName[] => [...proofs[kind].standsOn, name];

/** With more event-sets than this, scripts that list them are too long. */
const maxEventSets = 1_000;

/** With more event-sets than this, those of a chain at one switch are not listed: the chain is taken as a clock. */
const maxListedChain = 16;

/** How the events of a block are put into scripts. */
type Encoding =
  /** By listing con, F and ⊢. */
  | { readonly kind: 'finite' }
  /** By the lengths of the beginnings of its one endless path (H7). */
  | { readonly kind: 'chain'; readonly chain: Chain }
  /** By the lengths of the beginnings of the one history that an execution takes (H9). */
  | { readonly kind: 'clock'; readonly labels: readonly number[] }
  | { readonly kind: 'none'; readonly why: string };

function encodingOf(one: BlockStructure, system: TransitionSystem): Encoding {
  const { block, naming, eventSets, bound } = one;
  const own = labelsOf(block);
  const clock: Encoding = { kind: 'clock', labels: own };
  if (bound === null) {
    if (eventSets.length <= maxListedChain) return { kind: 'finite' };
    if (isHistory(one, own, system)) return clock;
    if (eventSets.length <= maxEventSets) return { kind: 'finite' };
    return { kind: 'none', why: `there are more than ${maxEventSets.toLocaleString('en')} event-sets` };
  }
  const found = chainOf(block, system.labels);
  if (found.kind === 'chain') return found;
  if (naming.clock !== null) return clock;
  return {
    kind: 'none',
    why: `loops are unrolled to paths of ${bound}, and a proof would be about those alone: ${found.why}`,
  };
}

/**
 * The labels of the only block with events, if these lie at one switch, on one history in any one execution, and are
 * too many to be listed: then conditions about trees are asked of its states (H10), and not of each event-set.
 */
function historyOf(
  structure: EventStructure,
  system: TransitionSystem,
): { readonly block: Block; readonly labels: readonly number[] } | undefined {
  const [one, ...others] = eventfulBlocks(structure);
  if (!one || others.length > 0 || encodingOf(one, system).kind === 'finite') return undefined;
  const labels = labelsOf(one.block);
  return isHistory(one, labels, system) ? { block: one.block, labels } : undefined;
}

/** Whether the events of a block, in any one execution, are those of one history at one switch (H9). */
const isHistory = ({ block, naming }: BlockStructure, own: readonly number[], { labels }: TransitionSystem): boolean =>
  naming.clock !== null || (new Set(own.map((label) => labels[label]!.at.switch)).size === 1 && isPath(block));

const labelsOf = ({ edges }: Block): number[] => [...new Set(edges.map(({ label }) => label))].sort((a, b) => a - b);

/** Why no proof of a check is tried, in words; undefined if one is tried. */
export function whyUnprovable(
  { system, structure }: Pick<Provable, 'system' | 'structure'>,
  { kind, name }: Check,
): string | undefined {
  if (kind === 'strong' || kind === 'property') return `no proof of ${name} is tried`;
  if (proofs[kind].isByBlock)
    for (const block of eventfulBlocks(structure)) {
      const encoding = encodingOf(block, system);
      if (encoding.kind === 'none') return encoding.why;
    }
  else if (historyOf(structure, system)) return undefined;
  else if (structure.bound !== null)
    return 'the events of a loop have no end, and not all events are of one block at one switch, so that the conditions for a proof of this reading would be asked of each event-set';
  else if (structure.blocks.some(({ eventSets }) => eventSets.length > maxEventSets))
    return `there are more than ${maxEventSets.toLocaleString('en')} event-sets of one block`;
  return undefined;
}

/**
 * The obligations of each wanted check, and of each that one stands on. They are a function of the program alone: for
 * loops, of the chain or the clock, whatever the bound to which they are unrolled.
 * @param rules what runs; those of spec 3 unless a test plants a fault @throws LimitReached
 */
export function obligationsOf(
  { program, system, structure, limits }: Provable,
  wanted: readonly Check[],
  rules: Rules = taggedRules,
): ReadonlyMap<CheckName, readonly Obligation[]> {
  const byBlock = (make: (subject: ProofSubject) => Obligation[]): Obligation[] => {
    const blocks = eventfulBlocks(structure);
    return blocks.flatMap((block) => {
      const obligations = make(subjectOf({ program, system, structure, rules }, block));
      return blocks.length === 1 ? obligations : obligations.map((one) => ofBlock(block, one));
    });
  };
  const make: Readonly<Record<CheckKind, () => Obligation[]>> = {
    lemma3: () => byBlock(lemma3Obligations),
    'theorem1.causal': () => byBlock(causalObligations),
    'theorem1.paper': () => {
      const history = historyOf(structure, system);
      if (!history) return paperObligations({ structure, rules }, behavioursOf(program, system, structure, limits));
      const subject = clockSubject({ program, system, rules }, history.labels);
      return paperByHistory(subject, stateKinds(program, system, history.block, limits));
    },
    strong: unprovable,
    property: unprovable,
  };
  const needed = wanted.flatMap(({ kind }) => proofs[kind].standsOn).map((name) => theorems[name]);
  const all = [...new Map([...needed, ...wanted].map((check) => [check.name, check])).values()];
  const kinds = Object.keys(proofs) as CheckKind[];
  const sorted = kinds.flatMap((kind) => all.filter((check) => check.kind === kind));
  return new Map(sorted.map((check) => [check.name, make[check.kind]()]));
}

/** No obligations would be a proof: `whyUnprovable` has seen to it that none is asked for. */
const unprovable = (): never => {
  throw new Error('assertion: obligations are asked for of what has no proof');
};

/** An obligation by the name that tells its block apart. */
const ofBlock = ({ block }: BlockStructure, { name, ...rest }: Obligation): Obligation => {
  const [theorem, ...path] = name.split('/');
  return { ...rest, name: [theorem, `block-${block.indices[0]}`, ...path].join('/') };
};

interface SubjectOf {
  readonly program: Program;
  readonly system: TransitionSystem;
  readonly structure: EventStructure;
  readonly rules: Rules;
}

/** @throws unless the events of the block can be put into scripts, which `whyUnprovable` has made sure of */
function subjectOf({ program, system, structure, rules }: SubjectOf, block: BlockStructure): ProofSubject {
  const encoding = encodingOf(block, system);
  switch (encoding.kind) {
    case 'finite': {
      const alone = blockAlone(structure, block);
      return proofSubject(program, alone.events, () => bitVectorScript(alone), rules);
    }
    case 'chain':
      return proofSubject(program, encoding.chain.positions, () => chainScript(encoding.chain), rules);
    case 'clock':
      return clockSubject({ program, system, rules }, encoding.labels);
    case 'none':
      throw new Error(`${members(block.events).length} events cannot be put into scripts: ${encoding.why}`);
  }
}

function clockSubject(
  { program, system, rules }: Omit<SubjectOf, 'structure'>,
  labels: readonly number[],
): ProofSubject {
  const places = labels.map((label, id) => ({ id, at: system.labels[label]!.at }));
  return proofSubject(program, places, () => clockScript(places.length), rules);
}
