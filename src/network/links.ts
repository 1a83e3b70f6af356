import { nothing } from './knowledge.js';
import type { Forwarded, PacketSpace } from './packet-space.js';
import type { Copy, NetworkState } from './state.js';
import type { EmitTransition } from './steps.js';

/** Queues that a step is about to fill: its own copy of the list. */
export type OpenQueues = (readonly Copy[])[];

/** How copies get from switch to switch and to hosts: LINK and OUT (spec 3). */
export interface Links {
  /** How many queues a state has: the input queues first. */
  readonly queues: number;
  /** Puts into the queues what SW sends: copies, one for each move, and exits. */
  readonly send: (queues: OpenQueues, forwarded: Forwarded, copies: readonly Copy[]) => void;
  /** LINK and OUT, if they are steps of their own. */
  readonly steps: (state: NetworkState, emit: EmitTransition) => void;
  /**
   * The cost of the LINKs and OUTs that are charged with the SW of a copy from an input queue: 0 if they are steps of
   * their own.
   */
  readonly entailed: (queue: number, forwarded: Forwarded) => number;
}

/** Puts a copy at the end of a queue. */
export function append(queues: OpenQueues, queue: number, copy: Copy): void {
  const before = queues[queue]!;
  queues[queue] = before.length === 0 ? [copy] : [...before, copy];
}

/**
 * LINK and OUT as the rules have them. An output queue that a link leads from is numbered like the input queue at its
 * other end, after the input queues; one more queue is for exits, which hosts take in any order.
 */
export function separateLinks(space: PacketSpace): Links {
  const inputs = space.queues.length;
  const leaving = 2 * inputs;
  const exit: Copy = { kind: -1, digest: nothing, ghost: 0 };
  return {
    queues: leaving + 1,
    send: (queues, { moves, exits }, copies) => {
      for (let i = 0; i < moves.length; i++) append(queues, inputs + moves[i]!.queue, copies[i]!);
      for (let i = 0; i < exits; i++) append(queues, leaving, exit);
    },
    steps: (state, emit) => {
      for (let queue = 0; queue < inputs; queue++) {
        const [head, ...rest] = state.queues[inputs + queue]!;
        if (!head) continue;
        const queues = state.queues.with(inputs + queue, rest).with(queue, [...state.queues[queue]!, head]);
        emit({ ...state, queues }, { rule: 'LINK', queue }, 1);
      }
      const exits = state.queues[leaving]!;
      if (exits.length > 0) emit({ ...state, queues: state.queues.with(leaving, exits.slice(1)) }, { rule: 'OUT' }, 1);
    },
    entailed: () => 0,
  };
}
