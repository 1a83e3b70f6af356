import { type ControllerSteps, eagerController } from './controller.js';
import { nothing } from './knowledge.js';
import { type Links, separateLinks } from './links.js';
import { type ObservedSwitchStep, type Renaming, undefinedConfiguration } from './observer.js';
import { blockedKind } from './packet-space.js';
import { carriedOnce } from './reductions/carried-once.js';
import { commonKnowledge } from './reductions/common-knowledge.js';
import { type BagOf, everyItem, noItem, uncoveredItems } from './reductions/covered-items.js';
import { lazyController } from './reductions/lazy-controller.js';
import { type Listeners, listeners } from './reductions/listeners.js';
import { mergedLinks } from './reductions/merged-links.js';
import { noSymmetry, type Symmetry, symmetryOf } from './reductions/symmetry.js';
import { anyonesTurn, type Copy, empty, type NetworkState, newest, put, withGhosts } from './state.js';
import type { Emit, EmitTransition, MachineSetting, Transition } from './steps.js';

/** The rules as initial state and next states: all that an engine needs to know (spec 3). */
export interface Machine {
  readonly initial: NetworkState;
  /** Every IN from a state; `left` packets may enter after it. */
  readonly enter: (state: NetworkState, emit: Emit, left: number) => void;
  /** Every other step; `left` packets may enter after it. */
  readonly proceed: (state: NetworkState, emit: Emit, left: number) => void;
  /** Whether all queues of packets are empty. (Q can always be emptied by CTRLRECV, which no verdict depends on.) */
  readonly isComplete: (state: NetworkState) => boolean;
  /** Turns a way through representatives into one that a network really takes: see `symmetry.ts`. */
  readonly undone: Symmetry['undone'];
  /**
   * Whether the controller's steps can still matter: an execution that is broken for sure only has to let its packets
   * through.
   */
  readonly admits: (state: NetworkState) => boolean;
}

/** What the rules ask of the network and of the reductions. */
interface Rules extends MachineSetting {
  /** The index of the switch that takes from a queue. */
  readonly switchOf: readonly number[];
  readonly bagOf: BagOf;
  readonly links: Links;
  readonly controllerSteps: ControllerSteps;
}

/** The rules of Figure 6 over interned states. The reductions say when LINK, OUT, CTRLRECV and CTRLSEND are taken. */
export function machine(setting: MachineSetting): Machine {
  const { space, switches, controller, reductions, endsEarly, isOver } = setting;
  const r = rulesOf(setting);
  const { links, controllerSteps, switchOf } = r;
  const looksAhead = reductions.has('knowledge');
  const everybody: Listeners = switches.map(() => true);
  const listening = setting.variant.forwardsBy === 'tag' ? listeners(space, switches) : () => everybody;
  const isKnown = looksAhead && endsEarly ? decisions(r, listening) : () => false;
  // Where tables are compared, every step may show a difference.
  const mayEnd = setting.compares ? undefined : isOver;
  const isDecided = (state: NetworkState, left: number, action?: Transition): boolean =>
    isKnown(state, left, action) || (left === 0 && mayEnd !== undefined && mayEnd(state));
  const symmetry = reductions.has('symmetry') ? symmetryOf(setting, switchOf) : noSymmetry;
  const lighter = looksAhead ? lighterStates(r) : (state: NetworkState) => state;

  /** Passes each state on without the parts on which no verdict can depend when only `left` packets are to come. */
  const forgetting =
    (emit: Emit, left: number): EmitTransition =>
    (state, action, cost) => {
      if (isDecided(state, left, action)) return;
      const canonical = symmetry.canonical(lighter(state));
      emit(canonical.state, action, cost, canonical.by);
    };
  const admits = (state: NetworkState): boolean =>
    setting.variant.forwardsBy === 'version' || !setting.observer.doomed(state.global);

  return {
    initial: initialState(r),
    enter: (state, to, left) => {
      if (state.global === undefinedConfiguration) return;
      const emit = forgetting(to, left);
      for (const ingress of space.ingresses.keys()) enter(r, state, ingress, emit);
    },
    proceed: (state, to, left) => {
      if (state.global === undefinedConfiguration) return;
      const emit = forgetting(to, left);
      if (isDecided(state, left)) return;
      const listeningNow = looksAhead && endsEarly && left === 0 ? listening(state) : everybody;

      for (let queue = 0; queue < switchOf.length; queue++) takeHead(r, state, queue, emit);
      links.steps(state, emit);
      // An execution that is broken whatever follows only has to let its packets through.
      if (controller && listeningNow.includes(true) && admits(state)) controllerSteps.steps(state, emit, listeningNow);
    },
    admits,
    undone: symmetry.undone,
    isComplete: (state) => state.turn === anyonesTurn && state.queues.every((queue) => queue.length === 0),
  };
}

function rulesOf(setting: MachineSetting): Rules {
  const { variant, space, switches, controller, observer, charge, reductions } = setting;
  const switchIndex = new Map(switches.map((n, i) => [n, i]));
  const forgets = reductions.has('history');
  const told = variant.itemsAreSets ? uncoveredItems(variant, observer) : everyItem;
  const bagOf = forgets ? (controller ? told : noItem) : everyItem;
  const isLazy = reductions.has('partial-order');
  return {
    ...setting,
    switchOf: space.queues.map((at) => switchIndex.get(at.switch)!),
    bagOf,
    links: isLazy ? mergedLinks(space, charge) : separateLinks(space),
    controllerSteps: isLazy ? lazyController(setting, bagOf, forgets) : eagerController(setting, bagOf),
  };
}

const initialState = ({ observer, switches, links }: Rules): NetworkState => ({
  global: observer.initial,
  turn: anyonesTurn,
  versions: [{ set: nothing, ghost: 0 }],
  controllerQueue: [],
  eventSets: switches.map(() => nothing),
  ghosts: switches.map(() => 0),
  oldest: switches.map(() => 0),
  queues: new Array<readonly Copy[]>(links.queues).fill([]),
});

/** States that differ only in who else knows what all that matter know, made one (the reduction `knowledge`). */
function lighterStates({ knowledge: k, variant, space, observer, switchOf }: Rules) {
  const light = carriedOnce(k, observer, switchOf);
  const isBounded = k.structure.bound !== null;
  if (!variant.repaired || isBounded) return light;
  const shared = commonKnowledge(k, space, observer, switchOf);
  return (state: NetworkState) => light(shared(state));
}

/** Whether nothing that follows a state, to which the step `action` has led, can be a violation. */
function decisions({ charge, observer, compares }: Rules, listening: (state: NetworkState) => Listeners) {
  return (state: NetworkState, left: number, action?: Transition): boolean => {
    if (left > 0) return false;
    // An event that matters to the check, or to the comparison with tables, may have been detected by the step just
    // taken, or may be by one to come.
    const isNoted = () => action?.rule === 'SW' || listening(state).includes(true);
    return charge === 'complete' ? observer.saved(state.global) && !(compares && isNoted()) : !isNoted();
  };
}

/** IN. */
function enter(r: Rules, state: NetworkState, ingress: number, emit: EmitTransition): void {
  const { knowledge: k, variant, space, observer, switchOf, controllerSteps } = r;
  const { queue, inert } = space.ingresses[ingress]!;
  const n = switchOf[queue]!;
  if (!controllerSteps.mayStep(state, n)) return;
  const byTag = variant.forwardsBy === 'tag';
  const tag = byTag ? k.eventSetIndex(state.eventSets[n]!) : 0;
  const action: Transition = { rule: 'IN', ingress };
  if (tag < 0 && !observer.goesOn) {
    emit({ ...state, global: undefinedConfiguration }, action, 1);
    return;
  }
  for (const entry of space.enter(ingress, Math.max(0, tag)))
    for (const entered of observer.enter(state.global, state.ghosts[n]!, entry, ingress)) {
      if (inert && entered.settled) continue;
      const kind = tag < 0 ? blockedKind : entry.kind;
      const copy: Copy = { kind, digest: nothing, ghost: entered.copy };
      const queues = put(state.queues, queue, [...state.queues[queue]!, copy]);
      const { past = state.ghosts[n]! } = entered;
      const ghosts = past === state.ghosts[n] ? state.ghosts : put(state.ghosts, n, past);
      const next = controllerSteps.stepped({ ...state, global: entered.global, ghosts, queues }, n);
      emit(renamed(r, next, entered.renaming), action, 1);
    }
}

/** SW. */
function takeHead(r: Rules, state: NetworkState, queue: number, emit: EmitTransition): void {
  const { knowledge: k, variant, space, observer, charge, switchOf, bagOf, links, controllerSteps } = r;
  const copies = state.queues[queue]!;
  const head = copies[0];
  const n = switchOf[queue]!;
  if (!head || head.kind === blockedKind || !controllerSteps.mayStep(state, n)) return;
  const eventSet = state.eventSets[n]!;
  const labels = space.labels(head.kind);
  const detected = variant.detect(eventSet, head.digest, labels);
  const digest = variant.passOn(eventSet, head.digest, detected);
  const learned = variant.learn(eventSet, head.digest, detected);
  const items = variant.tell(eventSet, head.digest, detected, labels);
  const by = variant.forwardsBy === 'version' ? k.eventSetIndex(eventSet) : 0;
  // A version that is not in F is past the bound on unrolled loops: from there on nothing is known.
  if (by < 0) return;
  const alternatives = space.forward(head.kind, by);
  for (let alternative = 0; alternative < alternatives.length; alternative++) {
    const forwarded = alternatives[alternative]!;
    const first = observer.process(state.global, state.ghosts[n]!, head.ghost, labels, forwarded);
    for (let seen: ObservedSwitchStep | undefined = first; seen; seen = seen.or) {
      const sent = forwarded.moves.map(({ kind }, i): Copy => ({ kind, digest, ghost: seen.copies[i]! }));
      const queues = put(state.queues, queue, copies.length === 1 ? empty : copies.slice(1));
      links.send(queues, forwarded, sent);
      const told =
        items.length === 0
          ? state.controllerQueue
          : bagOf(newest(state), [...state.controllerQueue, ...items.map((item) => ({ item, ghost: seen.past }))]);
      const next: NetworkState = {
        global: seen.global,
        turn: state.turn,
        versions: state.versions,
        controllerQueue: told,
        eventSets: learned === eventSet ? state.eventSets : put(state.eventSets, n, learned),
        ghosts: seen.past === state.ghosts[n] ? state.ghosts : put(state.ghosts, n, seen.past),
        oldest: state.oldest,
        queues,
      };
      const cost = 1 + links.entailed(queue, forwarded) + (charge === 'complete' ? items.length : 0);
      emit(renamed(r, controllerSteps.stepped(next, n), seen.renaming), { rule: 'SW', queue, alternative }, cost);
    }
  }
}

/** The state when its observer has forgotten or renumbered something. */
function renamed({ bagOf, controllerSteps }: Rules, state: NetworkState, renaming: Renaming | undefined): NetworkState {
  if (!renaming) return state;
  const after = withGhosts(state, renaming);
  return controllerSteps.forgetful({ ...after, controllerQueue: bagOf(newest(after), after.controllerQueue) });
}
