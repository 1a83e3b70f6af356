import type { Limits } from '../base/limits.js';
import { satisfies } from '../events/formula.js';
import { entry, type Position } from '../netkat/configuration.js';
import { type Headers, undetermined } from '../netkat/fields.js';
import { splitPackets } from '../netkat/ingress.js';
import type { Location } from '../netkat/policy.js';
import { showLocation } from '../netkat/topology.js';
import type { Setting } from './state.js';

/** A packet that a host may send: one for each class of packets that nothing in the network tells apart. */
export interface Entry {
  readonly at: Location;
  readonly headers: Headers;
}

/**
 * The packets that can enter, host after host, one of each class. Packets are of one class if every test and event on
 * their way says the same of them, whatever configuration each switch goes by. A field for which nothing asks has the
 * last value of its domain, which is `other` if the domain has that.
 * @throws LimitReached
 */
export function entriesOf(setting: Setting, limits: Pick<Limits, 'packetClasses' | 'deadline'>): Entry[] {
  const { fields, topology } = setting.program;
  return topology.hosts.flatMap(({ at }) =>
    splitPackets(fields, limits, (headers) => fieldAskedFor(setting, headers, at)).map((headers) => ({
      at,
      headers: headers.map((value, f) => (value === undetermined ? fields[f]!.domain.length - 1 : value)),
    })),
  );
}

/** The first undetermined field for which anything asks on the way of a packet, under any mixture of configurations. */
function fieldAskedFor({ system, structure }: Setting, start: Headers, from: Location): number | undefined {
  const configurations = [...new Set(structure.stateOf)].map((state) => system.configurations[state]!);
  const work: { headers: Headers; at: Location; position: Position }[] = [
    { headers: start, at: from, position: entry },
  ];
  const seen = new Set<string>();
  for (const { headers, at, position } of work) {
    for (const label of system.labels) {
      if (label.at.switch !== at.switch || label.at.port !== at.port) continue;
      const satisfied = satisfies(headers, label.formula);
      if (typeof satisfied === 'number') return satisfied;
    }
    for (const configuration of configurations) {
      const hop = configuration.hop(headers, at, position);
      if (hop.kind === 'needs') return hop.field;
      for (const { headers: next, to, position: then } of hop.outputs) {
        if (!to) continue;
        const key = `${showLocation(to)}|${next}|${then}`;
        if (seen.has(key)) continue;
        seen.add(key);
        work.push({ headers: next, at: to, position: then });
      }
    }
  }
  return undefined;
}
