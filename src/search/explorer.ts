import { isDeepStrictEqual } from 'node:util';
import { LimitReached, timeMet } from '../base/limits.js';
import type { Budget, Problem } from '../engines/engine.js';
import type { LimitName, Verdict } from '../engines/verdict.js';
import { witness } from '../engines/witness.js';
import { countEventSets } from '../events/event-structure.js';
import { fewEventSets, withFewEvents } from '../events/partial-structures.js';
import type { Psi } from '../language/property.js';
import { knowledge } from '../network/knowledge.js';
import { undefinedConfiguration } from '../network/observer.js';
import { allReductions, type Reductions } from '../network/reductions/reductions.js';
import type { NetworkState } from '../network/state.js';
import { variants } from '../network/variants/variants.js';
import { sendersOf } from '../packets/senders.js';
import { type Check, propertyCheck, propertyOf } from '../theorems/checks.js';
import { type Hunt, type HuntedProblem, huntsFor, machineOf } from './hunts.js';
import { pausesOf } from './pauses.js';
import { retrace } from './retrace.js';
import { scout } from './scouts.js';
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
    const limited = { ...problem, limits };
    const decideAll = (within: Budget) => orUnknown(() => decideWith(limited, check, within, reductions));
    // What only tests a proof looks for no violation; and what is kept of a search is kept of all of it.
    if (budget.enough || budget.keeper) return decideAll(budget);
    const scouted = () => scout(limited, check, budget, reductions);
    if (countEventSets(problem.structure) > fewEventSets) return scouted() ?? decideAll(budget);
    if (budget.maxStates <= fewStates) return decideAll(budget);
    const first = decideAll({ ...budget, maxStates: fewStates });
    const isUnclear = first.status === 'unknown' && first.limit === 'max-states';
    return isUnclear ? (scouted() ?? decideAll(budget)) : first;
  };

/**
 * Most searches end within so many states, which takes some seconds. In longer ones, and from the start where there are
 * a great many event-sets, violations are first looked for among executions of a few packets (scouts.ts).
 */
const fewStates = 40_000;

/** Decides a check, and of a property that holds whether it holds vacuously. */
function decideWith(problem: Problem, check: Check, budget: Budget, reductions: Reductions): Verdict {
  const part = withinReach(problem);
  const { verdict, isSatisfied } = decide(problem, part, check, budget, reductions);
  if (verdict.status !== 'holds' || isSatisfied || !check.property) return verdict;
  const premise = neverSatisfied(check);
  if (!premise) return { ...verdict, vacuous: true };
  // Where nothing can break a property it may still be satisfied: that is another question.
  const asked = decide(problem, part, premise, { ...budget, keeper: undefined }, reductions);
  const states = verdict.states + asked.verdict.states;
  return asked.verdict.status === 'holds' ? { ...verdict, states, vacuous: true } : { ...verdict, states };
}

/** That nothing satisfies the premise of a property; undefined if the property says just that. */
function neverSatisfied(check: Check): Check | undefined {
  const property = propertyOf(check);
  const { form } = property;
  const never: Psi = { kind: 'constant', value: false };
  if (form.kind === 'always' && isDeepStrictEqual(form.conclusion, never)) return undefined;
  return propertyCheck({ ...property, form: { kind: 'always', premise: form.premise, conclusion: never } });
}

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

/** The problem with the event-sets alone that executions of so many packets can come to. */
function withinReach(problem: Problem): Problem {
  const { system, structure, options, limits } = problem;
  // Under the other rules a copy may match more than it would under any one configuration, or a switch know of what is
  // no event-set.
  if (options.semantics !== 'tagged' || structure.bound !== null || countEventSets(structure) <= fewEventSets)
    return problem;
  const most = options.packets * sendersOf(problem).reduce((most, { matches }) => Math.max(most, matches), 0);
  return { ...problem, structure: withFewEvents(system, structure, most, limits) };
}

/** A verdict, and whether anything of which a property demands something was come upon. */
interface Decision {
  readonly verdict: Verdict;
  readonly isSatisfied: boolean;
}

function decide(
  whole: Problem,
  problem: HuntedProblem,
  check: Check,
  budget: Budget,
  reductions: Reductions,
): Decision {
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
  let isSatisfied = false;
  const decided = (verdict: Verdict): Decision => ({ verdict, isSatisfied });
  const pausing = pausesOf(budget.keeper, k);
  const hunts = huntsFor({ problem, check, k, variant, reductions });
  for (const [i, hunt] of hunts.entries()) {
    // A hunt that only refines is needed only for a violation: a difference between tables and rules is never replaced.
    if (hunt.refines && (!best || best.hunt.tables?.differing(best.found.state) !== undefined)) continue;
    const network = machineOf(problem, hunt, k, variant, reductions);
    const packets = best ? best.found.packets : options.packets;
    const left = { ...budget, maxStates: budget.maxStates - states };
    const isGoal = (state: NetworkState): boolean =>
      hunt.isGoal(state, network.isComplete(state)) || hunt.tables?.differing(state) !== undefined;
    const found = pausing(i, hunt, (pauses) => search(network, packets, isGoal, left, pauses));
    states += found.states;
    isSatisfied ||= hunt.isSatisfied?.() ?? false;
    if (found.kind === 'none') {
      depth = Math.max(depth, found.depth);
      transitions += found.transitions;
      bytes = Math.max(bytes, found.bytes);
      isExhausted &&= found.exhausted;
    }
    if (found.kind === 'limit') {
      met ??= found;
      covered = Math.min(covered, found.covered);
    }
    if (found.kind === 'goal' && (!best || isCheaper(found, best.found))) best = { found, hunt };
  }
  const different = best && differenceIn(whole, k, variant, best.hunt, best.found);
  if (different) return decided({ status: 'violated', states, counterexample: different });
  if (best) {
    const { found, hunt } = best;
    const isComplete = found.state.global !== undefinedConfiguration && hunt.charge === 'complete';
    const intents = retrace(problem.program, k, variant, hunt.space, found.steps);
    const { counterexample, isPastBound } = witness(whole, check, intents, isComplete ? 'complete' : 'prefix');
    if (!isPastBound) return decided({ status: 'violated', states, counterexample });
    met = { limit: 'unroll' };
  }
  if (!met && k.truncated()) met = { limit: 'unroll' };
  if (met) {
    const { limit } = met;
    const why = `${explain(met, problem, budget)}${explored(limit, covered)}`;
    // Past the bound on loops executions were cut short, whatever the number of their packets.
    const reached = limit === 'unroll' || covered < 0 ? {} : { reached: covered };
    return decided({ status: 'unknown', states, limit, why, ...reached });
  }
  if (hunts.length === 0) return decided({ status: 'holds', states, always: true });
  const more = isExhausted || structure.events.length === 0 ? 'nothing new' : 'not known';
  return decided({ status: 'holds', states, covered: { packets: options.packets, depth, transitions, bytes, more } });
}

type Goal = Extract<Found, { kind: 'goal' }>;
const isCheaper = (a: Goal, b: Goal): boolean => a.packets < b.packets || (a.packets === b.packets && a.cost < b.cost);
