import { greatest } from '../../base/extremes.js';
import type { ShownEventSet } from '../../execution/execution.js';
import type { StateVector } from '../../language/program.js';
import type { Result, ShownEdge } from '../result/result.js';
import { eventChip, setChip } from './details.js';
import { drawn } from './drawing.js';
import type { GraphEdge } from './graph-view.js';
import { short } from './lanes.js';
import { type Content, h, type Markup } from './markup.js';
import { count, eventName, isSameSet, setClass, setLabel } from './names.js';
import { edgeTable, setTable } from './structure-tables.js';

type Ets = NonNullable<Result['ets']>;
type Nes = NonNullable<Result['nes']>;

/** Larger graphs are listed, not drawn: nobody could read the drawing. */
const maxNodes = 40;
const maxEdges = 120;
/** Graphs of more layers than this are drawn from top to bottom. */
const maxAcross = 4;
/** Labels of edges are cut off there. */
const maxLabel = 34;

const stateName = (state: StateVector): string => short(`[${state.join(', ')}]`, maxLabel);

/** Edges of the transition system that are to stand out, each with a class. */
export type Highlights = readonly { readonly edge: ShownEdge; readonly classes: string }[];

const isSameEdge = (a: ShownEdge, b: ShownEdge): boolean =>
  a.formula === b.formula && a.at === b.at && String(a.from) === String(b.from) && String(a.to) === String(b.to);

/** The event-driven transition system (paper §3.1, Def. 6), drawn, or listed; `id` is unlike others of the page. */
export async function transitionSystemView(id: string, ets: Ets, highlights: Highlights = []): Promise<Markup> {
  const { initial, states, edges } = ets;
  const classesOf = (edge: ShownEdge) =>
    highlights.find((highlight) => isSameEdge(highlight.edge, edge))?.classes ?? '';
  const title = `Transition system: ${count(states.length, 'state')}, ${count(edges.length, 'edge')}`;
  const listed = () => figure(title, edgeTable(id, edges, classesOf));
  if (states.length > maxNodes || edges.length > maxEdges) return listed();
  const nodes = states.map((state) => ({
    id: String(state),
    text: stateName(state),
    classes: String(state) === String(initial) ? 'initial' : '',
    ...(String(state) === String(initial) ? { title: 'the initial state' } : {}),
  }));
  const shown = edges.map(
    (edge): GraphEdge => ({
      from: String(edge.from),
      to: String(edge.to),
      text: short(`${edge.formula} at ${edge.at}`, maxLabel),
      title: `${edge.formula} at ${edge.at}`,
      classes: classesOf(edge),
    }),
  );
  const direction = states.length > maxAcross ? 'TB' : 'LR';
  const drawing = await drawn({ id, name: title, nodes, edges: shown, direction });
  return drawing === undefined ? listed() : figure(title, drawing);
}

/** The event-sets as a lattice, each with the state whose configuration is its own (paper §2, Def. 5). */
export async function lattice(nes: Nes, states: readonly StateVector[]): Promise<Markup> {
  const { eventSets, bound } = nes;
  const unrolled = bound === null ? '' : `, loops unrolled to paths of ${bound}`;
  const title = `Event-sets: ${eventSets.length}${unrolled}`;
  const listed = () => figure(title, setTable(nes, states));
  if (eventSets.length > maxNodes) return listed();
  const nodes = eventSets.map((set, i) => ({
    id: String(i),
    text: setLabel(set),
    ...(states[i] ? { note: `g = ${stateName(states[i])}` } : {}),
    classes: setClass(eventSets, set),
  }));
  const edges = eventSets.flatMap((small, i) =>
    eventSets.flatMap((large, j): GraphEdge[] => {
      const added = large.filter((id) => !small.includes(id));
      if (added.length !== 1 || large.length !== small.length + 1) return [];
      return [{ from: String(i), to: String(j), text: `e${added[0]}` }];
    }),
  );
  const layers = greatest(eventSets.map((set) => set.length)) + 1;
  const direction = layers > maxAcross ? 'TB' : 'LR';
  const drawing = await drawn({ id: 'sets', name: title, nodes, edges, direction });
  return drawing === undefined ? listed() : figure(title, drawing);
}

/** Which events enable which, and which exclude each other, drawn; undefined if there is nothing to draw. */
export async function dependencies({ events }: Nes, relations: Result['relations']): Promise<Markup | undefined> {
  if (!relations || events.length < 2 || events.length > maxNodes) return undefined;
  const { causes, conflicts } = relations;
  // Only direct causes are drawn: what a cause itself needs follows from its own edges.
  const direct = (set: ShownEventSet) =>
    set.filter(
      (cause) => !set.some((other) => other !== cause && causes[other]?.every((needed) => needed.includes(cause))),
    );
  const enabling = causes.flatMap((sets, id) =>
    sets.flatMap((set) =>
      direct(set).map(
        (cause): GraphEdge => ({ from: String(cause), to: String(id), classes: sets.length > 1 ? 'either' : '' }),
      ),
    ),
  );
  const excluding = conflicts
    .filter((set) => set.length === 2)
    .map(
      ([a, b]): GraphEdge => ({
        from: String(a),
        to: String(b),
        classes: 'conflict',
        text: 'conflict',
        isSymmetric: true,
      }),
    );
  if (enabling.length + excluding.length === 0) return undefined;
  const distinct = enabling.filter(
    ({ from, to }, i) => enabling.findIndex((other) => other.from === from && other.to === to) === i,
  );
  const nodes = events.map((event) => ({
    id: String(event.id),
    text: `e${event.id}`,
    note: short(eventName(event), maxLabel),
    title: eventName(event),
  }));
  const title = 'Events: what enables what (⊢), and what excludes what';
  const direction = events.length > maxAcross ? 'TB' : 'LR';
  const drawing = await drawn({ id: 'events', name: title, nodes, edges: [...distinct, ...excluding], direction });
  // The table of events says the same.
  return drawing === undefined ? undefined : figure(title, drawing);
}

/** More events than this are counted, not listed. */
const maxListed = 64;

/** The events in a table: where they occur, what enables them, what they exclude. */
export function eventTable({ events, eventSets }: Nes, relations: Result['relations']): Markup {
  const chip = (set: ShownEventSet) => setChip(eventSets, set);
  const sets = (some: readonly ShownEventSet[]): Content => some.map((set, i) => [i > 0 && ' or ', chip(set)]);
  const conflictsOf = (id: number) => relations?.conflicts.filter((set) => set.includes(id)) ?? [];
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Events' },
    h(
      'table',
      {},
      h('caption', {}, events.length > maxListed ? `The first ${maxListed} of ${events.length} events` : 'Events'),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ['event', 'a packet with', 'arrives at', 'time', 'enabled by (⊢)', 'cannot all occur (not con)'].map((name) =>
            h('th', { scope: 'col' }, name),
          ),
        ),
      ),
      h(
        'tbody',
        {},
        events.slice(0, maxListed).map(({ id, formula, at, occurrence }) => {
          const conflicts = conflictsOf(id);
          return h(
            'tr',
            {},
            h('th', { scope: 'row' }, eventChip(id)),
            h('td', {}, h('code', {}, formula)),
            h('td', {}, at),
            h('td', { class: 'n' }, `${occurrence}.`),
            h('td', {}, relations ? sets(relations.causes[id] ?? []) : '–'),
            h('td', {}, conflicts.length > 0 ? sets(conflicts) : '–'),
          );
        }),
      ),
    ),
  );
}

/**
 * A fragment of the lattice that breaks finite completeness: two sets, one above both, and the union that is not there.
 */
export async function missingUnion(
  sets: readonly [ShownEventSet, ShownEventSet],
  union: ShownEventSet,
  upper: ShownEventSet,
): Promise<Markup> {
  const node = (set: ShownEventSet, note: string, classes: string) => ({
    id: String(set),
    text: setLabel(set),
    note,
    classes,
  });
  const nodes = [
    node(sets[0], 'an event-set', 'k2'),
    node(sets[1], 'an event-set', 'k2'),
    node(union, 'missing', 'missing'),
    ...(isSameSet(union, upper) ? [] : [node(upper, 'an event-set', 'k2')]),
  ];
  const edges: GraphEdge[] = [
    ...sets.map((set) => ({ from: String(set), to: String(union), classes: 'missing' })),
    { from: String(union), to: String(upper), classes: 'missing' },
  ];
  const title = 'Two event-sets whose union is none';
  return figure(title, await drawn({ id: 'union', name: title, nodes, edges, direction: 'LR' }));
}

export const figure = (title: Content, ...content: readonly Content[]): Markup =>
  h('figure', { class: 'panel' }, h('figcaption', {}, title), content);
