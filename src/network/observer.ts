import type { SetId } from './knowledge.js';
import { type Memory, noMemory } from './memory.js';
import type { EnteringPacket, Forwarded } from './packet-space.js';

/**
 * What an observer remembers with a part of the network's state, as a small integer. 0 is nothing.
 * "Past" ghosts are attached to switches, the controller and items; "copy" ghosts to copies in queues.
 */
export type Ghost = number;

/**
 * The global ghost of an execution that is broken whatever follows, because a packet entered at a switch whose E_n has
 * no `g`.
 */
export const undefinedConfiguration: Ghost = -1;

/** How the ghosts of all parts of the state change when the global one has forgotten or renumbered something. */
export interface Renaming {
  readonly past: (ghost: Ghost) => Ghost;
  readonly copy: (ghost: Ghost) => Ghost;
}

/** What events and event-sets become under an automorphism. */
export interface Relabelling {
  readonly event: (id: number) => number;
  readonly set: (set: SetId) => SetId;
  /** Of event-sets, by index. */
  readonly tag: (index: number) => number;
}

export interface Entered {
  readonly global: Ghost;
  readonly copy: Ghost;
  /** The past of the switch after the step; undefined if it stays what it is. */
  readonly past?: Ghost;
  /** Whether the packet is of no further interest: it cannot break what is observed. */
  readonly settled: boolean;
  readonly renaming: Renaming | undefined;
}

export interface ObservedSwitchStep {
  readonly global: Ghost;
  /** The past of the switch, and of what it tells the controller, after the step. */
  readonly past: Ghost;
  /** Of every copy that moves on, by move. */
  readonly copies: readonly Ghost[];
  readonly renaming: Renaming | undefined;
  /** Another way to observe the same step: both count. */
  readonly or?: ObservedSwitchStep;
}

/**
 * Watches the steps of an execution (spec 4.1) and remembers just what a verdict can still depend on. Its ghosts are
 * part of the explored state, so two histories are told apart only if it tells them apart.
 */
export interface Observer {
  readonly initial: Ghost;
  /**
   * Whether an execution goes on for others when a packet has entered at a switch whose E_n has no `g`; else it ends
   * there, with the global ghost `undefinedConfiguration`.
   */
  readonly goesOn?: boolean;
  /** IN: a packet enters at a switch; the alternatives all count. */
  readonly enter: (global: Ghost, past: Ghost, entry: EnteringPacket, ingress: number) => readonly Entered[];
  /** SW: a copy is taken that matches the labels; see `or`. */
  readonly process: (
    global: Ghost,
    past: Ghost,
    copy: Ghost,
    labels: readonly number[],
    forwarded: Forwarded,
  ) => ObservedSwitchStep;
  /** CTRLRECV: the controller's past after it takes an item. */
  readonly receive: (controller: Ghost, item: Ghost) => Ghost;
  /** CTRLSEND: the switch's past after it. */
  readonly send: (past: Ghost, controller: Ghost) => Ghost;
  /** A copy's ghost without what is also in the past of the switch at which the copy waits. */
  readonly without: (copy: Ghost, past: Ghost) => Ghost;
  /** A past extended by the events that all of the given pasts have in common. */
  readonly withCommon: (past: Ghost, pasts: readonly Ghost[]) => Ghost;
  /** How many packets are remembered. */
  readonly remembered: (global: Ghost) => number;
  /** Which of the remembered packets a copy belongs to, by its index among them (-1: none). */
  readonly packetOf: (copy: Ghost) => number;
  /** The ghosts when the remembered packets are in another order, given by their indices so far. */
  readonly rearranged: (
    global: Ghost,
    order: readonly number[],
  ) => { readonly global: Ghost; readonly renaming: Renaming };
  /** The ghosts when events have other names. */
  readonly image: (names: Relabelling) => Renaming & { readonly global: (ghost: Ghost) => Ghost };
  /** Whether a complete execution that ends so is a violation. */
  readonly violated: (global: Ghost) => boolean;
  /** Whether every complete execution that goes on from here is a violation. */
  readonly doomed: (global: Ghost) => boolean;
  /** Whether no complete execution that goes on from here without another packet is a violation. */
  readonly saved: (global: Ghost) => boolean;
  /** The meanings of ghosts. */
  readonly memory: Memory;
}

const nothingToRename: Renaming = { past: (ghost) => ghost, copy: (ghost) => ghost };

/** These members of an observer that tells no packets or events apart. */
export const nameless: Pick<Observer, 'remembered' | 'packetOf' | 'rearranged' | 'image'> = {
  remembered: () => 0,
  packetOf: () => -1,
  rearranged: (global) => ({ global, renaming: nothingToRename }),
  image: () => ({ ...nothingToRename, global: (ghost) => ghost }),
};

/** Observes nothing. */
export const blind: Observer = {
  initial: 0,
  enter: () => [{ global: 0, copy: 0, settled: true, renaming: undefined }],
  process: (_global, _past, _copy, _labels, { moves }) => ({
    global: 0,
    past: 0,
    copies: moves.map(() => 0),
    renaming: undefined,
  }),
  receive: () => 0,
  send: () => 0,
  without: () => 0,
  withCommon: () => 0,
  violated: () => false,
  doomed: () => false,
  saved: () => false,
  ...nameless,
  memory: noMemory,
};
