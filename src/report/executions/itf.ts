import type { Execution, ShownEventSet } from '../../execution/execution.js';
import type { ShownHeaders } from '../../netkat/fields.js';
import { narrate } from '../text/story.js';
import type { Portrait } from './portrait.js';
import { followQueues, type Moment, type QueuedCopy, type Queues } from './queues.js';
import { titleOf } from './text.js';

/** An expression of the Informal Trace Format (Apalache, ADR 015). */
type Expression =
  | string
  | boolean
  | { readonly '#bigint': string }
  | { readonly '#set': readonly Expression[] }
  | { readonly '#map': readonly (readonly [Expression, Expression])[] }
  | readonly Expression[]
  | { readonly [key: string]: Expression };

const integer = (n: number): Expression => ({ '#bigint': String(n) });
const set = (elements: ShownEventSet): Expression => ({ '#set': elements.map(integer) });
/** Values of all fields are texts: the elements of a map have one type. */
const headersOf = (headers: ShownHeaders): Expression => ({
  '#map': Object.entries(headers).map(([name, value]) => [name, String(value)] as const),
});

/** In best-effort packets have no tags. */
const copyOf = ({ packet, headers, tag, digest }: QueuedCopy): Expression => ({
  packet: integer(packet),
  headers: headersOf(headers),
  ...(tag === null ? {} : { tag: set(tag) }),
  digest: set(digest),
});

const queuesOf = (queues: Queues): Expression => ({
  '#map': [...queues].map(([at, queue]) => [at, queue.map(copyOf)] as const),
});

const variables = ['time', 'rule', 'action', 'inputs', 'outputs', 'eventSets', 'heard'] as const;

/**
 * Copies, items and event-sets that a trace has at most, over all of its states: each takes some 200 characters of a
 * text that must fit in one string.
 */
const maxSize = 1_500_000;

/** How many copies, items and event-sets the states of an execution have, with two more for what else a state says. */
function sizeOf(steps: Execution, switches: number): number {
  let [size, inState] = [0, switches + 2];
  for (const step of steps) {
    if (step.rule === 'IN' || step.rule === 'CTRLRECV') inState++;
    else if (step.rule === 'SW') inState += step.outputs.length - 1;
    else if (step.rule === 'OUT') inState--;
    size += inState;
  }
  return size;
}

/**
 * An execution in the Informal Trace Format: the states of the network, each with the step that led to it. `inputs` and
 * `outputs` are the queues that are not empty, by `switch:port`; `eventSets` E_n by switch; `heard` is what the
 * controller has taken out of Q. (Q and R are not stated by the steps.)
 */
export function toItf(portrait: Portrait): string | { readonly unusable: string } {
  const { steps, document } = portrait;
  const switches = document.network?.switches ?? [];
  if (sizeOf(steps, switches.length) > maxSize)
    return {
      unusable: `an ITF trace has the whole network after each step, and with ${steps.length.toLocaleString('en')} steps that is too much for one file; \`--to text\` and \`--to markdown\` have no such limit`,
    };
  const told = narrate(steps);
  const items = steps.flatMap((step) => (step.rule === 'CTRLRECV' ? [step.item] : []));
  const stateOf = (moment: Moment | undefined, time: number): Readonly<Record<string, unknown>> => {
    const eventSets = new Map<number, ShownEventSet>(switches.map((n) => [n, []]));
    for (const [n, known] of moment?.eventSets ?? []) eventSets.set(n, known);
    const values: Readonly<Record<(typeof variables)[number], Expression>> = {
      time: integer(time),
      rule: moment?.step.rule ?? '',
      action: told[time - 1]?.join('; ') ?? '',
      inputs: queuesOf(moment?.inputs ?? new Map()),
      outputs: queuesOf(moment?.outputs ?? new Map()),
      eventSets: { '#map': [...eventSets].map(([n, known]) => [integer(n), set(known)] as const) },
      heard: items.slice(0, moment?.heard ?? 0).map(set),
    };
    return { '#meta': { index: time }, ...values };
  };
  const trace = {
    '#meta': {
      format: 'ITF',
      'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
      description: titleOf(portrait),
    },
    params: [],
    vars: variables,
    states: [undefined, ...followQueues(steps)].map(stateOf),
  };
  return `${JSON.stringify(trace, null, 2)}\n`;
}
