import type { Run } from '../execution/run.js';
import { LimitReached } from '../netkat/limits.js';
import { type Knowledge, knowledge } from '../network/knowledge.js';
import { type Charge, machine } from '../network/machine.js';
import { distinct, mixedPackets } from '../network/mixed-packets.js';
import { blind, type Observer, undefinedConfiguration } from '../network/observer.js';
import type { PacketSpace } from '../network/packet-space.js';
import { rawPackets } from '../network/raw-packets.js';
import type { NetworkState } from '../network/state.js';
import { taggedPackets } from '../network/tagged-packets.js';
import type { Variant } from '../network/variant.js';
import { variants } from '../network/variants.js';
import { causalDefinition } from '../theorems/causal.js';
import { accountOf, isPastBound, judge, type Violation } from '../theorems/definitions/index.js';
import type { Budget, Engine, Problem } from '../theorems/engine.js';
import { breaksLemma3 } from '../theorems/lemma3.js';
import { mixtureObserver } from '../theorems/mixture.js';
import { paperDefinition } from '../theorems/paper.js';
import { theorem1Observer } from '../theorems/theorem1.js';
import type { CheckName, LimitName, Verdict } from '../theorems/verdict.js';
import { retrace } from './retrace.js';
import { type Found, search } from './search.js';

/** One exhaustive search: what it watches, and which states it looks for. */
interface Hunt {
  readonly space: PacketSpace;
  readonly observer: Observer;
  readonly charge: Charge;
  readonly isGoal: (state: NetworkState, isComplete: boolean) => boolean;
}

/** Which limit was met, in words. */
function explain(limit: Exclude<LimitName, 'size'>, { structure }: Problem, budget: Budget): string {
  switch (limit) {
    case 'max-states':
      return `more than ${budget.maxStates.toLocaleString('en')} states`;
    case 'timeout':
      return 'the time limit was met';
    case 'memory':
      return `more than ${Math.round(budget.maxBytes / 2 ** 20).toLocaleString('en')} MiB of states`;
    case 'unroll':
      return `an execution goes past the bound to which loops are unrolled (--unroll ${structure.bound})`;
  }
}

/** Decides a check by exploring every execution within the bound (spec 3.2, 4). */
export const explore: Engine = (problem, check, budget) => {
  try {
    const limits = { ...problem.limits, deadline: budget.deadline };
    return decide({ ...problem, limits }, check, budget);
  } catch (error) {
    if (error instanceof LimitReached)
      return { status: 'unknown', states: 0, limit: error.isTime ? 'timeout' : 'size', why: error.message };
    throw error;
  }
};

function decide(problem: Problem, check: CheckName, budget: Budget): Verdict {
  const { options, structure } = problem;
  const k = knowledge(structure);
  const variant = variants[options.semantics](k);
  let states = 0;
  let best: { found: Extract<Found, { kind: 'goal' }>; hunt: Hunt } | undefined;
  let limit: Exclude<LimitName, 'size'> | undefined;
  for (const hunt of huntsFor(problem, check, k, variant)) {
    const network = machine({
      ...hunt,
      knowledge: k,
      variant,
      switches: problem.program.topology.switches,
      controller: options.controller,
    });
    const packets = best ? best.found.packets : options.packets;
    const left = { ...budget, maxStates: budget.maxStates - states };
    const found = search(network, packets, (state) => hunt.isGoal(state, network.isComplete(state)), left);
    states += found.states;
    if (found.kind === 'limit') limit ??= found.limit;
    if (found.kind === 'goal' && (!best || isCheaper(found, best.found))) best = { found, hunt };
  }
  if (best) {
    const { run, violation } = witness(problem, check, k, variant, best);
    const { kind, packet, event, why: explanation, occurrences } = violation;
    const steps = run.taken.map(({ step }) => step);
    const account = accountOf(run, violation, check !== 'theorem1.paper');
    const counterexample = { kind, packet, event, explanation, steps, occurrences, account };
    if (!isPastBound(run, violation)) return { status: 'violated', states, counterexample };
    limit = 'unroll';
  }
  if (!limit && k.truncated()) limit = 'unroll';
  return limit
    ? { status: 'unknown', states, limit, why: explain(limit, problem, budget) }
    : { status: 'holds', states };
}

type Goal = Extract<Found, { kind: 'goal' }>;
const isCheaper = (a: Goal, b: Goal): boolean => a.packets < b.packets || (a.packets === b.packets && a.cost < b.cost);

/** The searches that decide a check together: it is violated iff one of them finds its goal. */
function huntsFor(problem: Problem, check: CheckName, k: Knowledge, variant: Variant): Hunt[] {
  const { program, system, structure, limits } = problem;
  const byTag = variant.forwardsBy === 'tag';
  const raw = rawPackets(program, system, structure, !byTag, limits);
  if (check === 'lemma3') {
    const space = byTag ? taggedPackets(program, raw) : mixedPackets(program, raw, false);
    return [{ space, observer: blind, charge: 'prefix', isGoal: (state) => breaksLemma3(k, variant, state) }];
  }
  const hunt = (space: PacketSpace, observer: Observer): Hunt => ({
    space,
    observer,
    charge: 'complete',
    isGoal: ({ global }, isComplete) => global === undefinedConfiguration || (isComplete && observer.violated(global)),
  });
  const observer =
    check === 'theorem1.paper' ? theorem1Observer(k, paperDefinition(k)) : theorem1Observer(k, causalDefinition(k));
  if (byTag) return [hunt(taggedPackets(program, raw), observer)];
  return [
    hunt(mixedPackets(program, raw, true), observer),
    hunt(mixedPackets(program, raw, false), mixtureObserver(raw, distinct(raw))),
  ];
}

/**
 * The counterexample that a search has found, re-executed by the plain rules and judged by the definitions themselves,
 * neither of which knows anything of the search. @throws if they do not agree that it is one
 */
function witness(
  problem: Problem,
  check: CheckName,
  k: Knowledge,
  variant: Variant,
  { found, hunt }: { readonly found: Goal; readonly hunt: Hunt },
): { readonly run: Run; readonly violation: Violation } {
  const { program, system, structure, options } = problem;
  const setting = { program, system, structure, semantics: options.semantics, controller: options.controller };
  const isComplete = found.state.global !== undefinedConfiguration && hunt.charge === 'complete';
  let violation: Violation | undefined;
  const run = retrace(setting, k, variant, hunt.space, found.steps, isComplete ? 'complete' : 'prefix', (run) => {
    violation = firstViolation(check, run);
    return violation !== undefined;
  });
  if (!run || !violation)
    throw new Error(`the ${check} counterexample found for ${options.semantics} is none by the definitions`);
  return { run, violation };
}

/** The first violation of a check in a run, by the definitions to the letter. */
function firstViolation(check: CheckName, run: Run): Violation | undefined {
  const judged = judge(check, run);
  return judged.kind === 'violated' ? judged.violations[0] : undefined;
}
