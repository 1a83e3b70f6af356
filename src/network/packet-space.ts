import type { Headers } from '../netkat/fields.js';
import type { Location } from '../netkat/policy.js';
import type { Host } from '../netkat/topology.js';
import type { Marks } from '../packets/lookout.js';
import type { Memory } from './memory.js';

/** A kind of packet copy in a queue, as a small integer: copies of one kind behave alike from here on. */
export type CopyKind = number;

/** The kind of a packet that has entered where no configuration is defined: it can go no further (spec 4.2). */
export const blockedKind: CopyKind = -2;

/** A packet that a host can send, standing for all that differ from it only in headers that change nothing. */
export interface Ingress {
  readonly host: Host;
  /** The input queue that it joins. */
  readonly queue: number;
  readonly headers: Headers;
  /** Whether its first switch drops it under every configuration: such a packet can change nothing for others. */
  readonly inert: boolean;
}

/** What a property sees of a hop (packets/lookout.ts). */
export interface SeenHop {
  /** Of the copy as it arrives; null at a host port, where it was seen as it entered. */
  readonly arrival: Marks | null;
  /**
   * Of each located packet beside each other after that: what leaves the network there, or that the copy is dropped.
   */
  readonly leaving: readonly Marks[];
  /** All that is seen of the copy after its arrival; undefined where that is open, since configurations mix. */
  readonly below: Marks | undefined;
}

/** How a packet starts: the kind of its copy, and the tree that it will turn out to have. */
export interface EnteringPacket {
  readonly kind: CopyKind;
  /** The event-sets, by index, ascending, to whose trees the packet's tree is equal. */
  readonly treeOf: readonly number[];
  /** What a property sees of it as it enters, and later on (see `SeenHop.below`). */
  readonly arrival: Marks;
  readonly below: Marks | undefined;
}

/** A copy that moves on: the input queue that it joins. Exits do not move on. */
export interface Moved {
  readonly queue: number;
  readonly kind: CopyKind;
}

/**
 * What one hop gives. `order` lists outputs (by index in `Configuration.hop`'s) in the order in which they are queued.
 */
export interface Forwarded {
  readonly moves: readonly Moved[];
  readonly exits: number;
  readonly order: readonly number[];
  /** Children of the hop, as `childKey` names them, moves first: `moves[i]` is `children[i]`. */
  readonly children: readonly string[];
  readonly seen: SeenHop;
}

/**
 * The packets of a program as the rules see them: what can enter, what each copy matches and how it is forwarded.
 * Everything is computed on demand and once.
 */
export interface PacketSpace {
  /** The ports at which packets arrive, in order; a queue is an index here. */
  readonly queues: readonly Location[];
  readonly ingresses: readonly Ingress[];
  /**
   * How a packet may start under a tag, given as index of the event-set; one entry for each tree it may turn out to
   * have.
   */
  readonly enter: (ingress: number, tag: number) => readonly EnteringPacket[];
  /** The labels that a copy of the kind matches on arrival. */
  readonly labels: (kind: CopyKind) => readonly number[];
  /**
   * Whether anything might be detected of a copy of the kind where it is, by the rules or by tables that are followed.
   */
  readonly isNoted: (kind: CopyKind) => boolean;
  /**
   * The hop of a copy under the configuration of an event-set (by index): the alternatives differ in the order in which
   * copies for one port are queued, which spec 3 leaves open, so that all are explored [choice]. Empty if the hop
   * contradicts the tree that the packet was to have.
   */
  readonly forward: (kind: CopyKind, by: number) => readonly Forwarded[];
  /** The meanings of kinds. */
  readonly memory: Memory;
}
