import { count } from '../count.js';
import { eventName } from '../result/events-in-words.js';
import { brokenPromise } from '../text/story.js';
import { eventChip, packetChip, setChip } from './details.js';
import { lengthOf } from './ends.js';
import { type Content, h, type Markup } from './markup.js';
import type { PageData, ShownExecution } from './page-data.js';
import { replayView } from './replay-view.js';

/** The violated condition in words, with its packet, event and configurations as the drawings show them. */
export function violation(page: PageData, execution: ShownExecution): Markup {
  const { kind, title, explanation, options, steps, rest } = execution;
  const packets = rest?.packets ?? steps.filter(({ rule }) => rule === 'IN').length;
  return h(
    'div',
    { class: `violation ${kind === null ? 'kept' : 'broken'}` },
    h(
      'h3',
      {},
      h('span', { class: 'mark', 'aria-hidden': 'true' }, kind === null ? '✓' : '✕'),
      ' ',
      title,
      kind !== null && [': ', h('b', {}, kind)],
    ),
    h('p', { class: 'explanation' }, explained(page, explanation)),
    kind !== null && h('p', { class: 'promise' }, `Broken: ${brokenPromise[kind]}.`),
    h(
      'p',
      { class: 'size' },
      `${options.semantics}, controller ${options.controller ? 'on' : 'off'}; ${packets} of up to ${options.packets} packets, ${count(lengthOf(execution), 'step')}`,
    ),
    replayView(execution),
  );
}

/** The packets, events and event-sets that an explanation names. */
const named = /(packet \d+|event e\d+ \([^()]*\)|event e\d+|\{(?:e\d+(?:, )?)*\})/;

function explained(page: PageData, explanation: string): Content {
  const text = `${explanation.slice(0, 1).toUpperCase()}${explanation.slice(1)}.`;
  const pieces = text.split(new RegExp(named, 'i'));
  return pieces.map((piece, i) => {
    if (i % 2 === 0) return piece;
    const ids = (piece.match(/\d+/g) ?? []).map(Number);
    if (/^packet/i.test(piece)) return packetChip(ids[0]!);
    if (piece.startsWith('{')) return setChip(page.eventSets, ids);
    const event = page.events.find(({ id }) => id === ids[0]);
    return [eventChip(ids[0]!), event && [' (', h('code', {}, eventName(page.events, event)), ')']];
  });
}
