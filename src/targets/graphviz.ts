import { showEvents } from '../base/event-set-notation.js';
import { countStates, edgesFrom, type TransitionSystem } from '../events/transition-system.js';
import { showLocation } from '../netkat/topology.js';
import type { Tables } from '../tables/tables.js';
import { countSets, eventSetsOf } from '../tables/tags.js';
import type { GeneratedFile } from './generated-file.js';

/** A text, quoted as in DOT. */
const quote = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const file = (path: string, name: string, lines: readonly string[]): GeneratedFile => ({
  path,
  text: `digraph ${quote(name)} {\n${lines.map((line) => `  ${line};\n`).join('')}}\n`,
});

/** Graphviz's pictures of a compiled program: its topology, its transition system, its event structure. */
export const graphviz = (tables: Tables, system: TransitionSystem): GeneratedFile[] => [
  topology(tables),
  transitions(system),
  eventStructure(tables),
];

/**
 * Switches are boxes and hosts are ellipses. Ports are written at the ends of links, and a link with its link back is
 * one line.
 */
function topology({ switches, hosts, links }: Tables): GeneratedFile {
  const [switchOf, portOf] = [0, 1].map((part) => (at: string) => at.split(':')[part]!);
  const there = new Set(links.map(({ from, to }) => `${from} ${to}`));
  const line = (from: string, to: string): string[] => {
    const bothWays = there.has(`${to} ${from}`);
    if (bothWays && links.findIndex((l) => l.from === from) > links.findIndex((l) => l.from === to)) return [];
    const ends = `taillabel=${quote(portOf!(from))}, headlabel=${quote(portOf!(to))}`;
    return [`s${switchOf!(from)} -> s${switchOf!(to)} [${bothWays ? 'dir=none, ' : ''}${ends}]`];
  };
  return file('topology.dot', 'topology', [
    ...switches.map(({ id }) => `s${id} [shape=box, label=${quote(String(id))}]`),
    ...hosts.map(({ name, ip }) => `${quote(`host ${name}`)} [label=${quote(`${name}\n${ip}`)}]`),
    ...hosts.map(({ name, at }) => {
      return `${quote(`host ${name}`)} -> s${switchOf!(at)} [dir=none, headlabel=${quote(portOf!(at))}]`;
    }),
    ...links.flatMap(({ from, to }) => line(from, to)),
  ]);
}

/**
 * The states, of which the initial one has a double line, and the edges with their labels (paper §3.3). Where the
 * product is large each block is drawn by itself: the system is their product (spec 2.4).
 */
function transitions(system: TransitionSystem): GeneratedFile {
  const parts =
    countStates(system) <= maxDrawn
      ? [{ prefix: 'q', indices: undefined, states: system.states, edges: edgesFrom(system, system.states) }]
      : system.blocks
          .filter(({ states }) => states.length > 1)
          .map(({ indices, states, edges }, b) => ({
            prefix: `q${b}_`,
            indices,
            states,
            edges: edges.map((edge) => ({ ...edge, from: states[edge.from]!, to: states[edge.to]! })),
          }));
  const lines = parts.flatMap(({ prefix, indices, states, edges }) => {
    const numbers = new Map(states.map((state, i) => [String(state), i]));
    const name = (state: TransitionSystem['initial']): string =>
      indices === undefined ? `[${state}]` : indices.map((index, i) => `state(${index})=${state[i]}`).join('\n');
    return [
      ...states.map((state, i) => `${prefix}${i} [label=${quote(name(state))}${i === 0 ? ', peripheries=2' : ''}]`),
      ...edges.map(({ from, to, label }) => {
        const { text, at } = system.labels[label]!;
        const ends = `${prefix}${numbers.get(String(from))} -> ${prefix}${numbers.get(String(to))}`;
        return `${ends} [label=${quote(`${text}\n${showLocation(at)}`)}]`;
      }),
    ];
  });
  return file('transition-system.dot', 'transition system', lines);
}

/** More event-sets, or states, than this are in no picture together. */
const maxDrawn = 200;

/**
 * The event-sets, from the empty one upwards, each with an edge to every minimal event-set that is larger (paper §2).
 */
function eventStructure({ events, blocks }: Tables): GeneratedFile {
  const named = (e: number) => events.find(({ id }) => id === e)!;
  // Where the product is large each block is drawn by itself: the structure is their product (spec 2.4).
  const parts =
    countSets(blocks) <= maxDrawn ? [eventSetsOf(blocks)] : blocks.map((one) => one.eventSets.map((set) => set.events));
  const lines = parts.flatMap((sets, b) => latticeOf(sets, parts.length > 1 ? `x${b}_` : 'x', named));
  return file('event-structure.dot', 'event structure', ['rankdir=BT', ...lines]);
}

function latticeOf(
  eventSets: readonly (readonly number[])[],
  prefix: string,
  named: (event: number) => Tables['events'][number],
): string[] {
  const sets = eventSets.map((events) => new Set(events));
  const within = (a: ReadonlySet<number>, b: ReadonlySet<number>) => a.size < b.size && [...a].every((e) => b.has(e));
  const covers = sets.flatMap((low, i) =>
    sets.flatMap((high, j) => {
      if (!within(low, high) || sets.some((mid) => within(low, mid) && within(mid, high))) return [];
      const added = [...high].filter((e) => !low.has(e));
      const label = added.map((e) => `e${e}: ${named(e).formula}\n${named(e).at}`).join('\n');
      return [`${prefix}${i} -> ${prefix}${j} [label=${quote(label)}]`];
    }),
  );
  return [...sets.map((set, i) => `${prefix}${i} [shape=plaintext, label=${quote(showEvents(set))}]`), ...covers];
}
