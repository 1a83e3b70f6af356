import { isSubset, setOf } from '../events/event-set.js';
import type { EventStructure } from '../events/event-structure.js';
import type { Counterexample } from '../execution/execution.js';
import type { Run } from '../execution/run.js';
import type { Charge } from '../network/machine.js';
import { judgeCausal, judgeLemma3, judgePaper, type Violation } from './definitions/index.js';
import type { Problem } from './engine.js';
import { type Intent, rerun } from './rerun.js';
import type { CheckName } from './verdict.js';

/** A counterexample that the rules have re-executed and the definitions condemn. */
export interface Witness {
  readonly counterexample: Counterexample;
  /**
   * Whether more has happened in it than loops are unrolled to: then events that the structure has no number for may have been
   * passed over, and it proves nothing (spec 2.4).
   */
  readonly isPastBound: boolean;
}

/**
 * The counterexample that an engine has found, re-executed by the plain rules and judged by the definitions themselves,
 * neither of which knows anything of the engine. @throws if they do not agree that it is one
 */
export function witness(problem: Problem, check: CheckName, intents: readonly Intent[], charge: Charge): Witness {
  const { program, system, structure, options } = problem;
  const { semantics, controller } = options;
  let violation: Violation | undefined;
  const run = rerun({ program, system, structure, semantics, controller }, intents, charge, (run) => {
    violation = judge(check, run);
    return violation !== undefined;
  });
  if (!run || !violation)
    throw new Error(`the ${check} counterexample found for ${semantics} is none by the definitions`);
  const { kind, packet, event, why: explanation, occurrences } = violation;
  const steps = run.taken.map(({ step }) => step);
  return {
    counterexample: { kind, packet, event, explanation, steps, occurrences },
    isPastBound: isPastBound(structure, run, violation),
  };
}

function isPastBound({ frontier }: EventStructure, { states }: Run, { occurrences }: Violation): boolean {
  const { switches, known, queue } = states[states.length - 1]!;
  const sets = [known, ...queue.map(({ item }) => item), ...Object.values(switches).map(({ eventSet }) => eventSet)];
  const happened = sets.reduce((all, set) => all | set, setOf(occurrences.map(({ event }) => event)));
  return frontier.some((set) => isSubset(set, happened));
}

/** The first violation of a check in a run, by the definitions to the letter. */
function judge(check: CheckName, run: Run): Violation | undefined {
  const judged =
    check === 'lemma3' ? judgeLemma3(run) : check === 'theorem1.paper' ? judgePaper(run) : judgeCausal(run);
  return judged.kind === 'violated' ? judged.violations[0] : undefined;
}
