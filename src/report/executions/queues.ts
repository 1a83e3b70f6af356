import type { Execution, OutStep, ShownEventSet, ShownLocation, Step } from '../../execution/execution.js';
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
  /** How often the controller has taken something out of Q. */
  readonly heard: number;
}

export const switchOf = (at: ShownLocation): number => Number(at.split(':')[0]);

/**
 * Follows an execution by what its steps state, without the program: the queues are FIFO (spec 3), so each step says
 * which copy it moves. If the steps are no execution, copies are missing, and nothing worse happens. What is where is
 * written down after each step, which is much where many packets wait: see `copiesOf`.
 */
export function followQueues(steps: Execution): Moment[] {
  const network = new Followed();
  const goOn = goingOn(steps);
  return steps.map((step, i) => ({ step, copy: network.take(step, i, goOn[i]), ...network.whereabouts() }));
}

/** The copy that each step moves, in a time that grows with the steps alone, however many packets wait. */
export function copiesOf(steps: Execution): (QueuedCopy | undefined)[] {
  const network = new Followed();
  const goOn = goingOn(steps);
  return steps.map((step, i) => network.take(step, i, goOn[i]));
}

/** Copies that wait at one place: those that have gone stay in front, and are not counted. */
interface Waiting {
  readonly copies: QueuedCopy[];
  gone: number;
}

/** The network while an execution is followed. */
class Followed {
  readonly #inputs = new Map<ShownLocation, Waiting>();
  readonly #outputs = new Map<ShownLocation, Waiting>();
  readonly #eventSets = new Map<number, ShownEventSet>();
  #heard = 0;
  #keys = 0;

  /** Takes a step, and says which copy it moves, as that was before. `next`: see `goingOn`. */
  take(step: Step, i: number, next: Step | undefined): QueuedCopy | undefined {
    switch (step.rule) {
      case 'IN': {
        const { packet, headers, tag } = step;
        const copy = { key: `c${this.#keys++}`, since: i, packet, headers, tag, digest: [] };
        append(this.#inputs, step.at, copy);
        return copy;
      }
      case 'SW': {
        const copy = shift(this.#inputs, step.at);
        const n = switchOf(step.at);
        const sent = { packet: step.packet, tag: copy?.tag ?? null, since: i };
        for (const [o, { port, headers, digest }] of step.outputs.entries()) {
          const key = copy && o === 0 ? copy.key : `c${this.#keys++}`;
          append(this.#outputs, `${n}:${port}`, { ...sent, key, headers, digest });
        }
        this.#eventSets.set(n, step.eventSet);
        return copy;
      }
      case 'LINK': {
        const copy = shift(this.#outputs, step.from);
        if (copy) append(this.#inputs, step.to, { ...copy, since: i });
        return copy;
      }
      case 'OUT':
        return this.#goesOn(step, next) ? first(this.#outputs, step.at) : shift(this.#outputs, step.at);
      case 'CTRLRECV':
        this.#heard++;
        return undefined;
      case 'CTRLSEND':
        this.#eventSets.set(step.switch, step.eventSet);
        return undefined;
    }
  }

  /**
   * Whether the copy that an OUT delivers crosses the link too: only in best-effort, at a port where no host is (spec
   * 3.1). The step does not say so; its LINK comes next at that port, before any other copy of the packet has left by
   * it.
   */
  #goesOn({ at, packet, host }: OutStep, next: Step | undefined): boolean {
    if (host !== null || next?.rule !== 'LINK' || next.packet !== packet) return false;
    return waitingAt(this.#outputs, at).filter((copy) => copy.packet === packet).length === 1;
  }

  whereabouts(): Whereabouts {
    return {
      inputs: snapshot(this.#inputs),
      outputs: snapshot(this.#outputs),
      eventSets: new Map(this.#eventSets),
      heard: this.#heard,
    };
  }
}

type Places = Map<ShownLocation, Waiting>;

const waitingAt = (places: Places, at: ShownLocation): readonly QueuedCopy[] => {
  const waiting = places.get(at);
  return waiting ? waiting.copies.slice(waiting.gone) : [];
};

const first = (places: Places, at: ShownLocation): QueuedCopy | undefined => {
  const waiting = places.get(at);
  return waiting?.copies[waiting.gone];
};

function append(places: Places, at: ShownLocation, copy: QueuedCopy): void {
  const waiting = places.get(at);
  if (waiting) waiting.copies.push(copy);
  else places.set(at, { copies: [copy], gone: 0 });
}

/** Takes the first copy away; a place where none is left is forgotten. */
function shift(places: Places, at: ShownLocation): QueuedCopy | undefined {
  const waiting = places.get(at);
  if (!waiting) return undefined;
  const copy = waiting.copies[waiting.gone++];
  if (waiting.gone === waiting.copies.length) places.delete(at);
  return copy;
}

const snapshot = (places: Places): Queues => new Map([...places.keys()].map((at) => [at, waitingAt(places, at)]));

/** For each OUT where no host is, the next step that takes a copy from the same port. */
function goingOn(steps: Execution): (Step | undefined)[] {
  const next = new Map<ShownLocation, Step>();
  const found = new Array<Step | undefined>(steps.length);
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i]!;
    if (step.rule === 'OUT') {
      if (step.host === null) found[i] = next.get(step.at);
      next.set(step.at, step);
    } else if (step.rule === 'LINK') next.set(step.from, step);
  }
  return found;
}
