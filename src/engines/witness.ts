import type { Counterexample } from '../execution/execution.js';
import type { Charge } from '../execution/run.js';
import type { Check } from '../theorems/checks.js';
import { accountOf, isPastBound, judge, type Violation } from '../theorems/index.js';
import type { Problem } from './engine.js';
import { type Intent, rerun } from './rerun.js';

/** A counterexample that the rules have re-executed and the definitions condemn. */
export interface Witness {
  readonly counterexample: Counterexample;
  /**
   * Whether the execution has come to the bound up to which loops are unrolled. Events to which the structure gives no
   * number may then have been passed over, so that it proves nothing (spec 2.5).
   */
  readonly isPastBound: boolean;
}

/**
 * The counterexample that an engine has found, re-executed by the plain rules and judged by the definitions themselves;
 * neither rules nor definitions know anything of the engine. @throws if they do not find a violation
 */
export function witness(problem: Problem, check: Check, intents: readonly Intent[], charge: Charge): Witness {
  const { program, system, structure, options } = problem;
  const { semantics, controller } = options;
  let violation: Violation | undefined;
  const run = rerun({ program, system, structure, semantics, controller }, intents, charge, (run) => {
    const judged = judge(check, run);
    violation = judged.kind === 'violated' ? judged.violations[0] : undefined;
    return violation !== undefined;
  });
  if (!run || !violation)
    throw new Error(`the ${check.name} counterexample found for ${semantics} is none by the definitions`);
  const { kind, packet, event, why: explanation, occurrences } = violation;
  const steps = run.taken.map(({ step }) => step);
  const account = accountOf(run, violation, check.throughController);
  return {
    counterexample: { kind, packet, event, explanation, steps, occurrences, account },
    isPastBound: isPastBound(run, violation),
  };
}
