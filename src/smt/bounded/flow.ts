import { and, anyOf, equal, implies, no, type Term } from '../solver/term.js';
import type { SymbolicSet } from './event-terms.js';
import { before, neighbours, type PossibleStep, type Steps } from './steps.js';

/** How facts (events that a switch knows of, steps that are over) arise and spread. */
export interface Spread {
  readonly hint: string;
  /** How many facts there are; sets of them are lists of terms. */
  readonly facts: number;
  /** Whether a step matters; the others are treated as if they were not there. */
  readonly matters: (step: PossibleStep) => boolean;
  /** Whether a copy carries what was known where it was sent. */
  readonly carried: boolean;
  /**
   * `exactly`: a fact holds iff these rules say so. `at-most`: it holds only if they say so; enough where fewer facts
   * can only make a violation harder to find.
   */
  readonly strength: 'exactly' | 'at-most';
}

/**
 * What is known at each step, under the names that the rules have where facts are events that switches know of; of
 * another flow (`history.ts`) the same words mean its own facts.
 */
export interface Flow {
  /** What is known at the step's switch before the step, and after the CTRLSEND that precedes it: E_n. */
  readonly eventSet: (step: PossibleStep) => SymbolicSet;
  /** What the step's copy brings along: d. */
  readonly digest: (step: PossibleStep) => SymbolicSet;
  /** What the step adds by itself: E'. */
  readonly detected: (step: PossibleStep) => SymbolicSet;
  /** E_n ∪ d: what is known at the switch or in the digest. */
  readonly heard: (step: PossibleStep) => SymbolicSet;
  /** E_n ∪ d ∪ E': what is known at the switch after the step. */
  readonly after: (step: PossibleStep) => SymbolicSet;
  /** What the step adds, digest and CTRLSEND included, to what its switch knows. */
  readonly gained: (step: PossibleStep) => SymbolicSet;
}

/** Declares the sets of what is known before they are defined, for what arises depends on them in turn. */
export function declareEventSets(
  { script, all }: Steps,
  { hint, facts, matters }: Spread,
): (step: PossibleStep) => SymbolicSet {
  const none = new Array<Term>(facts).fill(no);
  const eventSets = all.map((step) => (matters(step) ? none.map(() => script.variable(hint)) : none));
  return ({ id }) => eventSets[id]!;
}

/**
 * States how facts spread: what is known at a step is what its switch was informed of by the CTRLSEND before it, and
 * what earlier steps there have gained. Since all steps have an order, this determines every set.
 * @param detects the facts that a step adds by itself, given what is heard there
 * @param sent the facts in the CTRLSEND before a step, given what is known after other steps
 */
export function spread(
  steps: Steps,
  how: Spread,
  eventSet: (step: PossibleStep) => SymbolicSet,
  detects: (step: PossibleStep, heard: SymbolicSet) => SymbolicSet,
  sent: (step: PossibleStep, flow: Pick<Flow, 'after' | 'heard'>) => SymbolicSet,
): Flow {
  const { script } = steps;
  const { hint, facts, matters, strength } = how;
  const none = new Array<Term>(facts).fill(no);
  const digests: SymbolicSet[] = [];
  const heards: SymbolicSet[] = [];
  const detected: SymbolicSet[] = [];
  const afters: SymbolicSet[] = [];
  const unite = (name: string, ...sets: readonly SymbolicSet[]): SymbolicSet =>
    none.map((_, fact) => script.define(`${hint}.${name}`, anyOf(sets.map((set) => set[fact]!))));
  for (const step of steps.all) {
    const { parent } = step;
    const digest = how.carried && parent?.copy ? afters[parent.id]! : none;
    digests.push(digest);
    heards.push(unite('heard', eventSet(step), digest));
    detected.push(detects(step, heards[step.id]!));
    afters.push(unite('after', heards[step.id]!, detected[step.id]!));
  }
  const flow = { after: ({ id }: PossibleStep) => afters[id]!, heard: ({ id }: PossibleStep) => heards[id]! };
  const sends = steps.all.map((step) => (matters(step) ? sent(step, flow) : none));
  const gains = steps.all.map((step) => {
    if (!matters(step)) return none;
    const gained = [digests[step.id]!, detected[step.id]!, sends[step.id]!];
    return none.map((_, fact) => script.define(`${hint}.gained`, and(step.on, anyOf(gained.map((set) => set[fact]!)))));
  });
  for (const step of steps.all) {
    if (!matters(step)) continue;
    const others = neighbours(steps, step).filter(matters);
    for (const [fact, term] of eventSet(step).entries()) {
      const earlier = others.map((other) => and(gains[other.id]![fact]!, before(steps, other, step)));
      const reason = anyOf([sends[step.id]![fact]!, ...earlier]);
      script.require(strength === 'exactly' ? equal(term, reason) : implies(term, reason));
    }
  }
  return {
    eventSet,
    digest: ({ id }) => digests[id]!,
    detected: ({ id }) => detected[id]!,
    ...flow,
    gained: ({ id }) => gains[id]!,
  };
}
