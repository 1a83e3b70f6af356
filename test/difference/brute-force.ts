import { satisfies } from '../../src/events/formula.js';
import { edgesFrom } from '../../src/events/transition-system.js';
import type { StateVector } from '../../src/language/program.js';
import { other, type Value } from '../../src/netkat/fields.js';
import { showLocation } from '../../src/netkat/topology.js';
import { grow, type TreeId, type TreeTable, treeTable } from '../../src/netkat/tree.js';
import type { Accepted } from '../../src/verbs/load.js';

/** A packet of two programs: its values by field. Each value that either program names is one, and `other`. */
type Packet = Readonly<Record<string, Value>>;

/**
 * Spec 7 to the letter: over every packet, and every sequence of events up to a length, without anything symbolic.
 * @returns the length of the shortest sequence after which something differs; -1 if it is the network or the packets;
 *   undefined if nothing differs
 */
export function firstDifference(before: Accepted, after: Accepted, length: number): number | undefined {
  const programs = [before, after] as const;
  const all = packetsOf(programs);
  if (networkOf(before) !== networkOf(after)) return -1;
  const own = programs.map((one) => all.map((packet) => ownHeaders(one, packet)));
  if (all.some((_, i) => (own[0]![i] === undefined) !== (own[1]![i] === undefined))) return -1;
  const labels = programs.map(({ system }, side) =>
    system.labels.map(({ formula, at }) => ({
      at: showLocation(at),
      packets: new Set([...all.keys()].filter((i) => own[side]![i] && satisfies(own[side]![i], formula) === true)),
    })),
  );
  type States = readonly StateVector[];
  const leaving = (side: number, states: States) => {
    const found = new Map<string, { label: number; to: StateVector[] }>();
    for (const { label, to } of edgesFrom(programs[side]!.system, states)) {
      const { at, packets } = labels[side]![label]!;
      const key = `${at} ${[...packets]}`;
      const edge = found.get(key) ?? { label, to: [] };
      if (!edge.to.some((state) => String(state) === String(to))) edge.to.push(to);
      found.set(key, edge);
    }
    return found;
  };
  const differ = (states: readonly [States, States]): boolean => {
    for (const [i, packet] of all.entries())
      for (const { name } of before.program.topology.hosts) {
        if (!own[0]![i]) continue;
        const trees = programs.map((one, side) => treeIn(one, states[side]![0]!, name, packet));
        if (trees[0] !== trees[1]) return true;
      }
    const edges = [leaving(0, states[0]), leaving(1, states[1])] as const;
    return (
      [...edges[0].keys()].some((key) => !edges[1].has(key)) || [...edges[1].keys()].some((key) => !edges[0].has(key))
    );
  };
  let layer: (readonly [States, States])[] = [[[before.system.initial], [after.system.initial]]];
  const seen = new Set<string>();
  for (let depth = 0; depth <= length; depth++) {
    const next: (readonly [States, States])[] = [];
    for (const states of layer) {
      const key = JSON.stringify(states);
      if (seen.has(key)) continue;
      seen.add(key);
      if (differ(states)) return depth;
      const [a, b] = [leaving(0, states[0]), leaving(1, states[1])];
      for (const [label, edge] of a) next.push([edge.to, b.get(label)!.to]);
    }
    layer = next;
  }
  return undefined;
}

/** Every packet of two programs, as far as anything can tell them apart. */
export function packetsOf(programs: readonly Accepted[]): Packet[] {
  const domains = new Map<string, Set<Value>>();
  for (const { program } of programs)
    for (const { name, domain } of program.fields)
      domains.set(name, new Set([...(domains.get(name) ?? []), ...domain]));
  let packets: Packet[] = [{}];
  for (const [name, domain] of domains)
    packets = packets.flatMap((packet) => [...domain].map((value) => ({ ...packet, [name]: value })));
  return packets;
}

/** The packet as a program has it; undefined if it has no such packet. */
function ownHeaders({ program }: Accepted, packet: Packet): number[] | undefined {
  const headers = program.fields.map(({ name, domain }) => {
    const index = domain.indexOf(packet[name]!);
    return index < 0 ? domain.indexOf(other) : index;
  });
  return headers.includes(-1) ? undefined : headers;
}

const networkOf = ({ program: { topology } }: Accepted): string =>
  JSON.stringify([
    topology.hosts.map(({ name, at }) => `${name} ${showLocation(at)}`).sort(),
    topology.links.map(({ from, to }) => `${showLocation(from)} ${showLocation(to)}`).sort(),
    topology.switches,
  ]);

const tables = new WeakMap<Accepted, { readonly table: TreeTable; readonly known: Map<string, string> }>();

/** The tree of a packet of a host in a state, as a text. */
export function treeIn(accepted: Accepted, state: StateVector, host: string, packet: Packet): string {
  const { program, system } = accepted;
  const { table, known } = tables.get(accepted) ?? { table: treeTable(), known: new Map<string, string>() };
  tables.set(accepted, { table, known });
  const key = JSON.stringify([state, host, packet]);
  const found = known.get(key);
  if (found !== undefined) return found;
  const { at } = program.topology.hosts.find(({ name }) => name === host)!;
  const grown = grow(table, program.topology, system.configurationOf(state), ownHeaders(accepted, packet)!, at);
  if (grown.kind !== 'tree') throw new Error(`no tree: ${grown.kind}`);
  const show = (id: TreeId): string => {
    const { kind, headers, at: here, next } = table.node(id);
    // What the program does not tell apart is as it was when the packet entered.
    const values = program.fields.map(({ name, domain }, f) => {
      const value = domain[headers[f]!]!;
      return [name, value === other ? packet[name]! : value];
    });
    return `(${kind} ${showLocation(here)} ${JSON.stringify({ ...packet, ...Object.fromEntries(values) })} ${next.map(show).sort().join(' ')})`;
  };
  const text = show(grown.tree);
  known.set(key, text);
  return text;
}
