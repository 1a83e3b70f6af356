import type { Location } from './policy.js';

/** A host and the switch port it is attached to (spec 1.2). */
export interface Host {
  readonly name: string;
  readonly at: Location;
}

/** A one-way link between two internal ports. */
export interface Link {
  readonly from: Location;
  readonly to: Location;
}

/** Hosts, links and switches. A port has at most one host, or at most one link out and one link in (spec 1.1, 1.2). */
export interface Topology {
  readonly hosts: readonly Host[];
  readonly links: readonly Link[];
  /** Every switch number that a host or a link names, ascending. */
  readonly switches: readonly number[];
}

/** `switch:port`, as programs and the JSON write it. */
export const showLocation = (at: Location): string => `${at.switch}:${at.port}`;

/** Orders locations by switch, then port. */
export const compareLocations = (a: Location, b: Location): number => a.switch - b.switch || a.port - b.port;

/** The host attached to a location, if it is a host port. */
export function hostAt(topology: Topology, at: Location): Host | undefined {
  return topology.hosts.find((host) => host.at.switch === at.switch && host.at.port === at.port);
}
