import type { Counterexample, ShownEventSet, ShownLocation, Step, SwitchStep } from '../../execution/execution.js';
import type { ShownHeaders } from '../../netkat/fields.js';

/** Where a copy of a packet is: in a queue, with a host, gone by a port where no host is, or dropped by a switch. */
export type Place =
  | { readonly kind: 'input' | 'output' | 'host' | 'outside'; readonly at: ShownLocation }
  | { readonly kind: 'dropped'; readonly at: ShownLocation };

/** A copy of a packet. Copies keep their keys from frame to frame: the first copy that a switch sends on is the one it took. */
export interface ShownCopy {
  readonly key: string;
  readonly packet: number;
  readonly headers: ShownHeaders;
  readonly tag: ShownEventSet | null;
  readonly digest: ShownEventSet;
  readonly place: Place;
}

/** The network after some steps. */
export interface Frame {
  readonly copies: readonly ShownCopy[];
  /** E_n of each switch that has heard of something. */
  readonly knows: ReadonlyMap<number, ShownEventSet>;
  /** R, and what is in Q, as far as the execution's account says. */
  readonly controller: ShownEventSet;
  readonly queue: readonly { readonly item: ShownEventSet; readonly told: number }[];
}

/** A way of a copy from one step to another: into its first switch, across a link, to a host; `wait` is in an input queue. */
export interface Leg {
  readonly kind: 'enter' | 'cross' | 'leave' | 'wait';
  readonly packet: number;
  readonly from: number;
  readonly to: number;
  readonly copy: ShownCopy;
}

export interface Timeline {
  /** `frames[i]` is the network after i steps. */
  readonly frames: readonly Frame[];
  readonly legs: readonly Leg[];
  /** The copy that each SW takes. */
  readonly taken: ReadonlyMap<number, ShownCopy>;
}

/** A copy under way: with the step that put it where it is. */
interface Moving {
  readonly copy: ShownCopy;
  readonly since: number;
}

export const switchOf = (at: ShownLocation): number => Number(at.split(':')[0]);

/** Replays an execution from its steps alone: where every copy is after each, and the ways between. */
export function timeline(steps: readonly Step[], account: Counterexample['account']): Timeline {
  const told = new Map(account?.controller.map((entry) => [entry.step, entry]));
  const inputs = new Map<ShownLocation, Moving[]>();
  const outputs = new Map<ShownLocation, Moving[]>();
  const knows = new Map<number, ShownEventSet>();
  const settled: ShownCopy[] = [];
  const legs: Leg[] = [];
  const taken = new Map<number, ShownCopy>();
  let controller: ShownEventSet = [];
  let queue: Frame['queue'] = [];
  let copies = 0;

  const queueAt = (queues: Map<ShownLocation, Moving[]>, at: ShownLocation): Moving[] => {
    const found = queues.get(at) ?? [];
    queues.set(at, found);
    return found;
  };
  const put = (
    queues: Map<ShownLocation, Moving[]>,
    kind: 'input' | 'output',
    at: ShownLocation,
    copy: ShownCopy,
    since: number,
  ) => queueAt(queues, at).push({ copy: { ...copy, place: { kind, at } }, since });
  const frame = (): Frame => ({
    copies: [...[...inputs.values(), ...outputs.values()].flat().map(({ copy }) => copy), ...settled],
    knows: new Map(knows),
    controller,
    queue,
  });

  /** SW: the head of the input queue, and what becomes of it. */
  const take = (step: SwitchStep, i: number) => {
    const head = queueAt(inputs, step.at).shift();
    knows.set(switchOf(step.at), step.eventSet);
    if (!head) return;
    const { copy } = head;
    taken.set(i, copy);
    legs.push({ kind: 'wait', packet: step.packet, from: head.since, to: i, copy });
    if (step.outputs.length === 0) settled.push({ ...copy, place: { kind: 'dropped', at: step.at } });
    for (const [o, { port, headers, digest }] of step.outputs.entries()) {
      const key = o === 0 ? copy.key : `c${copies++}`;
      put(outputs, 'output', `${switchOf(step.at)}:${port}`, { ...copy, key, headers, digest }, i);
    }
  };

  const frames = [frame()];
  for (const [i, step] of steps.entries()) {
    switch (step.rule) {
      case 'IN': {
        const { packet, headers, tag, at } = step;
        put(
          inputs,
          'input',
          at,
          { key: `c${copies++}`, packet, headers, tag, digest: [], place: { kind: 'input', at } },
          i,
        );
        break;
      }
      case 'SW':
        take(step, i);
        break;
      case 'LINK': {
        const head = queueAt(outputs, step.from).shift();
        if (!head) break;
        put(inputs, 'input', step.to, head.copy, i);
        legs.push({ kind: 'cross', packet: step.packet, from: head.since, to: i, copy: head.copy });
        break;
      }
      case 'OUT': {
        const waiting = queueAt(outputs, step.at);
        const [head] = waiting;
        if (!head) break;
        // Where no host is, a copy may leave and go on as well (spec 3.1, best-effort): then its LINK is still to come.
        const goesOn =
          step.host === null &&
          waiting.filter(({ copy }) => copy.packet === step.packet).length === 1 &&
          steps
            .slice(i + 1)
            .some((later) => later.rule === 'LINK' && later.from === step.at && later.packet === step.packet);
        if (!goesOn) waiting.shift();
        const key = goesOn ? `c${copies++}` : head.copy.key;
        settled.push({ ...head.copy, key, place: { kind: step.host === null ? 'outside' : 'host', at: step.at } });
        legs.push({ kind: 'leave', packet: step.packet, from: head.since, to: i, copy: head.copy });
        break;
      }
      case 'CTRLRECV':
        queue = queue.filter(({ told: by }) => by !== step.told);
        controller = told.get(i)?.known ?? [...new Set([...controller, ...step.item])].sort((a, b) => a - b);
        break;
      case 'CTRLSEND':
        knows.set(step.switch, step.eventSet);
        break;
    }
    const items = told.get(i)?.told ?? [];
    queue = [...queue, ...items.map((item) => ({ item, told: i }))];
    frames.push(frame());
  }
  return { frames, legs, taken };
}
