import { members } from '../events/event-set.js';
import type { Run } from '../execution/run.js';
import { readLocation } from '../execution/show.js';
import { inputQueue } from '../execution/state.js';
import { showHeaders } from '../netkat/fields.js';
import type { Location } from '../netkat/policy.js';
import { processPacket } from './interpret.js';
import { stampDifference, switchDifference, type TableDifference } from './table-difference.js';
import type { Tables } from './tables.js';
import { tagOf } from './tags.js';

/** The first step in which the tables do something other than the rules. */
export interface DifferentStep {
  readonly step: number;
  readonly difference: TableDifference;
}

/**
 * Runs an execution by the tables beside the rules, step by step. The only thing that tables know of a packet and the
 * rules do not is its `pc`; it is kept here in queues that mirror those of the rules. The result is undefined if tables
 * and rules do the same in every step.
 */
export function firstDifference(run: Run, tables: Tables): DifferentStep | undefined {
  const { setting, states, taken } = run;
  const queues = new Map<string, number[]>();
  const queueOf = (kind: 'in' | 'out', at: string): number[] => {
    const queue = queues.get(`${kind} ${at}`) ?? [];
    queues.set(`${kind} ${at}`, queue);
    return queue;
  };
  for (const [i, { step }] of taken.entries()) {
    const before = states[i]!;
    switch (step.rule) {
      case 'IN': {
        const at = locationOf(step.at);
        const difference = stampDifference(setting, tables, at, before.switches[at.switch]!.eventSet);
        if (difference) return { step: i, difference };
        queueOf('in', step.at).push(0);
        break;
      }
      case 'SW': {
        const at = locationOf(step.at);
        const copy = inputQueue(before, at)[0]!;
        const pc = queueOf('in', step.at).shift()!;
        const { eventSet } = before.switches[at.switch]!;
        const { headers, position, digest, tag } = copy;
        if (tag === null) throw new Error('tables are for packets with tags');
        const difference = switchDifference(setting, tables, { at, headers, position, pc, tag, digest, eventSet });
        if (difference) return { step: i, difference };
        for (const [port, next] of pcsOf(tables, at, run, i, pc)) queueOf('out', `${at.switch}:${port}`).push(next);
        break;
      }
      case 'LINK':
        queueOf('in', step.to).push(queueOf('out', step.from).shift()!);
        break;
      case 'OUT':
        queueOf('out', step.at).shift();
        break;
      case 'CTRLRECV':
      case 'CTRLSEND':
        break;
    }
  }
  return undefined;
}

/** The port and the `pc` of each copy that a SW has queued, in the order of the queue. */
function pcsOf(tables: Tables, at: Location, run: Run, i: number, pc: number): (readonly [number, number])[] {
  const { setting, states, taken } = run;
  const { fields } = setting.program;
  const { headers, tag, digest } = inputQueue(states[i]!, at)[0]!;
  const here = tables.switches.find(({ id }) => id === at.switch)!;
  const packet = {
    port: at.port,
    headers: showHeaders(fields, headers),
    tag: tagOf(tables.blocks, members(tag!))!,
    pc,
    digest: members(digest),
  };
  const { outputs } = processPacket(here, packet, members(states[i]!.switches[at.switch]!.eventSet));
  const key = (port: number, shown: object) => `${port} ${JSON.stringify(shown)}`;
  const byKey = new Map(outputs.map((output) => [key(output.port, output.headers), output.pc]));
  return taken[i]!.queued!.map((copy) => [copy.port, byKey.get(key(copy.port, showHeaders(fields, copy.headers)))!]);
}

function locationOf(shown: string): Location {
  const at = readLocation(shown);
  if (!at) throw new Error(`${shown} is no location`);
  return at;
}
