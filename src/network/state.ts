import type { SetId } from './knowledge.js';
import type { Ghost, Renaming } from './observer.js';
import type { CopyKind } from './packet-space.js';
import type { Item } from './variants/variant.js';

/** A packet copy in an input queue. */
export interface Copy {
  readonly kind: CopyKind;
  readonly digest: SetId;
  readonly ghost: Ghost;
}

/** An item in the controller's queue Q, with the past of the step that told it. */
export interface Told {
  readonly item: Item;
  readonly ghost: Ghost;
}

/** What the controller has known, R, from one CTRLRECV to the next, with its past. */
export interface Version {
  readonly set: SetId;
  readonly ghost: Ghost;
  /**
   * The number of this version among all that R has had on the way to this state, where somebody counts them. It is not
   * part of the state.
   */
  readonly which?: number;
}

/**
 * Whose step must come next: anyone's, the controller's, or, as `switchesTurn + n`, that of the switch with index n.
 */
export type Turn = number;
export const anyonesTurn: Turn = 0;
export const controllersTurn: Turn = 1;
export const switchesTurn: Turn = 2;

/**
 * A state of the running network (paper Figure 6; spec 3), with what an observer remembers. Unless LINK is a step of
 * its own, there are no output queues: see `merged-links.ts` for why. The number of packets that have entered is not
 * part of it: a search takes care that the first visit to a state is one with the fewest.
 */
export interface NetworkState {
  readonly global: Ghost;
  readonly turn: Turn;
  /**
   * R and what it was before, the last one being R: a CTRLSEND from before may still be on its way (see
   * `lazy-controller.ts`).
   */
  readonly versions: readonly Version[];
  /** Q, in a canonical order. */
  readonly controllerQueue: readonly Told[];
  /** E_n, by switch index. */
  readonly eventSets: readonly SetId[];
  readonly ghosts: readonly Ghost[];
  /** By switch index: the first version that a CTRLSEND before the switch's next step may have sent. */
  readonly oldest: readonly number[];
  /** Input queues by queue index, heads first. */
  readonly queues: readonly (readonly Copy[])[];
}

/** Writes a state into `words` from `at` on; returns the end. */
export function encodeState(state: NetworkState, words: number[]): number {
  let at = 0;
  words[at++] = state.global;
  words[at++] = state.turn;
  words[at++] = state.versions.length;
  for (const { set, ghost } of state.versions) {
    words[at++] = set;
    words[at++] = ghost;
  }
  words[at++] = state.controllerQueue.length;
  for (const { item, ghost } of state.controllerQueue) {
    words[at++] = item;
    words[at++] = ghost;
  }
  for (let n = 0; n < state.eventSets.length; n++) {
    words[at++] = state.eventSets[n]!;
    words[at++] = state.ghosts[n]!;
    words[at++] = state.oldest[n]!;
  }
  for (let q = 0; q < state.queues.length; q++) {
    const queue = state.queues[q]!;
    if (queue.length === 0) continue;
    words[at++] = q;
    words[at++] = queue.length;
    for (const { kind, digest, ghost } of queue) {
      words[at++] = kind;
      words[at++] = digest;
      words[at++] = ghost;
    }
  }
  return at;
}

/** An empty queue. */
export const empty: readonly Copy[] = [];

/** The inverse of `encodeState`, for `words[0..length)`. */
export function decodeState(
  words: readonly number[],
  length: number,
  switches: number,
  queueCount: number,
): NetworkState {
  let at = 0;
  const global = words[at++]!;
  const turn = words[at++]!;
  const versions: Version[] = [];
  for (let left = words[at++]!; left > 0; left--) versions.push({ set: words[at++]!, ghost: words[at++]! });
  const controllerQueue: Told[] = [];
  for (let left = words[at++]!; left > 0; left--) controllerQueue.push({ item: words[at++]!, ghost: words[at++]! });
  const eventSets: SetId[] = [];
  const ghosts: Ghost[] = [];
  const oldest: number[] = [];
  for (let n = 0; n < switches; n++) {
    eventSets.push(words[at++]!);
    ghosts.push(words[at++]!);
    oldest.push(words[at++]!);
  }
  const queues: (readonly Copy[])[] = new Array(queueCount).fill(empty);
  while (at < length) {
    const queue: Copy[] = [];
    queues[words[at++]!] = queue;
    for (let left = words[at++]!; left > 0; left--)
      queue.push({ kind: words[at++]!, digest: words[at++]!, ghost: words[at++]! });
  }
  return { global, turn, versions, controllerQueue, eventSets, ghosts, oldest, queues };
}

/** A list with another value in one place. (`Array.with` is slower.) */
export function put<Value>(list: readonly Value[], place: number, value: Value): Value[] {
  const copied = list.slice();
  copied[place] = value;
  return copied;
}

/** The state with its ghosts renamed, except the global one. Q is left in its order. */
export function withGhosts(state: NetworkState, { past, copy }: Renaming): NetworkState {
  const renamed = <Part extends { readonly ghost: Ghost }>(part: Part): Part => ({ ...part, ghost: past(part.ghost) });
  return {
    ...state,
    versions: state.versions.map(renamed),
    controllerQueue: state.controllerQueue.map(renamed),
    ghosts: state.ghosts.map(past),
    queues: state.queues.map((queue) => queue.map((one) => ({ ...one, ghost: copy(one.ghost) }))),
  };
}

/** R, with the controller's past. */
export const newest = ({ versions }: NetworkState): Version => versions[versions.length - 1]!;
