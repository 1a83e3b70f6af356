import type { Program } from '../language/program.js';
import type { Headers } from '../netkat/fields.js';
import type { Location } from '../netkat/policy.js';
import { compareLocations, showLocation } from '../netkat/topology.js';

/** The ports at which packets can arrive: host ports and far ends of links. */
export function inputPorts({ topology }: Program): Location[] {
  const ports = new Map<string, Location>();
  for (const at of [...topology.hosts.map((host) => host.at), ...topology.links.map((link) => link.to)])
    ports.set(showLocation(at), at);
  return [...ports.values()].sort(compareLocations);
}

/**
 * The name of a child of a hop in a tree: two hops have the same children iff the names of their children are the same.
 */
export const childKey = (kind: 'hop' | 'exit', headers: Headers, at: Location): string =>
  `${kind}|${headers}|${showLocation(at)}`;
