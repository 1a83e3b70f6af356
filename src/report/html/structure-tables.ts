import type { StateVector } from '../../language/program.js';
import type { Result, ShownEdge } from '../result/result.js';
import { setChip } from './details.js';
import { filterable } from './filterable.js';
import { type Content, h, type Markup } from './markup.js';

/** Of longer lists only the beginning is shown: the JSON has all of them. */
const maxRows = 400;

const cutOff = (rows: number, what: string): string | undefined =>
  rows > maxRows ? `The first ${maxRows} of ${rows.toLocaleString('en')} ${what}; the JSON has all.` : undefined;

const stateCode = (state: StateVector): Markup => h('code', {}, `[${state.join(', ')}]`);

/**
 * The edges of a transition system that is too large to be drawn; those that are to stand out come first, by their
 * classes.
 */
export function edgeTable(id: string, edges: readonly ShownEdge[], classesOf: (edge: ShownEdge) => string): Content {
  const marked = edges.map((edge) => ({ edge, classes: classesOf(edge) }));
  const ordered = [
    ...marked.filter(({ classes }) => classes !== ''),
    ...marked.filter(({ classes }) => classes === ''),
  ];
  const rows = ordered
    .slice(0, maxRows)
    .map(({ edge: { from, to, formula, at }, classes }) =>
      h(
        'tr',
        { class: classes === '' ? undefined : classes },
        h('td', {}, stateCode(from)),
        h('td', {}, h('code', {}, formula)),
        h('td', {}, at),
        h('td', {}, stateCode(to)),
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

/** The event-sets of a structure that is too large to be drawn, each with the state whose configuration is its own. */
export function setTable({ eventSets }: NonNullable<Result['nes']>, states: readonly StateVector[]): Content {
  const rows = eventSets
    .slice(0, maxRows)
    .map((set, i) =>
      h('tr', {}, h('td', {}, setChip(eventSets, set)), h('td', {}, states[i] ? stateCode(states[i]) : '–')),
    );
  return filterable({
    id: 'sets',
    name: 'Event-sets',
    placeholder: 'e1 …',
    hint: cutOff(eventSets.length, 'event-sets'),
    columns: ['event-set', 'g: its state'],
    rows,
  });
}
