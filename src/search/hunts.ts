import type { Problem } from '../engines/engine.js';
import { checkLocal } from '../events/conditions.js';
import type { Charge } from '../execution/run.js';
import type { Knowledge } from '../network/knowledge.js';
import { type Machine, machine } from '../network/machine.js';
import { mixedPackets } from '../network/mixed-packets.js';
import { blind, type Observer, undefinedConfiguration } from '../network/observer.js';
import type { PacketSpace } from '../network/packet-space.js';
import type { Reductions } from '../network/reductions/reductions.js';
import type { NetworkState } from '../network/state.js';
import { taggedPackets } from '../network/tagged-packets.js';
import type { Variant } from '../network/variants/variant.js';
import { distinct } from '../packets/packet-classes.js';
import { type RawIngress, type RawPackets, rawPackets } from '../packets/raw-packets.js';
import type { Sender } from '../packets/senders.js';
import { hopsByTables } from '../packets/table-hop.js';
import type { Check, CheckKind } from '../theorems/checks.js';
import { causalDefinition } from './observers/causal.js';
import { breaksLemma3 } from './observers/lemma3.js';
import { mixtureObserver } from './observers/mixture.js';
import { outlookOf } from './observers/outlook.js';
import { paperDefinition } from './observers/paper.js';
import { propertyObserver } from './observers/property.js';
import { strongDefinition } from './observers/strong.js';
import { theorem1Observer } from './observers/theorem1.js';
import { type WatchedProperty, watchedProperty } from './observers/watched-property.js';
import { type TablesWatch, watchTables } from './tables-watch.js';

/** One exhaustive search: what it watches, and which states it looks for. */
export interface Hunt {
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
  /** Whether the premise of a property was satisfied anywhere that the search has been. */
  readonly isSatisfied?: () => boolean;
  /** Whether nothing that follows is looked for, if no packet enters any more. */
  readonly isOver?: (state: NetworkState) => boolean;
}

/** The reductions that keep what a hunt looks for. */
function usable({ tables, namesMatter }: Hunt, reductions: Reductions): Reductions {
  const left = tables?.usable(reductions) ?? reductions;
  return namesMatter ? new Set([...left].filter((reduction) => reduction !== 'symmetry')) : left;
}

/** What is explored of a problem: perhaps only some of the packets that can enter, and what these can cause. */
export interface HuntedProblem extends Problem {
  readonly senders?: readonly Sender[];
}

/** The network in which a hunt takes place. */
export const machineOf = (
  { program, options }: Problem,
  hunt: Hunt,
  knowledge: Knowledge,
  variant: Variant,
  reductions: Reductions,
): Machine =>
  machine({
    ...hunt,
    knowledge,
    variant,
    switches: program.topology.switches,
    controller: options.controller,
    reductions: usable(hunt, reductions),
    compares: hunt.tables !== undefined,
  });

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
  readonly looksFor: 'broken' | 'satisfied';
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

/** What is to be looked for. */
export interface HuntRequest extends Pick<Ground, 'check' | 'k' | 'variant'> {
  readonly problem: HuntedProblem;
  readonly reductions: Reductions;
  /** Of a property: executions that break it, or such as satisfy its premise and keep it. */
  readonly looksFor?: Ground['looksFor'];
}

/** The searches that decide a check. */
export function huntsFor({ problem, check, k, variant, reductions, looksFor = 'broken' }: HuntRequest): Hunt[] {
  const { program, structure, senders } = problem;
  const watched = check.property && watchedProperty(program.topology, check.property.form);
  const byTag = variant.forwardsBy === 'tag';
  const tables = problem.tables && hopsByTables(problem.tables, program.fields, structure);
  const classes = reductions.has('packets');
  const raw = rawPackets(problem, { mixed: !byTag, tables, classes, lookout: watched?.lookout, senders });
  const byTags = byTag ? taggedPackets(program, raw, classes, problem.options.packets) : undefined;
  const entering = classes ? distinct(raw) : raw.ingresses;
  const mixed = (foretell: boolean, leavesOut = classes) => mixedPackets(program, raw, entering, foretell, leavesOut);
  const watch = byTags && tables && watchTables(problem, tables, k, byTags);
  const forgets = reductions.has('history');
  return huntsOf[check.kind]({
    looksFor,
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
 * The strong update speaks of complete executions alone: one that a packet has entered where no configuration is
 * defined never is.
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

/**
 * One search over all that can happen: what is seen is never settled, and everybody listens; or none, if no packet can
 * break the property, whatever has happened (`outlook.ts`).
 */
function propertyHunts({ problem, check, watched, byTags, mixed, tables, looksFor, forgets }: Ground): Hunt[] {
  if (!watched) throw new Error(`assertion: ${check.name} asks no property`);
  const space = byTags ?? mixed(false, false);
  const observer = propertyObserver(watched, looksFor);
  const charge = check.needsComplete ? 'complete' : 'prefix';
  const isGoal = ({ global }: NetworkState, isComplete: boolean) => observer.isGoal(global, isComplete);
  const { isSatisfied } = observer;
  const hunt = { space, observer, charge, isGoal, refines: false, tables, endsEarly: false, isSatisfied } as const;
  if (!forgets || looksFor === 'satisfied') return [{ ...hunt, namesMatter: true }];
  const outlook = outlookOf(watched, space, problem.structure.eventSets.length, !byTags);
  if (!tables && !outlook.anywhere().mayBreak) return [];
  const isOver = ({ global, queues }: NetworkState) => observer.isOver(global, queues.flat(), outlook);
  return [{ ...hunt, namesMatter: true, isOver }];
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
