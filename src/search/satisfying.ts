import type { Budget, Problem } from '../engines/engine.js';
import { type Intent, rerun } from '../engines/rerun.js';
import type { Run } from '../execution/run.js';
import { knowledge } from '../network/knowledge.js';
import type { Reductions } from '../network/reductions/reductions.js';
import type { NetworkState } from '../network/state.js';
import { variants } from '../network/variants/variants.js';
import { type Check, propertyOf } from '../theorems/checks.js';
import { isWitness } from '../theorems/index.js';
import { type Hunt, huntsFor, machineOf } from './hunts.js';
import { retrace } from './retrace.js';
import { search } from './search.js';

/** An execution that satisfies the premise of a property and keeps it (spec 6.4), or why none is shown. */
export type Satisfying =
  | { readonly kind: 'found'; readonly run: Run }
  /** No execution within the bounds does. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly why: string };

/**
 * Looks for a shortest execution in which the premise of a property is satisfied and the property is kept, and confirms
 * it by the plain rules and the definition.
 */
export function satisfying(problem: Problem, check: Check, budget: Budget, reductions: Reductions): Satisfying {
  const { program, structure, options } = problem;
  const property = propertyOf(check);
  const k = knowledge(structure);
  const variant = variants[options.semantics](k);
  const [hunt] = huntsFor({ problem, check, k, variant, reductions, looksFor: 'satisfied' }) as [Hunt];
  const network = machineOf(problem, hunt, k, variant, reductions);
  const isGoal = (state: NetworkState): boolean => hunt.isGoal(state, network.isComplete(state));
  const found = search(network, options.packets, isGoal, budget);
  if (found.kind === 'limit') return { kind: 'unknown', why: `a limit was met (${found.limit})` };
  if (found.kind === 'none')
    return k.truncated()
      ? {
          kind: 'unknown',
          why: `an execution goes past the bound to which loops are unrolled (--unroll ${structure.bound})`,
        }
      : { kind: 'none' };
  const intents: readonly Intent[] = retrace(program, k, variant, hunt.space, found.steps);
  const { semantics, controller } = options;
  const setting = { program, system: problem.system, structure, semantics, controller };
  const run = rerun(setting, intents, hunt.charge, (one) => isWitness(one, property));
  // Where configurations mix, the search does not follow every packet of which something is demanded.
  return run
    ? { kind: 'found', run }
    : { kind: 'unknown', why: 'the execution that was found does not keep the property' };
}
