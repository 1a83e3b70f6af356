import type { Limits } from '../base/limits.js';
import { type ComponentValues, type PartialState, reachableValues } from '../events/partial-states.js';
import { statefulConfiguration } from '../events/stateful-configuration.js';
import type { TransitionSystem } from '../events/transition-system.js';
import type { Program } from '../language/program.js';
import type { Configuration } from '../netkat/configuration.js';
import { type Answer, decidePackets, impliedFirst, type Split } from '../netkat/decide-packets.js';
import { type Headers, other, undetermined } from '../netkat/fields.js';
import type { OnAsked } from '../netkat/ingress.js';
import type { Location } from '../netkat/policy.js';
import { type Grown, grow, type TreeId, type TreeTable } from '../netkat/tree.js';
import type { JointField, Which } from './joint-fields.js';
import { type Pair, partIn, type StatePart } from './pairs.js';

/** A packet of a host whose trees differ, in some of the pairs that two programs can be in. */
export interface TreeDifference {
  readonly host: string;
  /** As an index of a value for each joint field; `undetermined` for fields that do not matter. */
  readonly headers: Headers;
  readonly trees: Readonly<Record<Which, TreeId>>;
  /** For each part of the state the pairs in which it is so, nearest first. */
  readonly pairs: readonly (readonly Pair[])[];
}

/** A program over the joint fields, with its transition system. */
export interface Rebased {
  readonly program: Program;
  readonly system: TransitionSystem;
}

/** A rebased program, and where its components stand among what a packet is split by. */
interface Splitter {
  readonly program: Program;
  readonly values: ComponentValues;
  readonly configurationAt: (state: PartialState) => Configuration;
  /** The place of component 0. */
  readonly first: number;
}

/**
 * Compares the configurations of two programs in every pair of states (spec 7): by host, for all packets that both
 * programs have. The states are split like packets, so that parts that a packet never meets do not multiply.
 * @throws LimitReached
 */
export function compareConfigurations(
  fields: readonly JointField[],
  programs: Readonly<Record<Which, Rebased>>,
  parts: readonly StatePart[],
  table: TreeTable,
  limits: Limits,
): TreeDifference[] {
  const old = splitter(programs.old, fields.length);
  const now = splitter(programs.new, old.first + old.values.length);
  const entering = fields.map(packetsOfBoth);
  const reachable = reachablePairs(parts, { old, new: now });
  const split: Split = {
    count: now.first + now.values.length,
    valuesOf: (field, known) => entering[field] ?? reachable.valuesOf(field, known),
    isWhole: (field) => field >= fields.length,
  };
  const differences: TreeDifference[] = [];
  for (const host of programs.old.program.topology.hosts) {
    const same = programs.new.program.topology.hosts.find(({ name }) => name === host.name);
    if (!same) continue;
    const ask = (all: Headers, asked: OnAsked): Answer<undefined> => {
      const first = treeOf(table, old, all, host.at, asked);
      if (first.kind === 'needs') return first;
      const second = treeOf(table, now, all, same.at, asked);
      if (second.kind === 'needs') return second;
      if (first.tree !== second.tree)
        differences.push({
          host: host.name,
          headers: all.slice(0, fields.length),
          trees: { old: first.tree, new: second.tree },
          pairs: reachable.pairs(all),
        });
      return { result: undefined };
    };
    decidePackets(split, limits, ask, () => undefined);
  }
  return differences;
}

/** The values of a field with which packets of both programs can enter. */
export function packetsOfBoth({ domain, old, new: now }: JointField): number[] {
  const last = domain.indexOf(other);
  return impliedFirst(domain.length, last < 0 ? domain.length - 1 : last).filter(
    (value) => old.values[value] !== undefined && now.values[value] !== undefined,
  );
}

function splitter({ program, system }: Rebased, first: number): Splitter {
  const values = reachableValues(system);
  return { program, values, configurationAt: statefulConfiguration(program, values), first };
}

type Tree = { readonly kind: 'tree'; readonly tree: TreeId } | { readonly kind: 'needs'; readonly field: number };

/** The tree of a packet of one program. What is needed is a header field, or one of the program's own components. */
function treeOf(
  table: TreeTable,
  { program, values, configurationAt, first }: Splitter,
  all: Headers,
  at: Location,
  asked: OnAsked,
): Tree {
  const count = program.fields.length;
  const place = (field: number): number => (field < count ? field : first + field - count);
  const { hop } = configurationAt(all.slice(first, first + values.length));
  const overheard: Configuration = {
    hop: (headers, here, position) => hop(headers, here, position, (field, value) => asked(place(field), value)),
  };
  const grown: Grown = grow(table, program.topology, overheard, all.slice(0, count), at);
  if (grown.kind === 'needs') return { kind: 'needs', field: place(grown.field) };
  if (grown.kind === 'fault') throw new Error('assertion: an accepted program has a tree for each of its packets');
  return { kind: 'tree', tree: grown.tree };
}

/** What both programs can be in together: pairs of each part, by the components of both. */
function reachablePairs(parts: readonly StatePart[], sides: Readonly<Record<Which, Splitter>>) {
  const tables = parts.map((part) => {
    const components = (['old', 'new'] as const).flatMap((which) =>
      part.blocks[which].flatMap(({ indices }, block) => indices.map((index, i) => ({ which, block, index, i }))),
    );
    const places = components.map(({ which, index }) => sides[which].first + index);
    const rows = part.pairs.map((pair) =>
      components.map(({ which, block, index, i }) =>
        sides[which].values[index]!.indexOf(partIn(part, pair, which, block)[i]!),
      ),
    );
    return { part, places, rows };
  });
  const tableOf = new Map(tables.flatMap((table) => table.places.map((place, i) => [place, { table, i }] as const)));
  const fits = (places: readonly number[], row: readonly number[], known: Headers): boolean =>
    places.every((place, i) => known[place] === undetermined || known[place] === row[i]);
  return {
    /** The values that a component has in pairs that agree with what is known of the others. */
    valuesOf: (place: number, known: Headers): number[] => {
      const { table, i } = tableOf.get(place)!;
      return [...new Set(table.rows.filter((row) => fits(table.places, row, known)).map((row) => row[i]!))];
    },
    /** The pairs of each part that agree with what is known. */
    pairs: (known: Headers): Pair[][] =>
      tables.map(({ part, places, rows }) => part.pairs.filter((_, i) => fits(places, rows[i]!, known))),
  };
}
