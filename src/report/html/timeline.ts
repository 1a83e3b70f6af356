import type { Counterexample, ShownEventSet, ShownLocation, Step } from '../../execution/execution.js';
import type { ShownHeaders } from '../../netkat/fields.js';
import { followQueues, type Moment, type QueuedCopy, type Queues } from '../executions/queues.js';

/** Where a copy of a packet is: in a queue, with a host, gone by a port where no host is, or dropped by a switch. */
export type CopyPlace =
  | { readonly kind: 'input' | 'output' | 'host' | 'outside'; readonly at: ShownLocation }
  | { readonly kind: 'dropped'; readonly at: ShownLocation };

/**
 * A copy of a packet. Copies keep their keys from frame to frame: the first copy that a switch sends on is the one it
 * took.
 */
export interface ShownCopy {
  readonly key: string;
  readonly packet: number;
  readonly headers: ShownHeaders;
  readonly tag: ShownEventSet | null;
  readonly digest: ShownEventSet;
  readonly place: CopyPlace;
}

/** The network after some steps. */
export interface NetworkPicture {
  readonly copies: readonly ShownCopy[];
  /** E_n of each switch that has heard of something. */
  readonly knows: ReadonlyMap<number, ShownEventSet>;
  /** R, and what is in Q, as far as the execution's account says. */
  readonly controller: ShownEventSet;
  readonly queue: readonly { readonly item: ShownEventSet; readonly told: number }[];
}

/**
 * A way of a copy from one step to another: into its first switch, across a link, to a host; `wait` is in an input
 * queue.
 */
export interface Leg {
  readonly kind: 'enter' | 'cross' | 'leave' | 'wait';
  readonly packet: number;
  readonly from: number;
  readonly to: number;
  readonly copy: ShownCopy;
}

export interface Timeline {
  /** `frames[i]` is the network after i steps. */
  readonly frames: readonly NetworkPicture[];
  readonly legs: readonly Leg[];
  /** The copy that each SW takes. */
  readonly taken: ReadonlyMap<number, ShownCopy>;
}

/** Follows an execution from its steps alone: where every copy is after each, and the ways between. */
export function timeline(steps: readonly Step[], account: Counterexample['account']): Timeline {
  const told = new Map(account?.controller.map((entry) => [entry.step, entry]));
  const settled: ShownCopy[] = [];
  const legs: Leg[] = [];
  const taken = new Map<number, ShownCopy>();
  let controller: ShownEventSet = [];
  let queue: NetworkPicture['queue'] = [];

  const frame = (moment?: Moment): NetworkPicture => ({
    copies: [...waiting(moment?.inputs, 'input'), ...waiting(moment?.outputs, 'output'), ...settled],
    knows: moment?.eventSets ?? new Map(),
    controller,
    queue,
  });
  const frames = [frame()];
  for (const [i, moment] of followQueues(steps).entries()) {
    const { step, copy } = moment;
    if (copy) {
      const fate = fateOf(moment, copy, i);
      if (fate.taken) taken.set(i, fate.taken);
      for (const one of fate.legs) legs.push(one);
      for (const one of fate.settled) settled.push(one);
    }
    if (step.rule === 'CTRLRECV') {
      queue = queue.filter(({ told: by }) => by !== step.told);
      controller = told.get(i)?.known ?? [...new Set([...controller, ...step.item])].sort((a, b) => a - b);
    }
    const items = told.get(i)?.told ?? [];
    queue = [...queue, ...items.map((item) => ({ item, told: i }))];
    frames.push(frame(moment));
  }
  return { frames, legs, taken };
}

/**
 * What becomes of a copy in a step: the way that it has gone, what a switch takes of it, and what stays where it is for
 * good.
 */
interface Fate {
  readonly legs: readonly Leg[];
  readonly settled: readonly ShownCopy[];
  readonly taken?: ShownCopy;
}

function fateOf({ step, outputs }: Moment, copy: QueuedCopy, to: number): Fate {
  const from = copy.since;
  switch (step.rule) {
    case 'IN':
    case 'CTRLRECV':
    case 'CTRLSEND':
      return { legs: [], settled: [] };
    case 'SW': {
      const head = placed(copy, { kind: 'input', at: step.at });
      const dropped = step.outputs.length === 0 ? [placed(copy, { kind: 'dropped', at: step.at })] : [];
      return { legs: [{ kind: 'wait', packet: step.packet, from, to, copy: head }], settled: dropped, taken: head };
    }
    case 'LINK': {
      const head = placed(copy, { kind: 'output', at: step.from });
      return { legs: [{ kind: 'cross', packet: step.packet, from, to, copy: head }], settled: [] };
    }
    case 'OUT': {
      // Where no host is, a copy may leave and go on as well (spec 3.1, best-effort): then one of it stays in the
      // queue.
      const stays = outputs.get(step.at)?.some(({ key }) => key === copy.key);
      const key = stays ? `${copy.key}.${to}` : copy.key;
      const head = placed(copy, { kind: 'output', at: step.at });
      return {
        legs: [{ kind: 'leave', packet: step.packet, from, to, copy: head }],
        settled: [{ ...placed(copy, { kind: step.host === null ? 'outside' : 'host', at: step.at }), key }],
      };
    }
  }
}

const placed = ({ since: _, ...copy }: QueuedCopy, place: CopyPlace): ShownCopy => ({ ...copy, place });

/** The copies in queues, in their order. */
const waiting = (queues: Queues = new Map(), kind: 'input' | 'output'): ShownCopy[] =>
  [...queues].flatMap(([at, copies]) => copies.map((copy) => placed(copy, { kind, at })));
