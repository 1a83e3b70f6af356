import type { Execution, ShownEventSet, ShownLocation, Step } from '../../execution/execution.js';
import type { ShownHeaders } from '../../netkat/fields.js';

/** A copy of a packet in a queue. */
export interface QueuedCopy {
  /**
   * A name that the copy keeps from queue to queue: the first copy that a switch sends on counts as the one that it
   * took.
   */
  readonly key: string;
  /** The step that has put it there. */
  readonly since: number;
  readonly packet: number;
  readonly headers: ShownHeaders;
  readonly tag: ShownEventSet | null;
  readonly digest: ShownEventSet;
}

export type Queues = ReadonlyMap<ShownLocation, readonly QueuedCopy[]>;

/**
 * A step, the copy that it moves as it was before (CTRLRECV and CTRLSEND move none), and the queues and sets after it.
 */
export interface Moment extends Whereabouts {
  readonly step: Step;
  readonly copy: QueuedCopy | undefined;
}

/** The state of the network as far as steps tell it. */
interface Whereabouts {
  readonly inputs: Queues;
  readonly outputs: Queues;
  /** E_n of every switch that has stated it. */
  readonly eventSets: ReadonlyMap<number, ShownEventSet>;
  /** What the controller has taken out of Q, in that order. */
  readonly heard: readonly ShownEventSet[];
  /** How many keys there are. */
  readonly keys: number;
}

export const switchOf = (at: ShownLocation): number => Number(at.split(':')[0]);

const withQueue = (queues: Queues, at: ShownLocation, queue: readonly QueuedCopy[]): Queues => {
  const changed = new Map(queues);
  if (queue.length === 0) changed.delete(at);
  else changed.set(at, queue);
  return changed;
};

const append = (queues: Queues, at: ShownLocation, copy: QueuedCopy): Queues =>
  withQueue(queues, at, [...(queues.get(at) ?? []), copy]);

/**
 * Follows an execution by what its steps state, without the program: the queues are FIFO (spec 3), so each step says
 * which copy it moves. If the steps are no execution, copies are missing, and nothing worse happens.
 */
export function followQueues(steps: Execution): Moment[] {
  const moments: Moment[] = [];
  const initial = { inputs: new Map(), outputs: new Map(), eventSets: new Map(), heard: [], keys: 0 };
  for (const i of steps.keys()) moments.push(after(moments[i - 1] ?? initial, steps, i));
  return moments;
}

function after(before: Whereabouts, steps: Execution, i: number): Moment {
  const step = steps[i]!;
  const { inputs, outputs, eventSets, heard, keys } = before;
  const same = { ...before, step, copy: undefined };
  switch (step.rule) {
    case 'IN': {
      const { packet, headers, tag } = step;
      const copy = { key: `c${keys}`, since: i, packet, headers, tag, digest: [] };
      return { ...same, copy, inputs: append(inputs, step.at, copy), keys: keys + 1 };
    }
    case 'SW': {
      const [copy, ...rest] = inputs.get(step.at) ?? [];
      const n = switchOf(step.at);
      const sent = { packet: step.packet, tag: copy?.tag ?? null, since: i };
      let queues = outputs;
      let made = keys;
      for (const [o, { port, headers, digest }] of step.outputs.entries()) {
        const key = copy && o === 0 ? copy.key : `c${made++}`;
        queues = append(queues, `${n}:${port}`, { ...sent, key, headers, digest });
      }
      const sets = new Map(eventSets).set(n, step.eventSet);
      return { ...same, copy, inputs: withQueue(inputs, step.at, rest), outputs: queues, eventSets: sets, keys: made };
    }
    case 'LINK': {
      const [copy, ...rest] = outputs.get(step.from) ?? [];
      const arrived = copy ? append(inputs, step.to, { ...copy, since: i }) : inputs;
      return { ...same, copy, inputs: arrived, outputs: withQueue(outputs, step.from, rest) };
    }
    case 'OUT': {
      const [copy, ...rest] = outputs.get(step.at) ?? [];
      return goesOn(before, steps, i)
        ? { ...same, copy }
        : { ...same, copy, outputs: withQueue(outputs, step.at, rest) };
    }
    case 'CTRLRECV':
      return { ...same, heard: [...heard, step.item] };
    case 'CTRLSEND':
      return { ...same, eventSets: new Map(eventSets).set(step.switch, step.eventSet) };
  }
}

/**
 * Whether the copy that an OUT delivers crosses the link too: only in best-effort, at a port where no host is (spec 3.1). The
 * step does not say so; its LINK comes next at that port, before any other copy of the packet has left by it.
 */
function goesOn({ outputs }: Whereabouts, steps: Execution, i: number): boolean {
  const out = steps[i]!;
  if (out.rule !== 'OUT' || out.host !== null) return false;
  const { at, packet } = out;
  const waiting = (outputs.get(at) ?? []).filter((copy) => copy.packet === packet);
  const next = steps
    .slice(i + 1)
    .find((s) => (s.rule === 'OUT' && s.at === at) || (s.rule === 'LINK' && s.from === at));
  return waiting.length === 1 && next?.rule === 'LINK' && next.packet === packet;
}
