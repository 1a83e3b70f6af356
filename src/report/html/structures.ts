import { greatest } from '../../base/extremes.js';
import type { ShownEventSet } from '../../execution/execution.js';
import { count } from '../count.js';
import { blockName, eventName, partName } from '../result/events-in-words.js';
import type { Result, ShownBlock, ShownEdge, ShownEvent } from '../result/result.js';
import { type Automaton, automataOf, isSameEdge, wholeName } from './automata.js';
import { eventChip, setChip } from './details.js';
import { drawn } from './drawing.js';
import type { GraphEdge } from './graph-view.js';
import { short } from './lanes.js';
import { type Content, h, type Markup } from './markup.js';
import { isSameSet, setClass, setLabel } from './names.js';
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

/** Edges of the transition system that are to stand out, each with a class. */
export type Highlights = readonly { readonly edge: ShownEdge; readonly classes: string }[];

/**
 * The event-driven transition system (paper §3.1, Def. 6), each block by itself, drawn, or listed; `id` is unlike
 * others of the page. @param blocks the blocks of the state, where they are known
 */
export async function transitionSystemView(
  id: string,
  ets: Ets,
  blocks: readonly ShownBlock[] = [],
  highlights: Highlights = [],
): Promise<Markup> {
  const automata = automataOf(ets, blocks);
  const edges = automata.flatMap((automaton) => automaton.edges.map((edge) => ({ automaton, edge })));
  const classesOf = ({ automaton, edge }: (typeof edges)[number]) =>
    highlights.find((highlight) => isSameEdge(automaton, highlight.edge, edge))?.classes ?? '';
  const states = automata.reduce((sum, automaton) => sum + automaton.states.length, 0);
  const title = systemTitle(ets, automata, states, edges.length);
  const listed = () => {
    const shown = edges.map((one) => ({
      ...one.edge,
      from: partName(one.automaton, one.edge.from),
      to: partName(one.automaton, one.edge.to),
      classes: classesOf(one),
    }));
    return figure(title, edgeTable(id, shown));
  };
  if (states > maxNodes || edges.length > maxEdges) return listed();
  const direction = automata.some(({ states }) => states.length > maxAcross) ? 'TB' : 'LR';
  // From left to right, Graphviz puts what comes first at the bottom.
  const drawnFirst = direction === 'LR' ? automata.toReversed() : automata;
  const nodes = drawnFirst.flatMap((automaton) =>
    automaton.states.map((state, i) => ({
      id: `${automata.indexOf(automaton)}|${state}`,
      text: short(partName(automaton, state), maxLabel),
      ...(i === 0 ? { classes: 'initial', title: 'the initial state' } : {}),
    })),
  );
  const shown = edges.map((one): GraphEdge => {
    const { automaton, edge } = one;
    const block = automata.indexOf(automaton);
    const name = `${edge.formula} at ${edge.at}`;
    return {
      from: `${block}|${edge.from}`,
      to: `${block}|${edge.to}`,
      text: short(name, maxLabel),
      title: name,
      classes: classesOf(one),
    };
  });
  const drawing = await drawn({ id, name: title, nodes, edges: shown, direction });
  return drawing === undefined ? listed() : figure(title, drawing);
}

function systemTitle({ complete }: Ets, automata: readonly Automaton[], states: number, edges: number): string {
  const size = `${count(states, 'state')}, ${count(edges, 'edge')}`;
  if (automata.length === 1)
    return `Transition system: ${complete === false && automata[0]!.isWhole ? 'the first ' : ''}${size}`;
  const together = automata.reduce((product, automaton) => product * automaton.states.length, 1);
  return `Transition systems of ${automata.length} blocks: ${size} (${count(together, 'state')} together)`;
}

/**
 * The event-sets of each block as a lattice, each with the state whose configuration is its own (paper §2, Def. 5). Of
 * a clock there is none: its transition system says what comes after what.
 */
export async function lattice(nes: Nes): Promise<Content> {
  const { blocks, bound } = nes;
  const happening = blocks.filter(({ edges }) => edges.length > 0);
  const clocks = happening.filter(({ clock }) => clock !== null);
  const shown = happening.length === 0 ? blocks.slice(0, 1) : happening.filter(({ clock }) => clock === null);
  const isOne = happening.length < 2;
  const sets = shown.flatMap((block) => block.eventSets.map((set, i) => ({ block, set, g: block.g[i]! })));
  const unrolled = bound === null || shown.every(({ complete }) => complete !== false);
  const title = [
    `Event-sets: ${sets.length.toLocaleString('en')}`,
    ...(isOne ? [] : [` in ${count(shown.length, 'block')}`]),
    ...(unrolled ? [] : [`, loops unrolled to paths of ${bound}`]),
  ].join('');
  const about = clocks.length === 0 ? undefined : clockNote(clocks);
  if (shown.length === 0) return about;
  const stateOf = (one: (typeof sets)[number]) => partName(isOne ? wholeName : one.block, one.g);
  const listed = () => [
    figure(
      title,
      setTable(
        nes,
        sets.map((one) => ({ set: one.set, state: stateOf(one) })),
      ),
    ),
    about,
  ];
  if (sets.length > maxNodes) return listed();
  const nodes = sets.map((one, i) => ({
    id: String(i),
    text: setLabel(one.set),
    note: `g = ${short(stateOf(one), maxLabel)}`,
    classes: setClass(nes.eventSets, one.set),
  }));
  const edges = sets.flatMap((small, i) =>
    sets.flatMap((large, j): GraphEdge[] => {
      const added = large.set.filter((id) => !small.set.includes(id));
      if (small.block !== large.block || added.length !== 1 || large.set.length !== small.set.length + 1) return [];
      return [{ from: String(i), to: String(j), text: `e${added[0]}` }];
    }),
  );
  const layers = greatest(sets.map(({ set }) => set.length)) + 1;
  const direction = layers > maxAcross ? 'TB' : 'LR';
  const ordered = direction === 'LR' && !isOne ? nodes.toReversed() : nodes;
  const drawing = await drawn({ id: 'sets', name: title, nodes: ordered, edges, direction });
  return drawing === undefined ? listed() : [figure(title, drawing), about];
}

/** What a clock is, for those who look for its event-sets. */
const clockNote = (clocks: readonly ShownBlock[]): Markup =>
  figure(
    'Events that are told apart by their order',
    h(
      'ul',
      { class: 'ways' },
      clocks.map((clock) =>
        h(
          'li',
          {},
          h('b', {}, `A clock at switch ${clock.clock}`),
          `, of ${blockName(clock)}: what has happened is the sequence of its events there, along any way through its transition system; `,
          `${count(clock.events.length, 'event')} of it ${clock.events.length === 1 ? 'is' : 'are'} listed`,
          clock.complete === false ? ', as many as packets can make it go.' : '.',
        ),
      ),
    ),
  );

/** Which events enable which, and which exclude each other, drawn; undefined if there is nothing to draw. */
export async function dependencies({ events }: Nes, relations: Result['relations']): Promise<Markup | undefined> {
  // Of a clock, an event is enabled by what comes before it, and excludes whatever else could have come.
  const shown = events.filter(({ clock }) => clock === undefined);
  if (!relations || shown.length < 2 || shown.length > maxNodes) return undefined;
  const causes = relations.causes.map((sets, id) => (events[id]?.clock === undefined ? sets : []));
  const conflicts = relations.conflicts.filter((set) => set.every((id) => events[id]?.clock === undefined));
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
  const nodes = shown.map((event) => ({
    id: String(event.id),
    text: `e${event.id}`,
    note: short(eventName(events, event), maxLabel),
    title: eventName(events, event),
  }));
  const title = 'Events: what enables what (⊢), and what excludes what';
  const direction = shown.length > maxAcross ? 'TB' : 'LR';
  const drawing = await drawn({ id: 'events', name: title, nodes, edges: [...distinct, ...excluding], direction });
  // The table of events says the same.
  return drawing === undefined ? undefined : figure(title, drawing);
}

/** More events than this are counted, not listed. */
const maxListed = 64;

/** Which time it is that an event's label comes, or what its history is. */
const timeOf = ({ occurrence, time, after }: ShownEvent): string =>
  time === undefined
    ? `${occurrence}.`
    : after === null || after === undefined
      ? `${time}: first`
      : `${time}: after e${after}`;

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
        events.slice(0, maxListed).map((event) => {
          const { id, formula, at } = event;
          const conflicts = conflictsOf(id);
          return h(
            'tr',
            {},
            h('th', { scope: 'row' }, eventChip(id)),
            h('td', {}, h('code', {}, formula)),
            h('td', {}, at),
            h('td', { class: 'n' }, timeOf(event)),
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
