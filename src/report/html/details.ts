import type { ShownEventSet, Step, SwitchStep } from '../../execution/execution.js';
import type { ShownHeaders } from '../../netkat/fields.js';
import { switchOf } from '../executions/queues.js';
import { kindOf } from '../steps.js';
import { type Content, h, type Markup } from './markup.js';
import { headersName, isSameSet, packetClass, setClass, setLabel } from './names.js';
import { knowledgeAt, type Scene } from './scene.js';

/** A set of events as a coloured label. */
export const setChip = (eventSets: readonly ShownEventSet[], set: ShownEventSet): Markup =>
  h('span', { class: `chip set ${setClass(eventSets, set)}` }, setLabel(set));

/** `g(X)`: the configuration of an event-set. */
export const gOf = (eventSets: readonly ShownEventSet[], set: ShownEventSet): Markup =>
  h('span', { class: 'g' }, 'g(', setChip(eventSets, set), ')');

/** A packet as a coloured label. */
export const packetChip = (packet: number): Markup =>
  h('span', { class: `chip packet ${packetClass(packet)}` }, `packet ${packet}`);

export const eventChip = (id: number, title?: string): Markup => h('span', { class: 'chip event', title }, `★ e${id}`);

type Row = readonly [name: string, value: Content];

/** What there is to know of one step: the rule, headers, what the switch knew, what it did. `step` counts from 1. */
export function details(scene: Scene, step: number): Markup {
  const taken = scene.steps[step - 1];
  if (!taken)
    return h(
      'div',
      { class: 'details' },
      h('p', { class: 'rule' }, 'Before the first step: all queues are empty, and nobody has heard of anything.'),
    );
  const occurring = scene.occurrences.get(step - 1) ?? [];
  const occurs: Row[] = occurring.length > 0 ? [['occurs here', occurring.map((id) => eventChip(id))]] : [];
  return h(
    'div',
    { class: 'details' },
    h('p', { class: 'rule' }, h('b', {}, taken.rule), ` ${kindOf(taken).name}`),
    h(
      'dl',
      {},
      [...rowsOf(scene, taken, step), ...occurs].map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
    ),
  );
}

/** What a step says of itself, and what those knew that it concerns. */
function rowsOf(scene: Scene, taken: Step, step: number): Row[] {
  const chip = (set: ShownEventSet) => setChip(scene.page.eventSets, set);
  const knew = (n: number): Row => [`switch ${n} knew`, chip(knowledgeAt(scene, step - 1, n))];
  switch (taken.rule) {
    case 'IN':
      return [
        ['headers', code(taken.headers)],
        ['tag', taken.tag === null ? 'none' : chip(taken.tag)],
        knew(switchOf(taken.at)),
      ];
    case 'SW':
      return switchRows(scene, taken, step);
    case 'LINK':
      return [['way', `${taken.from} → ${taken.to}`]];
    case 'OUT':
      return [['to', taken.host ?? `port ${taken.at}, where no host is`]];
    case 'CTRLRECV':
      return [
        ['heard', chip(taken.item)],
        ['told in', `step ${taken.told + 1}`],
        ['now knows', chip(scene.timeline.frames[step]!.controller)],
      ];
    case 'CTRLSEND':
      return [knew(taken.switch), ['now knows', chip(taken.eventSet)]];
  }
}

function switchRows(scene: Scene, taken: SwitchStep, step: number): Row[] {
  const chip = (set: ShownEventSet) => setChip(scene.page.eventSets, set);
  const n = switchOf(taken.at);
  const before = knowledgeAt(scene, step - 1, n);
  const copy = scene.timeline.taken.get(step - 1);
  const rows: Row[] = copy ? [['headers', code(copy.headers)]] : [];
  rows.push(
    [`switch ${n} knew`, chip(before)],
    ['went by', [gOf(scene.page.eventSets, taken.tag), stateOf(scene, taken.tag)]],
  );
  if (taken.digestIn.length > 0) rows.push(['digest', chip(taken.digestIn)]);
  if (taken.detected.length > 0) rows.push(['detected', taken.detected.map((id) => eventChip(id))]);
  if (!isSameSet(before, taken.eventSet)) rows.push(['now knows', chip(taken.eventSet)]);
  if (taken.outputs.length === 0) rows.push(['sent', h('strong', {}, 'nothing: the packet is dropped')]);
  for (const { port, headers, digest } of taken.outputs) {
    const changed = copy && headersName(headers) !== headersName(copy.headers) ? [' with ', code(headers)] : [];
    rows.push(['sent', [`out of port ${port}`, changed, digest.length > 0 && [', digest ', chip(digest)]]]);
  }
  return rows;
}

const code = (headers: ShownHeaders): Markup => h('code', {}, headersName(headers));

/** The state of the program that an event-set stands for, if it stands for one. */
function stateOf({ page }: Scene, set: ShownEventSet): string {
  const index = page.eventSets.findIndex((other) => isSameSet(other, set));
  const state = page.states[index];
  return state ? `, state [${state.join(', ')}]` : '';
}
