import { LimitReached, timeMet } from '../base/limits.js';
import type { Budget, Problem } from '../engines/engine.js';
import type { LimitName, Verdict } from '../engines/verdict.js';
import { witness } from '../engines/witness.js';
import { knowledge } from '../network/knowledge.js';
import { machine } from '../network/machine.js';
import { undefinedConfiguration } from '../network/observer.js';
import { allReductions, type Reductions } from '../network/reductions/reductions.js';
import type { NetworkState } from '../network/state.js';
import { variants } from '../network/variants/variants.js';
import type { Check } from '../theorems/checks.js';
import { type Hunt, huntsFor, usable } from './hunts.js';
import { pausesOf } from './pauses.js';
import { retrace } from './retrace.js';
import { type Found, type SearchLimit, search } from './search.js';
import { differenceIn } from './tables-watch.js';

/** A limit that was met; of memory, a search says which. */
interface Met {
  readonly limit: SearchLimit | 'unroll';
  readonly why?: string | undefined;
}

/** Which limit was met, in words, and the option that moves it. */
function explain({ limit, why }: Met, { structure }: Problem, budget: Budget): string {
  switch (limit) {
    case 'max-states':
      return `more than ${budget.maxStates.toLocaleString('en')} states (--max-states)`;
    case 'timeout':
      return timeMet;
    case 'memory':
      if (why === undefined) throw new Error('a search that has used up the memory does not say which');
      return why;
    case 'unroll':
      return `an execution goes past the bound to which loops are unrolled (--unroll ${structure.bound})`;
  }
}

/** What a search that met a limit has covered, in words. */
function explored(limit: LimitName, covered: number): string {
  if (limit === 'unroll' || covered < 1) return '';
  return `; no violation with up to ${covered === 1 ? '1 packet' : `${covered} packets`}`;
}

/** Decides a check by exploring every execution within the bound (spec 3.2, 4), up to the given reductions. */
export const exploring =
  (reductions: Reductions) =>
  (problem: Problem, check: Check, budget: Budget): Verdict => {
    const limits = { ...problem.limits, deadline: buildingDeadline(budget) };
    return orUnknown(() => decide({ ...problem, limits }, check, budget, reductions));
  };

/** Time for building what a cross-check explores, however soon it has done enough, in milliseconds. */
const building_ms = 2_000;

const buildingDeadline = ({ deadline, enough }: Budget): number =>
  enough === undefined ? deadline : Math.min(deadline, Math.max(enough.time, performance.now() + building_ms));

/** The explorer with all reductions. */
export const explore = exploring(allReductions);

/** A verdict, or `unknown` where something could not be built within the limits. */
export function orUnknown(decide: () => Verdict): Verdict {
  try {
    return decide();
  } catch (error) {
    if (error instanceof LimitReached)
      return { status: 'unknown', states: 0, limit: error.isTime ? 'timeout' : 'size', why: error.message };
    throw error;
  }
}

function decide(problem: Problem, check: Check, budget: Budget, reductions: Reductions): Verdict {
  const { options, structure } = problem;
  const k = knowledge(structure);
  const variant = variants[options.semantics](k);
  let states = 0;
  let best: { found: Extract<Found, { kind: 'goal' }>; hunt: Hunt } | undefined;
  let met: Met | undefined;
  let covered = options.packets;
  let depth = 0;
  let transitions = 0;
  let bytes = 0;
  let isExhausted = true;
  let isVacuous = false;
  const pausing = pausesOf(budget.keeper, k);
  for (const [i, hunt] of huntsFor({ problem, check, k, variant, reductions }).entries()) {
    // A hunt that only refines is needed only for a violation: a difference between tables and rules is never replaced.
    if (hunt.refines && (!best || best.hunt.tables?.differing(best.found.state) !== undefined)) continue;
    const network = machine({
      ...hunt,
      knowledge: k,
      variant,
      switches: problem.program.topology.switches,
      controller: options.controller,
      reductions: usable(hunt, reductions),
      compares: hunt.tables !== undefined,
    });
    const packets = best ? best.found.packets : options.packets;
    const left = { ...budget, maxStates: budget.maxStates - states };
    const isGoal = (state: NetworkState): boolean =>
      hunt.isGoal(state, network.isComplete(state)) || hunt.tables?.differing(state) !== undefined;
    const found = pausing(i, hunt, (pauses) => search(network, packets, isGoal, left, pauses));
    states += found.states;
    if (found.kind === 'none') {
      depth = Math.max(depth, found.depth);
      transitions += found.transitions;
      bytes = Math.max(bytes, found.bytes);
      isExhausted &&= found.exhausted;
      isVacuous ||= hunt.isVacuous?.() ?? false;
    }
    if (found.kind === 'limit') {
      met ??= found;
      covered = Math.min(covered, found.covered);
    }
    if (found.kind === 'goal' && (!best || isCheaper(found, best.found))) best = { found, hunt };
  }
  const different = best && differenceIn(problem, k, variant, best.hunt, best.found);
  if (different) return { status: 'violated', states, counterexample: different };
  if (best) {
    const { found, hunt } = best;
    const isComplete = found.state.global !== undefinedConfiguration && hunt.charge === 'complete';
    const intents = retrace(problem.program, k, variant, hunt.space, found.steps);
    const { counterexample, isPastBound } = witness(problem, check, intents, isComplete ? 'complete' : 'prefix');
    if (!isPastBound) return { status: 'violated', states, counterexample };
    met = { limit: 'unroll' };
  }
  if (!met && k.truncated()) met = { limit: 'unroll' };
  if (met) {
    const { limit } = met;
    const why = `${explain(met, problem, budget)}${explored(limit, covered)}`;
    // Past the bound on loops executions were cut short, whatever the number of their packets.
    return {
      status: 'unknown',
      states,
      limit,
      why,
      ...(limit === 'unroll' || covered < 0 ? {} : { reached: covered }),
    };
  }
  const more = isExhausted || structure.events.length === 0 ? 'nothing new' : 'not known';
  const vacuous = isVacuous ? { vacuous: true as const } : {};
  return {
    status: 'holds',
    states,
    ...vacuous,
    covered: { packets: options.packets, depth, transitions, bytes, more },
  };
}

type Goal = Extract<Found, { kind: 'goal' }>;
const isCheaper = (a: Goal, b: Goal): boolean => a.packets < b.packets || (a.packets === b.packets && a.cost < b.cost);
