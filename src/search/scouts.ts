import { LimitReached } from '../base/limits.js';
import type { Budget, Problem } from '../engines/engine.js';
import type { Verdict } from '../engines/verdict.js';
import { witness } from '../engines/witness.js';
import { withBlocks } from '../events/partial-structures.js';
import { knowledge } from '../network/knowledge.js';
import { undefinedConfiguration } from '../network/observer.js';
import type { Reductions } from '../network/reductions/reductions.js';
import type { NetworkState } from '../network/state.js';
import { variants } from '../network/variants/variants.js';
import type { Check } from '../theorems/checks.js';
import { type HuntedProblem, huntsFor, machineOf } from './hunts.js';
import { chance, type RandomWalk, randomWalk } from './random-walks.js';
import { retrace } from './retrace.js';
import { teamsOf } from './teams.js';

/** So many teams are tried, each so often; a way that is found is made shorter by so many more. */
const mostTeams = 24;
const walksOfTeam = 100;
const furtherWalks = 600;

/** No more steps than this are taken before a walk is given up. */
const mostSteps = 1_000;

/**
 * A violation in which only a few different packets enter (teams.ts), if chance finds one: where a search of all
 * executions, shortest first, would not come to an end. It need not be as short as can be. Nothing is concluded if none
 * is found, and one that is found is re-executed by the rules and judged by the definitions like any other.
 */
export function scout(problem: Problem, check: Check, budget: Budget, reductions: Reductions): Verdict | undefined {
  // Where each hop may be by another configuration, a packet can come where no one configuration leads it.
  if (problem.options.semantics === 'best-effort') return undefined;
  const { system, structure, limits } = problem;
  const { tables: _, ...untabled } = problem;
  const unordered: Reductions = new Set([...reductions].filter((name) => name !== 'symmetry'));
  let left = mostTeams;
  try {
    for (const { senders, blocks } of teamsOf(problem)) {
      if (left-- === 0 || performance.now() > budget.deadline) return undefined;
      const part: HuntedProblem = { ...untabled, structure: withBlocks(system, structure, blocks, limits), senders };
      const found = scoutOne(problem, part, check, unordered);
      if (found) return found;
    }
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
  }
  return undefined;
}

/** What a team of packets violates. */
function scoutOne(whole: Problem, part: HuntedProblem, check: Check, reductions: Reductions): Verdict | undefined {
  const { program, structure, options } = part;
  const k = knowledge(structure);
  const variant = variants[options.semantics](k);
  const [hunt] = huntsFor({ problem: part, check, k, variant, reductions });
  const network = machineOf(part, hunt!, k, variant, reductions);
  let states = 0;
  const isGoal = (state: NetworkState): boolean => {
    states++;
    return hunt!.isGoal(state, network.isComplete(state));
  };
  const random = chance(1);
  let best: RandomWalk | undefined;
  let left = walksOfTeam;
  for (; left > 0; left--) {
    const found = randomWalk(
      network,
      best?.packets ?? options.packets,
      isGoal,
      best ? best.steps.length - 1 : mostSteps,
      random,
    );
    if (found && !best) left = furtherWalks;
    best = found ?? best;
  }
  if (!best) return undefined;
  const isComplete = best.state.global !== undefinedConfiguration && hunt!.charge === 'complete';
  const intents = retrace(program, k, variant, hunt!.space, best.steps);
  const { counterexample, isPastBound } = witness(whole, check, intents, isComplete ? 'complete' : 'prefix');
  return isPastBound ? undefined : { status: 'violated', states, counterexample };
}
