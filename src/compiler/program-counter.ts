import { greatest } from '../base/extremes.js';
import type { Diagram } from '../netkat/diagram.js';
import type { Location } from '../netkat/policy.js';
import type { ArrivalPlace, PlacePackets } from './arrivals.js';
import { pcField } from './outputs.js';
import type { PlaceHops } from './places.js';
import type { Regions } from './regions.js';

/** What a place does with the packets that can be there under one configuration: a function of `pc` and headers. */
export interface PlaceFunction {
  readonly at: Location;
  readonly diagram: Diagram;
  /** The headers that can arrive, whatever the `pc`. */
  readonly packets: Diagram;
}

/** The values of `pc` that packets carry between switches, and what places do with packets that have them. */
export interface ProgramCounter {
  /** `pcOf[position]` is the `pc` of a position; for packets from hosts it is 0. */
  readonly pcOf: readonly number[];
  /** How many values `pc` has. */
  readonly size: number;
  /** For each configuration, what its places do. */
  readonly functions: readonly (readonly PlaceFunction[])[];
}

/**
 * Gives positions a `pc` (spec 1.4). Two positions may share a value unless, under some configuration, packets with the
 * same headers can be at one place in both, and must be treated differently there: with other outputs, or outputs with
 * another `pc`. Since this depends on the values given, they are given anew until no two positions are in conflict;
 * conflicts only grow, so that this ends. Most programs need only one value, that is, no `pc` at all.
 */
export function programCounter(
  hops: PlaceHops,
  regions: Regions,
  configurations: readonly (readonly ArrivalPlace[])[],
): ProgramCounter {
  const { store } = hops;
  const conflicts = hops.positions.map(() => new Set<number>());
  for (;;) {
    const pcOf = colour(conflicts);
    const withPc = store.graft((leaf) =>
      store.leaf(leaf?.map((o) => ({ ...o, next: o.next === undefined ? undefined : pcOf[o.next]! }))),
    );
    let isNew = false;
    for (const places of configurations)
      for (const { arrivals } of places)
        for (const [a, b] of pairs(arrivals)) {
          if (pcOf[a.position] !== pcOf[b.position] || regions.agree(withPc(a.hop), withPc(b.hop))) continue;
          conflicts[a.position]!.add(b.position);
          conflicts[b.position]!.add(a.position);
          isNew = true;
        }
    if (isNew) continue;

    const functionOf = ({ at, arrivals }: ArrivalPlace): PlaceFunction => {
      const parts = arrivals.map(({ position, hop }) =>
        store.choose(pcField, pcOf[position]!, withPc(hop), regions.nothing),
      );
      return {
        at,
        diagram: parts.reduce(regions.merge),
        packets: arrivals.map(({ packets }) => packets).reduce(regions.union),
      };
    };
    return {
      pcOf,
      size: greatest(pcOf) + 1,
      functions: configurations.map((places) => places.map(functionOf)),
    };
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

const pairs = (items: readonly PlacePackets[]): (readonly [PlacePackets, PlacePackets])[] =>
  items.flatMap((a, i) => items.slice(0, i).map((b) => [a, b] as const));
