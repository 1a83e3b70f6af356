import type { ShownEventSet } from '../../execution/execution.js';
import type { Result } from '../result/result.js';
import { setChip } from './details.js';
import { filterable } from './filterable.js';
import { type Content, h } from './markup.js';

/** Of longer lists only the beginning is shown: the JSON has all of them. */
const maxRows = 400;

const cutOff = (rows: number, what: string): string | undefined =>
  rows > maxRows ? `The first ${maxRows} of ${rows.toLocaleString('en')} ${what}; the JSON has all.` : undefined;

/** An edge to be listed, its states by their names; `classes` where it is to stand out. */
export interface EdgeRow {
  readonly from: string;
  readonly to: string;
  readonly formula: string;
  readonly at: string;
  readonly classes: string;
}

/** The edges of a transition system that is too large to be drawn; those that are to stand out come first. */
export function edgeTable(id: string, edges: readonly EdgeRow[]): Content {
  const ordered = [...edges.filter(({ classes }) => classes !== ''), ...edges.filter(({ classes }) => classes === '')];
  const rows = ordered
    .slice(0, maxRows)
    .map(({ from, to, formula, at, classes }) =>
      h(
        'tr',
        { class: classes === '' ? undefined : classes },
        h('td', {}, h('code', {}, from)),
        h('td', {}, h('code', {}, formula)),
        h('td', {}, at),
        h('td', {}, h('code', {}, to)),
      ),
    );
  return filterable({
    id,
    name: 'Edges of the transition system',
    placeholder: 'ip_dst=H1, 4:1 …',
    hint: cutOff(edges.length, 'edges'),
    columns: ['from', 'a packet with', 'arrives at', 'to'],
    rows,
  });
}

/** Event-sets that are too many to be drawn, each with the state whose configuration is its own. */
export function setTable(
  { eventSets }: NonNullable<Result['nes']>,
  sets: readonly { readonly set: ShownEventSet; readonly state: string }[],
): Content {
  const rows = sets
    .slice(0, maxRows)
    .map(({ set, state }) => h('tr', {}, h('td', {}, setChip(eventSets, set)), h('td', {}, h('code', {}, state))));
  return filterable({
    id: 'sets',
    name: 'Event-sets',
    placeholder: 'e1 …',
    hint: cutOff(sets.length, 'event-sets'),
    columns: ['event-set', 'g: its state'],
    rows,
  });
}
