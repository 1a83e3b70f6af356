import type { Program } from '../language/program.js';
import type { Diagram } from '../netkat/diagram.js';
import type { Location } from '../netkat/policy.js';
import { compareLocations, showLocation } from '../netkat/topology.js';
import { outputKey } from './outputs.js';
import type { PlaceHops } from './places.js';
import type { Regions } from './regions.js';

/**
 * The packets that can be at a place in one position, and what the place does with them, as a function that is defined
 * on these packets only.
 */
export interface PlacePackets {
  /** The number of the position in `Hops.positions`. */
  readonly position: number;
  readonly packets: Diagram;
  readonly hop: Diagram;
}

/** A place where packets can arrive. */
export interface ArrivalPlace {
  readonly at: Location;
  readonly arrivals: readonly PlacePackets[];
}

/**
 * Every packet that can be anywhere, with the states under whose configurations it can: all headers at host ports in
 * every reachable state, and what becomes of them hop after hop, to a fixed point. Since a packet keeps its tag, its
 * state stays what it is, and no other packets ever meet the rules for that state.
 * @param states the region of all vectors that event-sets have
 */
export function arrivals(program: Program, hops: PlaceHops, regions: Regions, states: Diagram): ArrivalPlace[] {
  const places = new Map<string, { at: Location; packets: Map<number, Diagram> }>();
  const work: { at: Location; position: number }[] = [];
  const arrive = (at: Location, position: number, packets: Diagram): void => {
    const key = showLocation(at);
    const place = places.get(key) ?? { at, packets: new Map() };
    places.set(key, place);
    const before = place.packets.get(position) ?? regions.nothing;
    const now = regions.union(before, packets);
    if (now === before) return;
    place.packets.set(position, now);
    work.push({ at, position });
  };
  const hopOf = (at: Location, position: number, packets: Diagram): Diagram =>
    regions.within(hops.at(at, hops.positions[position]!), packets);

  for (const host of program.topology.hosts) arrive(host.at, 0, states);
  for (let item = work.pop(); item; item = work.pop()) {
    const { at, position } = item;
    const hop = hopOf(at, position, places.get(showLocation(at))!.packets.get(position)!);
    const outputs = new Map(hops.store.leaves(hop).flatMap((leaf) => (leaf ?? []).map((o) => [outputKey(o), o])));
    const where = regions.whereOutputs(hop);
    for (const [key, { port, sets, next }] of outputs) {
      const to = next === undefined ? undefined : hops.farEnd({ switch: at.switch, port });
      if (to) arrive(to, next!, regions.image(where.get(key)!, sets));
    }
  }
  return [...places.values()]
    .sort((a, b) => compareLocations(a.at, b.at))
    .map(({ at, packets }) => ({
      at,
      arrivals: [...packets]
        .sort(([a], [b]) => a - b)
        .map(([position, region]) => ({ position, packets: region, hop: hopOf(at, position, region) })),
    }));
}
