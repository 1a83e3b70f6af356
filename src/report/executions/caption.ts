import { showEvents } from '../../base/event-set-notation.js';
import type { ShownEventSet, Step } from '../../execution/execution.js';
import type { ShownHeaders } from '../../netkat/fields.js';

import { occurringIn, type Portrait } from './portrait.js';
import type { QueuedCopy } from './queues.js';

const headersText = (headers: ShownHeaders): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');

/** What happens in each step, which moves a copy, in a few words for beside a drawing; sets and headers are told where they change. */
export function captions(portrait: Portrait, copies: readonly (QueuedCopy | undefined)[]): string[] {
  const known = new Map<number, ShownEventSet>();
  return portrait.steps.map((step, i) => {
    const copy = copies[i];
    const occurs = occurringIn(portrait, i).map((event) => `e${event} occurs here`);
    return [...phrases(step, copy && headersText(copy.headers), known), ...occurs].join('; ');
  });
}

function phrases(step: Step, headers: string | undefined, known: Map<number, ShownEventSet>): string[] {
  switch (step.rule) {
    case 'IN': {
      const tag = step.tag === null ? [] : [`tag ${showEvents(step.tag)}`];
      return [[`p${step.packet} enters at ${step.at}`, headersText(step.headers)].filter(Boolean).join(': '), ...tag];
    }
    case 'SW': {
      const n = Number(step.at.split(':')[0]);
      const by = `by g(${showEvents(step.tag)})`;
      const sent = step.outputs.map(({ port, headers: h }) => {
        const shown = headersText(h);
        return `port ${port}${shown === headers ? '' : ` as ${shown}`}`;
      });
      return [
        sent.length === 0
          ? `s${n} drops p${step.packet} ${by}`
          : `s${n} sends p${step.packet} ${by} to ${sent.join(', ')}`,
        ...(step.digestIn.length > 0 ? [`digest ${showEvents(step.digestIn)}`] : []),
        ...(step.detected.length > 0 ? [`detects ${showEvents(step.detected)}`] : []),
        ...learned(n, step.eventSet, known),
      ];
    }
    case 'LINK':
      return [`p${step.packet} crosses ${step.from} -> ${step.to}`];
    case 'OUT':
      return [step.host === null ? `p${step.packet} leaves at ${step.at}` : `${step.host} receives p${step.packet}`];
    case 'CTRLRECV':
      return [
        `the controller hears ${showEvents(step.item)}${step.told === undefined ? '' : ` of step ${step.told + 1}`}`,
      ];
    case 'CTRLSEND':
      return [`the controller informs s${step.switch}`, ...learned(step.switch, step.eventSet, known)];
  }
}

/** What a switch knows, if that has changed. */
function learned(n: number, set: ShownEventSet, known: Map<number, ShownEventSet>): string[] {
  const shown = showEvents(set);
  if (showEvents(known.get(n) ?? []) === shown) return [];
  known.set(n, set);
  return [`s${n} knows ${shown}`];
}
