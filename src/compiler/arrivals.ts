import type { Program, StateVector } from '../language/program.js';
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

/** A place where packets can arrive under a configuration. */
export interface ArrivalPlace {
  readonly at: Location;
  readonly arrivals: readonly PlacePackets[];
}

/**
 * Every packet that can be anywhere under the configuration of one state: all headers at host ports, and what becomes
 * of them hop after hop, to a fixed point. Since a packet keeps its tag, no other packets ever meet this
 * configuration's rules.
 */
export function arrivals(program: Program, hops: PlaceHops, regions: Regions, state: StateVector): ArrivalPlace[] {
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
    regions.within(hops.at(at, hops.positions[position]!, state), packets);

  for (const host of program.topology.hosts) arrive(host.at, 0, regions.everything);
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
