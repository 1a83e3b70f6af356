import { type ObservationAtom, type Psi, partsOfPsi, passes } from '../language/property.js';
import type { Output } from '../netkat/configuration.js';
import type { Headers } from '../netkat/fields.js';
import type { Location } from '../netkat/policy.js';
import { compareLocations, showLocation, type Topology } from '../netkat/topology.js';

/** The observations, by index, that are true of a located packet: ascending. */
export type Marks = readonly number[];

/** What a property sees of packets where they are; a number is a field that is not determined and decides. */
export interface Lookout {
  /** Equal for lookouts that see the same. */
  readonly key: string;
  readonly arrival: (headers: Headers, at: Location) => Marks | number;
  /** At the switch of `at`. */
  readonly dropped: (headers: Headers, at: Location) => Marks | number;
  /** Of an output of a hop at `at`, if it has finished. */
  readonly exit: (output: Output, at: Location) => Marks | number;
}

/** Sees nothing. */
export const blindLookout: Lookout = { key: '', arrival: () => [], dropped: () => [], exit: () => [] };

/** The observations of formulas, each different one once. */
export function observationsOf(formulas: readonly Psi[]): ObservationAtom[] {
  const found = new Map<string, ObservationAtom>();
  const visit = (psi: Psi): void => {
    if (psi.kind === 'observation') found.set(JSON.stringify(psi), psi);
    partsOfPsi(psi).forEach(visit);
  };
  formulas.forEach(visit);
  return [...found.values()];
}

/** Sees which of these observations are true of located packets (spec 6.1). */
export function lookoutFor({ hosts }: Pick<Topology, 'hosts'>, observations: readonly ObservationAtom[]): Lookout {
  const hostPorts = new Set(hosts.map(({ at }) => showLocation(at)));
  const isHostPort = (at: Location): boolean => hostPorts.has(showLocation(at));
  const isThere = (wanted: Location | 'any', at: Location): boolean =>
    wanted === 'any' || compareLocations(wanted, at) === 0;

  const marks = (headers: Headers, isPlace: (sight: ObservationAtom['sight']) => boolean): Marks | number => {
    const found: number[] = [];
    for (const [i, { sight, test }] of observations.entries()) {
      const passed = isPlace(sight) && passes(headers, test);
      if (typeof passed === 'number') return passed;
      if (passed) found.push(i);
    }
    return found;
  };

  return {
    key: JSON.stringify(observations),
    // Packets come to host ports from hosts alone, and from nobody else to any other port.
    arrival: (headers, at) =>
      marks(headers, (sight) => {
        if (sight.what === 'sent') return isHostPort(at) && isThere(sight.at, at);
        return sight.what === 'at' && sight.switch === at.switch && (sight.port === null || sight.port === at.port);
      }),
    dropped: (headers, at) =>
      marks(headers, (sight) => sight.what === 'dropped' && (sight.switch === null || sight.switch === at.switch)),
    exit: ({ headers, port, finished }, { switch: n }) => {
      const at = { switch: n, port };
      if (!finished) return [];
      return marks(headers, (sight) => {
        if (sight.what === 'nobody') return !isHostPort(at);
        return sight.what === 'delivered' && isHostPort(at) && isThere(sight.at, at);
      });
    },
  };
}
