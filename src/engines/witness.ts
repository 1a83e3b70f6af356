import type { Counterexample } from '../execution/execution.js';
import type { Charge } from '../execution/run.js';
import type { CheckName } from '../theorems/checks.js';
import { accountOf, isPastBound, judge, type Violation } from '../theorems/index.js';
import type { Problem } from './engine.js';
import { type Intent, rerun } from './rerun.js';

/** A counterexample that the rules have re-executed and the definitions condemn. */
export interface Witness {
  readonly counterexample: Counterexample;
  /**
   * Whether more has happened in it than loops are unrolled to: then events that the structure has no number for may have been
   * passed over, and it proves nothing (spec 2.5).
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
    const judged = judge(check, run);
    violation = judged.kind === 'violated' ? judged.violations[0] : undefined;
    return violation !== undefined;
  });
  if (!run || !violation)
    throw new Error(`the ${check} counterexample found for ${semantics} is none by the definitions`);
  const { kind, packet, event, why: explanation, occurrences } = violation;
  const steps = run.taken.map(({ step }) => step);
  const account = accountOf(run, violation, check !== 'theorem1.paper');
  return {
    counterexample: { kind, packet, event, explanation, steps, occurrences, account },
    isPastBound: isPastBound(run, violation),
  };
}
