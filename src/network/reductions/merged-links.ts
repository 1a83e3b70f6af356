import type { Charge } from '../../execution/run.js';
import { append, type Links } from '../links.js';
import type { PacketSpace } from '../packet-space.js';

/**
 * LINK and OUT within SW (the reduction `partial-order`).
 *
 * An output queue feeds one input queue, by the one link of its port, and both are FIFO, so the two are one queue, cut
 * somewhere that no rule asks about: LINK is always possible, commutes with every other step, and records nothing (spec
 * 4.1). So SW puts what it sends at the end of the input queue over there. OUT likewise only removes a copy from a
 * queue that no rule reads. Executions get them back when they are written down; their cost is charged with an SW: with
 * the one that sends, if all queues must be empty in the end, else with the one that takes the copy that a LINK has
 * brought.
 */
export function mergedLinks(space: PacketSpace, charge: Charge): Links {
  const isHostPort = space.queues.map((_, queue) => space.ingresses.some((ingress) => ingress.queue === queue));
  return {
    queues: space.queues.length,
    send: (queues, { moves }, copies) => {
      for (let i = 0; i < moves.length; i++) append(queues, moves[i]!.queue, copies[i]!);
    },
    steps: () => undefined,
    entailed: (queue, { moves, exits }) => {
      if (charge === 'complete') return moves.length + exits;
      return isHostPort[queue] ? 0 : 1;
    },
  };
}
