import { type Knowledge, nothing } from './knowledge.js';
import { type Observer, type Renaming, undefinedConfiguration } from './observer.js';
import type { PacketSpace } from './packet-space.js';
import {
  anyonesTurn,
  type Copy,
  controllersTurn,
  type NetworkState,
  newest,
  switchesTurn,
  type Told,
  type Version,
} from './state.js';
import type { Variant } from './variant.js';

/**
 * One transition, by indices that mean something only in the state it is taken from: for SW, the alternative of
 * `PacketSpace.forward`; for CTRLRECV, the place in the bag; for CTRLSEND, the version sent, and E_n after it.
 */
export type Action =
  | { readonly rule: 'IN'; readonly ingress: number }
  | { readonly rule: 'SW'; readonly queue: number; readonly alternative: number }
  | { readonly rule: 'CTRLRECV'; readonly place: number }
  | { readonly rule: 'CTRLSEND'; readonly switch: number; readonly version: number; readonly known: number };

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
 * CTRLSEND to switch n is explored only where a step of n follows. Of the other steps none reads or writes E_n, and only
 * CTRLRECV changes what it sends, R. So it can be put off until just before the next IN or SW of n (or left out if
 * there is none) if it then sends the R of its own time: the versions that R has had since n's last step are kept
 * for that. An execution that is found so is real: the CTRLSEND belongs before the CTRLRECV that replaced its version,
 * and n takes no step between there and here.
 *
 * CTRLRECV is explored only where a CTRLRECV, or a CTRLSEND of the version that it makes, follows. It reads and writes Q and
 * R alone; SW only adds to Q. So it can be put off until the first CTRLSEND that sends what it has added, or for ever.
 */
export function machine(setting: Setting): Machine {
  const { knowledge: k, variant, space, switches, controller, observer, charge } = setting;
  const switchIndex = new Map(switches.map((n, i) => [n, i]));
  const switchOf = space.queues.map((at) => switchIndex.get(at.switch)!);
  const isHostPort = space.queues.map((_, queue) => space.ingresses.some((ingress) => ingress.queue === queue));
  const complete = charge === 'complete';

  const initial: NetworkState = {
    global: observer.initial,
    turn: anyonesTurn,
    versions: [{ set: nothing, ghost: 0 }],
    bag: [],
    known: switches.map(() => nothing),
    ghosts: switches.map(() => 0),
    oldest: switches.map(() => 0),
    queues: space.queues.map(() => []),
  };

  const mayStep = ({ turn }: NetworkState, n: number): boolean => turn === anyonesTurn || turn === switchesTurn + n;

  /** The state after a step of switch n, which can no longer have been sent what R was before. */
  const stepped = (state: NetworkState, n: number, change: Partial<NetworkState>): NetworkState => {
    const oldest =
      state.oldest[n] === state.versions.length - 1 ? state.oldest : state.oldest.with(n, state.versions.length - 1);
    return forgetful({ ...state, ...change, turn: anyonesTurn, oldest });
  };

  const enter = (state: NetworkState, emit: Emit): void => {
    for (const [ingress, { queue, inert }] of space.ingresses.entries()) {
      const n = switchOf[queue]!;
      if (!mayStep(state, n)) continue;
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
          emit(renamed(stepped(state, n, { global: entered.global, queues }), entered.renaming), action, 1);
        }
    }
  };

  const proceed = (state: NetworkState, emit: Emit): void => {
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
    const n = switchOf[queue]!;
    if (!head || !mayStep(state, n)) return;
    const known = state.known[n]!;
    const labels = space.labels(head.kind);
    const detected = variant.detect(known, head.digest, labels);
    const digest = variant.passOn(known, head.digest, detected);
    const learned = variant.learn(known, head.digest, detected);
    const items = variant.tell(known, head.digest, detected, labels);
    const by = variant.forwardsBy === 'version' ? k.eventSetIndex(known) : 0;
    // Versions are event-sets, but for those past the bound on unrolled loops: from there on nothing is known.
    if (by < 0) return;
    for (const [alternative, forwarded] of space.forward(head.kind, by).entries()) {
      const seen = observer.process(state.global, state.ghosts[n]!, head.ghost, labels, forwarded);
      const queues = [...state.queues];
      queues[queue] = copies.slice(1);
      for (const [i, move] of forwarded.moves.entries())
        queues[move.queue] = [...queues[move.queue]!, { kind: move.kind, digest, ghost: seen.copies[i]! }];
      const told = items.map((item) => ({ item, ghost: seen.past }));
      const next = stepped(state, n, {
        global: seen.global,
        known: state.known.with(n, learned),
        ghosts: state.ghosts.with(n, seen.past),
        queues,
        bag: told.length > 0 ? bagOf(newest(state), [...state.bag, ...told]) : state.bag,
      });
      const entailed = complete ? forwarded.moves.length + forwarded.exits + items.length : isHostPort[queue] ? 0 : 1;
      emit(renamed(next, seen.renaming), { rule: 'SW', queue, alternative }, 1 + entailed);
    }
  };

  /** CTRLRECV. */
  const receive = (state: NetworkState, emit: Emit): void => {
    if (state.turn !== anyonesTurn && state.turn !== controllersTurn) return;
    const { set, ghost } = newest(state);
    for (const [place, told] of state.bag.entries()) {
      const before = state.bag[place - 1];
      if (before && compareTold(before, told) === 0) continue;
      const version = { set: variant.receive(set, told.item), ghost: observer.receive(ghost, told.ghost) };
      const bag = bagOf(
        version,
        state.bag.filter((_, i) => i !== place),
      );
      const isNew = version.set !== set || version.ghost !== ghost;
      const versions = isNew ? [...state.versions, version] : state.versions;
      emit(
        forgetful({ ...state, turn: controllersTurn, versions, bag }),
        { rule: 'CTRLRECV', place },
        complete ? 0 : 1,
      );
    }
  };

  /** CTRLSEND, where it tells the switch something: otherwise nothing has changed for any later step. */
  const send = (state: NetworkState, emit: Emit): void => {
    const last = state.versions.length - 1;
    for (let n = 0; n < switches.length; n++) {
      if (state.turn !== controllersTurn && !mayStep(state, n)) continue;
      for (let version = state.turn === controllersTurn ? last : state.oldest[n]!; version <= last; version++) {
        for (const { known, ghost } of informed(state, n, state.versions[version]!)) {
          const change = { known: state.known.with(n, known), ghosts: state.ghosts.with(n, ghost) };
          // The controller sends in order: nothing older can follow.
          const oldest = state.oldest.with(n, version);
          const next = forgetful({ ...state, ...change, oldest, turn: switchesTurn + n });
          emit(next, { rule: 'CTRLSEND', switch: n, version, known }, 1);
        }
      }
    }
  };

  /** What switch n can know after a CTRLSEND of a version, as far as that is anything else than now. */
  const informed = (state: NetworkState, n: number, { set, ghost }: Version) => {
    const past = observer.send(state.ghosts[n]!, ghost);
    return variant
      .inform(state.known[n]!, set)
      .map((known) => ({ known, ghost: past }))
      .filter(({ known }) => known !== state.known[n] || past !== state.ghosts[n]);
  };

  /** The state without the versions, but R, that tell no switch anything that they could still reach. */
  const forgetful = (state: NetworkState): NetworkState => {
    const { versions, oldest } = state;
    if (versions.length === 1) return state;
    const isOfUse = (version: Version, i: number) =>
      i === versions.length - 1 || oldest.some((first, n) => first <= i && informed(state, n, version).length > 0);
    const kept = versions.filter(isOfUse);
    if (kept.length === versions.length) return state;
    const firstKept = (first: number) => versions.slice(0, first).filter(isOfUse).length;
    return { ...state, versions: kept, oldest: oldest.map(firstKept) };
  };

  /** Q in canonical order, without what R and the controller's past cover: taking such an item would change nothing. */
  const bagOf = (version: Version, bag: readonly Told[]): readonly Told[] => {
    if (!variant.itemsAreSets) return [...bag].sort(compareTold);
    const isCovered = ({ item, ghost }: Told) =>
      controller &&
      variant.receive(version.set, item) === version.set &&
      observer.receive(version.ghost, ghost) === version.ghost;
    const left = bag.filter((told) => !isCovered(told)).sort(compareTold);
    return left.filter((told, i) => i === 0 || compareTold(left[i - 1]!, told) !== 0);
  };

  const renamed = (state: NetworkState, renaming: Renaming | undefined): NetworkState => {
    if (!renaming) return state;
    const past = <Part extends { readonly ghost: number }>(part: Part): Part => ({
      ...part,
      ghost: renaming.past(part.ghost),
    });
    const versions = state.versions.map(past);
    return forgetful({
      ...state,
      versions,
      bag: bagOf(versions[versions.length - 1]!, state.bag.map(past)),
      ghosts: state.ghosts.map(renaming.past),
      queues: state.queues.map((queue) => queue.map((copy) => ({ ...copy, ghost: renaming.copy(copy.ghost) }))),
    });
  };

  const admits = (state: NetworkState): boolean => variant.forwardsBy === 'version' || !observer.doomed(state.global);

  return {
    initial,
    enter,
    proceed,
    admits,
    isComplete: (state) => state.turn === anyonesTurn && state.queues.every((queue) => queue.length === 0),
  };
}

const compareTold = (a: Told, b: Told): number => a.item - b.item || a.ghost - b.ghost;
