import { type Knowledge, nothing } from './knowledge.js';
import { type Observer, type Renaming, undefinedConfiguration } from './observer.js';
import type { PacketSpace } from './packet-space.js';
import type { Copy, NetworkState, Told } from './state.js';
import type { Variant } from './variant.js';

/**
 * One transition, by indices that mean something only in the state it is taken from. `alternative` is, for SW, that of
 * `PacketSpace.forward`; for CTRLSEND, E_n after it; for CTRLRECV, the place in the bag.
 */
export type Action =
  | { readonly rule: 'IN'; readonly ingress: number }
  | { readonly rule: 'SW'; readonly queue: number; readonly alternative: number }
  | { readonly rule: 'CTRLRECV'; readonly place: number }
  | { readonly rule: 'CTRLSEND'; readonly switch: number; readonly known: number };

export type Emit = (next: NetworkState, action: Action, cost: number) => void;

/**
 * What a step costs, so that a cheapest execution is a shortest one: for a complete execution every LINK, OUT and
 * CTRLRECV that a SW entails is counted with it; for one that may stop anywhere, only what was needed to come there.
 */
export type Charge = 'complete' | 'prefix';

export interface Setting {
  readonly knowledge: Knowledge;
  readonly variant: Variant;
  readonly space: PacketSpace;
  readonly switches: readonly number[];
  /** Whether there are CTRLSEND steps (spec 3.1). */
  readonly controller: boolean;
  readonly observer: Observer;
  readonly charge: Charge;
}

/** The rules as initial state and next states: all that an engine needs to know (spec 3). */
export interface Machine {
  readonly initial: NetworkState;
  /** Every IN from a state. */
  readonly enter: (state: NetworkState, emit: Emit) => void;
  /** Every other step. */
  readonly proceed: (state: NetworkState, emit: Emit) => void;
  /** Whether all queues of packets are empty. (Q can always be emptied by CTRLRECV, which no verdict depends on.) */
  readonly isComplete: (state: NetworkState) => boolean;
  /** Whether more than letting its packets through can matter: an execution that is broken for sure needs no more. */
  readonly admits: (state: NetworkState) => boolean;
}

/**
 * The rules of Figure 6 over interned states.
 *
 * LINK and OUT are not steps of their own here. An output queue feeds one input queue, by the one link of its port, and
 * both are FIFO, so the two are one queue, cut somewhere that no rule asks about: LINK is always possible, commutes with
 * every other step, and records nothing (spec 4.1). So SW puts what it sends at the end of the input queue over there.
 * OUT likewise only removes a copy from a queue that no rule reads. Executions get them back when they are written down.
 *
 * CTRLRECV is explored only where a CTRLRECV or CTRLSEND follows. It reads and writes R and Q alone; of the other rules
 * only CTRLSEND reads R, and SW only adds to Q. So it commutes with every step that follows it up to the next
 * CTRLRECV or CTRLSEND, and can be put off till then, or for ever, without a change to any E_n, digest or past.
 */
export function machine(setting: Setting): Machine {
  const { knowledge: k, variant, space, switches, controller, observer, charge } = setting;
  const switchIndex = new Map(switches.map((n, i) => [n, i]));
  const switchOf = space.queues.map((at) => switchIndex.get(at.switch)!);
  const isHostPort = space.queues.map((_, queue) => space.ingresses.some((ingress) => ingress.queue === queue));
  const complete = charge === 'complete';

  const initial: NetworkState = {
    global: observer.initial,
    controllersTurn: false,
    controller: nothing,
    controllerGhost: 0,
    bag: [],
    known: switches.map(() => nothing),
    ghosts: switches.map(() => 0),
    queues: space.queues.map(() => []),
  };

  const enter = (state: NetworkState, emit: Emit): void => {
    if (state.controllersTurn) return;
    for (const [ingress, { queue, inert }] of space.ingresses.entries()) {
      const n = switchOf[queue]!;
      const byTag = variant.forwardsBy === 'tag';
      const tag = byTag ? k.eventSetIndex(state.known[n]!) : 0;
      const action: Action = { rule: 'IN', ingress };
      if (tag < 0) {
        emit({ ...state, global: undefinedConfiguration }, action, 1);
        continue;
      }
      for (const entry of space.enter(ingress, tag))
        for (const entered of observer.enter(state.global, state.ghosts[n]!, entry, ingress)) {
          // A packet that is dropped where it enters, and cannot break anything itself, leaves all else as it is:
          // without its IN and SW the same execution remains, with one packet fewer.
          if (inert && entered.settled) continue;
          const copy: Copy = { kind: entry.kind, digest: nothing, ghost: entered.copy };
          const queues = state.queues.with(queue, [...state.queues[queue]!, copy]);
          emit(renamed({ ...state, global: entered.global, queues }, entered.renaming), action, 1);
        }
    }
  };

  const proceed = (state: NetworkState, emit: Emit): void => {
    if (!state.controllersTurn)
      for (const [queue, copies] of state.queues.entries()) takeHead(state, queue, copies, emit);
    // What remains of an execution that is broken whatever follows is to let its packets through.
    if (controller && admits(state)) {
      receive(state, emit);
      send(state, emit);
    }
  };

  /** SW. */
  const takeHead = (state: NetworkState, queue: number, copies: readonly Copy[], emit: Emit): void => {
    const head = copies[0];
    if (!head) return;
    const n = switchOf[queue]!;
    const known = state.known[n]!;
    const labels = space.labels(head.kind);
    const detected = variant.detect(known, head.digest, labels);
    const digest = variant.passOn(known, head.digest, detected);
    const learned = variant.learn(known, head.digest, detected);
    const items = variant.tell(known, head.digest, detected, labels);
    const by = variant.forwardsBy === 'version' ? k.eventSetIndex(known) : 0;
    for (const [alternative, forwarded] of space.forward(head.kind, by).entries()) {
      const seen = observer.process(state.global, state.ghosts[n]!, head.ghost, labels, forwarded);
      const queues = [...state.queues];
      queues[queue] = copies.slice(1);
      for (const [i, move] of forwarded.moves.entries())
        queues[move.queue] = [...queues[move.queue]!, { kind: move.kind, digest, ghost: seen.copies[i]! }];
      const told = items.map((item) => ({ item, ghost: seen.past }));
      const next = {
        ...state,
        global: seen.global,
        known: state.known.with(n, learned),
        ghosts: state.ghosts.with(n, seen.past),
        queues,
        bag: told.length > 0 ? bagOf(state, [...state.bag, ...told]) : state.bag,
      };
      const entailed = complete ? forwarded.moves.length + forwarded.exits + items.length : isHostPort[queue] ? 0 : 1;
      emit(renamed(next, seen.renaming), { rule: 'SW', queue, alternative }, 1 + entailed);
    }
  };

  /** CTRLRECV. */
  const receive = (state: NetworkState, emit: Emit): void => {
    for (const [place, told] of state.bag.entries()) {
      const before = state.bag[place - 1];
      if (before && before.item === told.item && before.ghost === told.ghost) continue;
      const informed = {
        ...state,
        controllersTurn: true,
        controller: variant.receive(state.controller, told.item),
        controllerGhost: observer.receive(state.controllerGhost, told.ghost),
      };
      const bag = bagOf(
        informed,
        state.bag.filter((_, i) => i !== place),
      );
      emit({ ...informed, bag }, { rule: 'CTRLRECV', place }, complete ? 0 : 1);
    }
  };

  /** CTRLSEND, where it tells the switch something: otherwise nothing has changed for any later step. */
  const send = (state: NetworkState, emit: Emit): void => {
    for (let n = 0; n < switches.length; n++) {
      const past = observer.send(state.ghosts[n]!, state.controllerGhost);
      for (const known of variant.inform(state.known[n]!, state.controller)) {
        if (known === state.known[n] && past === state.ghosts[n]) continue;
        const next = {
          ...state,
          controllersTurn: false,
          known: state.known.with(n, known),
          ghosts: state.ghosts.with(n, past),
        };
        emit(next, { rule: 'CTRLSEND', switch: n, known }, 1);
      }
    }
  };

  /** Q in canonical order, without what R and the controller's past cover: taking such an item would change nothing. */
  const bagOf = (state: NetworkState, bag: readonly Told[]): readonly Told[] => {
    if (!controller && variant.itemsAreSets) return bag.length > 0 ? withoutRepeats(bag) : bag;
    const covered = ({ item, ghost }: Told) =>
      variant.itemsAreSets &&
      variant.receive(state.controller, item) === state.controller &&
      observer.receive(state.controllerGhost, ghost) === state.controllerGhost;
    const left = bag.filter((told) => !covered(told));
    return variant.itemsAreSets ? withoutRepeats(left) : left.sort(compareTold);
  };

  const renamed = (state: NetworkState, renaming: Renaming | undefined): NetworkState => {
    if (!renaming) return state;
    const next = {
      ...state,
      controllerGhost: renaming.past(state.controllerGhost),
      ghosts: state.ghosts.map(renaming.past),
      queues: state.queues.map((queue) => queue.map((copy) => ({ ...copy, ghost: renaming.copy(copy.ghost) }))),
    };
    const bag = state.bag.map(({ item, ghost }) => ({ item, ghost: renaming.past(ghost) }));
    return { ...next, bag: bagOf(next, bag) };
  };

  const admits = (state: NetworkState): boolean => variant.forwardsBy === 'version' || !observer.doomed(state.global);

  return {
    initial,
    enter,
    proceed,
    admits,
    isComplete: (state) => !state.controllersTurn && state.queues.every((queue) => queue.length === 0),
  };
}

const compareTold = (a: Told, b: Told): number => a.item - b.item || a.ghost - b.ghost;

const withoutRepeats = (bag: readonly Told[]): Told[] =>
  [...bag].sort(compareTold).filter((told, i, all) => i === 0 || compareTold(all[i - 1]!, told) !== 0);
