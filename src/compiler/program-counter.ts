import { greatest } from '../base/extremes.js';
import type { Diagram } from '../netkat/diagram.js';
import type { Location } from '../netkat/policy.js';
import type { ArrivalPlace, PlacePackets } from './arrivals.js';
import { pcField } from './outputs.js';
import type { PlaceHops } from './places.js';
import type { Regions } from './regions.js';

/** What a place does with the packets that can be there: a function of `pc`, headers and state. */
export interface PlaceFunction {
  readonly at: Location;
  readonly diagram: Diagram;
}

/** The values of `pc` that packets carry between switches, and what places do with packets that have them. */
export interface ProgramCounter {
  /** `pcOf[position]` is the `pc` of a position; for packets from hosts it is 0. */
  readonly pcOf: readonly number[];
  /** How many values `pc` has. */
  readonly size: number;
  /** What each place does. */
  readonly functions: readonly PlaceFunction[];
}

/**
 * Gives positions a `pc` (spec 1.4). Two positions may share a value unless, in some state, packets with the same
 * headers can be at one place in both, and must be treated differently there: with other outputs, or outputs with
 * another `pc`. Since this depends on the values given, they are given anew until no two positions are in conflict;
 * conflicts only grow, so that this ends. Most programs need only one value, that is, no `pc` at all.
 */
export function programCounter(hops: PlaceHops, regions: Regions, places: readonly ArrivalPlace[]): ProgramCounter {
  const { store } = hops;
  const conflicts = hops.positions.map(() => new Set<number>());
  for (;;) {
    const pcOf = colour(conflicts);
    const withPc = store.graft((leaf) =>
      store.leaf(leaf?.map((o) => ({ ...o, next: o.next === undefined ? undefined : pcOf[o.next]! }))),
    );
    let isNew = false;
    for (const { arrivals } of places)
      for (const group of byPc(arrivals, pcOf))
        for (const [a, b] of disagreeing(
          group.map(({ hop }) => withPc(hop)),
          regions,
        )) {
          conflicts[group[a]!.position]!.add(group[b]!.position);
          conflicts[group[b]!.position]!.add(group[a]!.position);
          isNew = true;
        }
    if (isNew) continue;

    const functionOf = ({ at, arrivals }: ArrivalPlace): PlaceFunction => {
      // Hops with one `pc` agree.
      const parts = byPc(arrivals, pcOf).map((group) => {
        const hop = regions.mergeAll(group.map(({ hop }) => withPc(hop)));
        return store.choose(pcField, pcOf[group[0]!.position]!, hop, regions.nothing);
      });
      return { at, diagram: regions.mergeAll(parts) };
    };
    return { pcOf, size: greatest(pcOf) + 1, functions: places.map(functionOf) };
  }
}

/** Gives each position the least value that no earlier position in conflict with it has. */
function colour(conflicts: readonly ReadonlySet<number>[]): number[] {
  const colours: number[] = [];
  for (const [position, others] of conflicts.entries()) {
    const taken = new Set([...others].filter((other) => other < position).map((other) => colours[other]!));
    let free = 0;
    while (taken.has(free)) free++;
    colours.push(free);
  }
  return colours;
}

/** The packets of a place, by the `pc` of their positions; no group is empty. */
function byPc(arrivals: readonly PlacePackets[], pcOf: readonly number[]): PlacePackets[][] {
  const groups = new Map<number, PlacePackets[]>();
  for (const one of arrivals) {
    const pc = pcOf[one.position]!;
    const group = groups.get(pc);
    if (group) group.push(one);
    else groups.set(pc, [one]);
  }
  return [...groups.values()];
}

/**
 * The pairs of functions that do not agree, by their indices. In halves: if the functions of each half agree, merging
 * them loses nothing, and one comparison of the two merged ones tells whether all pairs across agree.
 */
export function disagreeing(functions: readonly Diagram[], regions: Regions): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  /** What the functions from one index to before another are together; undefined if they do not agree. */
  const together = (from: number, to: number): Diagram | undefined => {
    if (to - from === 1) return functions[from]!;
    const middle = (from + to) >> 1;
    const [left, right] = [together(from, middle), together(middle, to)];
    if (left !== undefined && right !== undefined && regions.agree(left, right)) return regions.merge(left, right);
    const before = pairs.length;
    for (let a = from; a < middle; a++)
      for (let b = middle; b < to; b++) if (!regions.agree(functions[a]!, functions[b]!)) pairs.push([a, b]);
    if (left === undefined || right === undefined || pairs.length > before) return undefined;
    throw new Error('assertion: functions that agree pairwise do not agree together');
  };
  if (functions.length > 0) together(0, functions.length);
  return pairs;
}
