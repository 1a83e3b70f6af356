import type { SymbolicSet } from './event-terms.js';
import { and, implies, no, or, same, type Term } from './script.js';
import { before, neighbours, type Steps, type SwitchStep } from './steps.js';

/** How facts (events that a switch knows of, steps that are over) arise and spread. */
export interface Spread {
  readonly hint: string;
  /** How many facts there are; sets of them are lists of terms. */
  readonly facts: number;
  /** Whether a step matters; the others are treated as if they were not there. */
  readonly matters: (step: SwitchStep) => boolean;
  /** Whether a copy carries what was known where it was sent. */
  readonly carried: boolean;
  /**
   * `exactly`: a fact holds iff these rules say so. `at-most`: it holds only if they say so; enough where fewer facts
   * can only make a violation harder to find.
   */
  readonly strength: 'exactly' | 'at-most';
}

/** What is known at each step. */
export interface Flow {
  /** What is known at the step's switch before the step, and after the CTRLSEND that precedes it: E_n. */
  readonly known: (step: SwitchStep) => SymbolicSet;
  /** What the step's copy brings along: d. */
  readonly digest: (step: SwitchStep) => SymbolicSet;
  /** What the step adds by itself. */
  readonly arisen: (step: SwitchStep) => SymbolicSet;
  /** What is known or in the digest. */
  readonly heard: (step: SwitchStep) => SymbolicSet;
  /** What is known at the switch after the step. */
  readonly after: (step: SwitchStep) => SymbolicSet;
  /** What the step adds, digest and CTRLSEND included, to what its switch knows. */
  readonly gained: (step: SwitchStep) => SymbolicSet;
}

/** Declares the sets of what is known before they are defined, for what arises depends on them in turn. */
export function declareKnown(
  { script, all }: Steps,
  { hint, facts, matters }: Spread,
): (step: SwitchStep) => SymbolicSet {
  const none = new Array<Term>(facts).fill(no);
  const known = all.map((step) => (matters(step) ? none.map(() => script.variable(hint)) : none));
  return ({ id }) => known[id]!;
}

/**
 * States how facts spread: what is known at a step is what its switch was informed of by the CTRLSEND before it, and what
 * earlier steps there have gained. Since all steps have an order, this determines every set.
 * @param arises the facts that a step adds by itself, given what is heard there
 * @param informed the facts in the CTRLSEND before a step, given what is known after other steps
 */
export function spread(
  steps: Steps,
  how: Spread,
  known: (step: SwitchStep) => SymbolicSet,
  arises: (step: SwitchStep, heard: SymbolicSet) => SymbolicSet,
  informed: (step: SwitchStep, flow: Pick<Flow, 'after' | 'heard'>) => SymbolicSet,
): Flow {
  const { script } = steps;
  const { hint, facts, matters, strength } = how;
  const none = new Array<Term>(facts).fill(no);
  const digests: SymbolicSet[] = [];
  const heards: SymbolicSet[] = [];
  const arisen: SymbolicSet[] = [];
  const afters: SymbolicSet[] = [];
  const unite = (name: string, ...sets: readonly SymbolicSet[]): SymbolicSet =>
    none.map((_, fact) => script.define(`${hint}.${name}`, or(...sets.map((set) => set[fact]!))));
  for (const step of steps.all) {
    const { parent } = step;
    const digest = how.carried && parent?.copy ? afters[parent.id]! : none;
    digests.push(digest);
    heards.push(unite('heard', known(step), digest));
    arisen.push(arises(step, heards[step.id]!));
    afters.push(unite('after', heards[step.id]!, arisen[step.id]!));
  }
  const flow = { after: ({ id }: SwitchStep) => afters[id]!, heard: ({ id }: SwitchStep) => heards[id]! };
  const informs = steps.all.map((step) => (matters(step) ? informed(step, flow) : none));
  const gains = steps.all.map((step) => {
    if (!matters(step)) return none;
    const gained = [digests[step.id]!, arisen[step.id]!, informs[step.id]!];
    return none.map((_, fact) => script.define(`${hint}.gained`, and(step.on, or(...gained.map((set) => set[fact]!)))));
  });
  for (const step of steps.all) {
    if (!matters(step)) continue;
    const others = neighbours(steps, step).filter(matters);
    for (const [fact, term] of known(step).entries()) {
      const earlier = others.map((other) => and(gains[other.id]![fact]!, before(steps, other, step)));
      const reason = or(informs[step.id]![fact]!, ...earlier);
      script.require(strength === 'exactly' ? same(term, reason) : implies(term, reason));
    }
  }
  return {
    known,
    digest: ({ id }) => digests[id]!,
    arisen: ({ id }) => arisen[id]!,
    ...flow,
    gained: ({ id }) => gains[id]!,
  };
}
