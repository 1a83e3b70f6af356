import { reachableValues } from '../../events/partial-states.js';
import { statefulConfiguration } from '../../events/stateful-configuration.js';
import { entry, type Position } from '../../netkat/configuration.js';
import { type Headers, undetermined } from '../../netkat/fields.js';
import { splitPackets } from '../../netkat/ingress.js';
import type { Location } from '../../netkat/policy.js';
import { showLocation } from '../../netkat/topology.js';
import type { TableHops } from '../../packets/table-hop.js';
import { allOf, anyOf, type Term } from '../solver/term.js';
import type { Alphabet, HeaderTerms } from './alphabet.js';
import type { Compared } from './compared.js';
import type { ComparedBlock } from './tag-terms.js';

/** The packets that can be somewhere, at one position and with one `pc`. */
export interface Region {
  readonly at: Location;
  readonly position: Position;
  readonly pc: number;
  /** A packet is in the region if it agrees with one of these in all that is determined. */
  readonly cells: readonly RegionCell[];
}

/** Packets: their headers, and for each block the event-set, by index, with whose field they are tagged. */
export interface RegionCell {
  readonly headers: Headers;
  readonly sets: readonly number[];
}

/**
 * Where packets can be, as far as following them shows: they are split like headers by the blocks that they meet.
 * Nothing rests on this being right: obligations of their own say that all packets of hosts are in these regions, and
 * all that is sent on from one, in another (`goals.ts`). @throws LimitReached
 */
export function regionsOf(
  { program, system, limits }: Compared,
  blocks: readonly ComparedBlock[],
  tables: TableHops,
): Region[] {
  const values = reachableValues(system);
  const configurationAt = statefulConfiguration(program, values);
  const count = program.fields.length;
  const blockOf = new Map(blocks.flatMap(({ block }, b) => block.indices.map((index) => [index, b] as const)));
  const fields = [...program.fields, ...blocks.map(({ eventSets }) => ({ domain: [...eventSets.keys()] }))];
  const regions = new Map<string, Omit<Region, 'cells'> & { readonly cells: Map<string, Headers> }>();
  const keep = ({ headers, at, position, pc }: Node, sets: readonly number[]): void => {
    const key = `${showLocation(at)}|${position}|${pc}`;
    const region = regions.get(key) ?? { at, position, pc, cells: new Map<string, Headers>() };
    regions.set(key, region);
    const cell = [...headers, ...sets];
    region.cells.set(String(cell), cell);
  };

  for (const host of program.topology.hosts)
    splitPackets(fields, limits, (all) => {
      const sets = all.slice(count);
      const state = values.map((own, component) => {
        const b = blockOf.get(component);
        const set = b === undefined ? undefined : sets[b];
        if (b === undefined || set === undetermined) return own.length === 1 ? 0 : undetermined;
        return own.indexOf(blocks[b]!.vectorOf[set!]![blocks[b]!.block.indices.indexOf(component)]!);
      });
      const tag = blocks.map(({ tags }, b) => (sets[b] === undetermined ? undefined : tags[sets[b]!]!));
      const configuration = configurationAt(state);
      const found = follow(all.slice(0, count), host.at, ({ headers, at, position, pc }) => {
        const hop = configuration.hop(headers, at, position);
        if (hop.kind === 'needs') return hop.field < count ? hop.field : count + blockOf.get(hop.field - count)!;
        const beside = tables.hop(headers, at, pc, tag, hop.outputs);
        if (beside.kind === 'needs') return beside.field;
        return hop.outputs.flatMap((output, o) =>
          output.to
            ? [{ headers: output.headers, at: output.to, position: output.position, pc: beside.pcs[o] ?? 0 }]
            : [],
        );
      });
      if (typeof found === 'number') return found;
      for (const node of found) keep(node, sets);
      return undefined;
    });
  return [...regions.values()].map(({ cells, ...region }) => ({
    ...region,
    cells: merged([...cells.values()], fields).map((cell) => ({
      headers: cell.slice(0, count),
      sets: cell.slice(count),
    })),
  }));
}

interface Node extends Omit<Region, 'cells'> {
  readonly headers: Headers;
}

/** All that a packet comes to, or the field that decides about it and is not determined. */
function follow(headers: Headers, at: Location, next: (node: Node) => readonly Node[] | number): Node[] | number {
  const nodes: Node[] = [{ headers, at, position: entry, pc: 0 }];
  const seen = new Set<string>();
  for (const node of nodes) {
    const following = next(node);
    if (typeof following === 'number') return following;
    for (const one of following) {
      const key = `${one.headers}|${showLocation(one.at)}|${one.position}|${one.pc}`;
      if (!seen.has(key)) nodes.push(one);
      seen.add(key);
    }
  }
  return nodes;
}

/** The same packets by fewer cells: those that together have all values of a field become one where it is open. */
function merged(all: readonly Headers[], fields: readonly { readonly domain: readonly unknown[] }[]): Headers[] {
  let cells = [...all];
  for (const [f, { domain }] of fields.entries()) {
    const groups = new Map<string, { readonly blank: Headers; readonly members: Headers[] }>();
    for (const one of cells) {
      const blank = one.with(f, undetermined);
      const group = groups.get(String(blank)) ?? { blank, members: [] };
      groups.set(String(blank), group);
      group.members.push(one);
    }
    cells = [...groups.values()].flatMap(({ blank, members }) => {
      const isAll = members.some((one) => one[f] === undetermined) || members.length === domain.length;
      return isAll ? [blank] : members;
    });
  }
  return cells;
}

/** That headers, of values in their domains, are those of a cell. */
const agreesWith = (
  { headers: wanted }: RegionCell,
  headers: HeaderTerms,
  fields: Compared['program']['fields'],
  alphabet: Pick<Alphabet, 'is'>,
): Term =>
  allOf(
    fields.flatMap(({ name, domain }, f) =>
      wanted[f] === undetermined ? [] : [alphabet.is(name, headers.get(name)!, domain[wanted[f]!]!)],
    ),
  );

/** That a packet is in a region: its headers, and its tag by `isTagged`. */
export const isInRegion = (
  { cells }: Region,
  headers: HeaderTerms,
  isTagged: (sets: readonly number[]) => Term,
  { fields }: Compared['program'],
  alphabet: Pick<Alphabet, 'is'>,
): Term => anyOf(cells.map((cell) => allOf([agreesWith(cell, headers, fields, alphabet), isTagged(cell.sets)])));
