import { LimitReached, timeMet } from '../base/limits.js';
import type { Budget, Problem } from '../engines/engine.js';
import type { LimitName, Verdict } from '../engines/verdict.js';
import { witness } from '../engines/witness.js';
import { checkLocal } from '../events/conditions.js';
import type { Charge } from '../execution/run.js';
import { type Knowledge, knowledge } from '../network/knowledge.js';
import { machine } from '../network/machine.js';
import { mixedPackets } from '../network/mixed-packets.js';
import { blind, type Observer, undefinedConfiguration } from '../network/observer.js';
import type { PacketSpace } from '../network/packet-space.js';
import { allReductions, type Reductions } from '../network/reductions/reductions.js';
import type { NetworkState } from '../network/state.js';
import { taggedPackets } from '../network/tagged-packets.js';
import type { Variant } from '../network/variants/variant.js';
import { variants } from '../network/variants/variants.js';
import { distinct } from '../packets/packet-classes.js';
import { type RawIngress, type RawPackets, rawPackets } from '../packets/raw-packets.js';
import { hopsByTables } from '../packets/table-hop.js';
import type { Check, CheckKind } from '../theorems/checks.js';
import { causalDefinition } from './observers/causal.js';
import { breaksLemma3 } from './observers/lemma3.js';
import { mixtureObserver } from './observers/mixture.js';
import { paperDefinition } from './observers/paper.js';
import { propertyObserver } from './observers/property.js';
import { strongDefinition } from './observers/strong.js';
import { theorem1Observer } from './observers/theorem1.js';
import { type WatchedProperty, watchedProperty } from './observers/watched-property.js';
import { pausesOf } from './pauses.js';
import { retrace } from './retrace.js';
import { type Found, type SearchLimit, search } from './search.js';
import { differenceIn, type TablesWatch, watchTables } from './tables-watch.js';

/** One exhaustive search: what it watches, and which states it looks for. */
interface Hunt {
  readonly space: PacketSpace;
  readonly observer: Observer;
  readonly charge: Charge;
  readonly isGoal: (state: NetworkState, isComplete: boolean) => boolean;
  /** See `network/steps.ts`. */
  readonly endsEarly: boolean;
  /** Whether it only looks for something shorter than what has been found. */
  readonly refines: boolean;
  /** Compares the tables, if there are any, with the rules: where they differ is a goal too. */
  readonly tables: TablesWatch | undefined;
  /** Whether it tells hosts, switches and ports apart by their names, so that no symmetry may rename them. */
  readonly namesMatter?: boolean;
  /** Whether nothing that was asked about has occurred, once the search has come to its end. */
  readonly isVacuous?: () => boolean;
}

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
  for (const [i, hunt] of huntsFor(problem, check, k, variant, reductions).entries()) {
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

function usable({ tables, namesMatter }: Hunt, reductions: Reductions): Reductions {
  const left = tables?.usable(reductions) ?? reductions;
  return namesMatter ? new Set([...left].filter((reduction) => reduction !== 'symmetry')) : left;
}

type Goal = Extract<Found, { kind: 'goal' }>;
const isCheaper = (a: Goal, b: Goal): boolean => a.packets < b.packets || (a.packets === b.packets && a.cost < b.cost);

/** What the hunts for a check are made of. */
interface Ground {
  readonly problem: Problem;
  readonly check: Check;
  readonly k: Knowledge;
  readonly variant: Variant;
  /** Whether observers forget what nothing depends on any more. */
  readonly forgets: boolean;
  readonly raw: RawPackets;
  readonly entering: readonly RawIngress[];
  /** Packets that keep a tag; undefined where switches go by versions. */
  readonly byTags: PacketSpace | undefined;
  readonly mixed: (foretell: boolean, leavesOut?: boolean) => PacketSpace;
  readonly tables: TablesWatch | undefined;
  readonly watched: WatchedProperty | undefined;
}

/** The searches that decide a check of a kind together: it is violated iff one of them finds its goal. */
const huntsOf: Readonly<Record<CheckKind, (ground: Ground) => Hunt[]>> = {
  lemma3: lemma3Hunts,
  'theorem1.paper': (ground) =>
    theorem1Hunts(ground, theorem1Observer(ground.k, paperDefinition(ground.k), ground.forgets)),
  'theorem1.causal': (ground) =>
    theorem1Hunts(ground, theorem1Observer(ground.k, causalDefinition(ground.k), ground.forgets)),
  strong: (ground) => strongHunts(ground, theorem1Observer(ground.k, strongDefinition(ground.k), ground.forgets)),
  property: propertyHunts,
};

function huntsFor(problem: Problem, check: Check, k: Knowledge, variant: Variant, reductions: Reductions): Hunt[] {
  const { program, structure } = problem;
  const watched = check.property && watchedProperty(program.topology, check.property.form);
  const byTag = variant.forwardsBy === 'tag';
  const tables = problem.tables && hopsByTables(problem.tables, program.fields, structure);
  const classes = reductions.has('packets');
  const raw = rawPackets(problem, { mixed: !byTag, tables, classes, lookout: watched?.lookout });
  const byTags = byTag ? taggedPackets(program, raw, classes) : undefined;
  const entering = classes ? distinct(raw) : raw.ingresses;
  const mixed = (foretell: boolean, leavesOut = classes) => mixedPackets(program, raw, entering, foretell, leavesOut);
  const watch = byTags && tables && watchTables(problem, tables, k, byTags);
  const forgets = reductions.has('history');
  return huntsOf[check.kind]({
    problem,
    check,
    k,
    variant,
    forgets,
    raw,
    entering,
    byTags,
    mixed,
    tables: watch,
    watched,
  });
}

function lemma3Hunts({ problem, k, variant, byTags, mixed, tables }: Ground): Hunt[] {
  const space = byTags ?? mixed(false);
  const isGoal = (state: NetworkState) => breaksLemma3(k, variant, state);
  const endsEarly = !problem.structure.bound && variant.repaired;
  return [{ space, observer: blind, charge: 'prefix', isGoal, refines: false, tables, endsEarly }];
}

/**
 * The strong update speaks of complete executions alone: one that a packet has entered where no configuration is defined
 * never is.
 */
function strongHunts(ground: Ground, observer: Observer): Hunt[] {
  return theorem1Hunts(ground, observer)
    .filter(({ charge }) => charge === 'complete')
    .map((hunt) => ({
      ...hunt,
      isGoal: ({ global }, isComplete) =>
        global !== undefinedConfiguration && isComplete && hunt.observer.violated(global),
    }));
}

/** One search over all that can happen: what is seen is never settled, and everybody listens. */
function propertyHunts({ check, watched, byTags, mixed, tables }: Ground): Hunt[] {
  if (!watched) throw new Error(`assertion: ${check.name} asks no property`);
  const observer = propertyObserver(watched, 'broken');
  const charge = check.needsComplete ? 'complete' : 'prefix';
  const isGoal = ({ global }: NetworkState, isComplete: boolean) => observer.isGoal(global, isComplete);
  const space = byTags ?? mixed(false, false);
  const isVacuous = () => !observer.isSatisfied();
  return [{ space, observer, charge, isGoal, refines: false, tables, endsEarly: false, namesMatter: true, isVacuous }];
}

/** @param observer watches complete executions for what breaks the theorem */
function theorem1Hunts(ground: Ground, observer: Observer): Hunt[] {
  const { problem, variant, forgets, raw, entering, byTags, mixed, tables } = ground;
  const { structure, limits } = problem;
  const hunt = (space: PacketSpace, observer: Observer): Hunt => ({
    space,
    observer,
    charge: 'complete',
    refines: false,
    tables,
    endsEarly: !structure.bound,
    isGoal: ({ global }, isComplete) => global === undefinedConfiguration || (isComplete && observer.violated(global)),
  });
  if (byTags) {
    const theorem = hunt(byTags, observer);
    // Where Lemma 3 should hold, the second hunt is left out. Should it fail there, a counterexample may be longer than
    // need be, but no verdict is wrong.
    const isSafe = variant.repaired && !checkLocal(structure, limits);
    // Where the controller alone finds events (`two-phase`), R is always an event-set, so that every E_n is one.
    if (isSafe || !variant.itemsAreSets) return [theorem];
    // An IN at a switch without a configuration ends an execution, so that a counterexample need not be complete: this
    // hunt charges only the steps needed to come there.
    const undefinedEntry: Hunt = {
      space: byTags,
      observer: blind,
      charge: 'prefix',
      refines: true,
      tables: undefined,
      endsEarly: false,
      isGoal: ({ global }) => global === undefinedConfiguration,
    };
    return [theorem, undefinedEntry];
  }
  return [hunt(mixed(true), observer), hunt(mixed(false), mixtureObserver(raw, entering, forgets))];
}
