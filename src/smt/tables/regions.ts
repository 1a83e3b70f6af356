import type { Position } from '../../netkat/configuration.js';
import { type Field, type Headers, undetermined } from '../../netkat/fields.js';
import type { Location } from '../../netkat/policy.js';
import { showLocation } from '../../netkat/topology.js';
import type { RawPackets } from '../../packets/raw-packets.js';
import { allOf, and, anyOf, type Term } from '../solver/term.js';
import type { Alphabet, HeaderTerms } from './alphabet.js';

/** The packets that can be somewhere, at one position and with one `pc`, when they are tagged with one event-set. */
export interface Region {
  /** The event-set, by index. */
  readonly eventSet: number;
  readonly at: Location;
  readonly position: Position;
  readonly pc: number;
  /**
   * The packets, as headers with undetermined fields: a packet is in the region if it agrees with one of these in all
   * determined fields.
   */
  readonly headers: readonly Headers[];
}

/**
 * Where packets can be, as far as following them shows. Nothing rests on this being right: obligations of their own say
 * that all packets of hosts are in these regions, and all that is sent on from one, in another (`goals.ts`).
 */
export function regionsOf({ nodes, configurationOf }: RawPackets, fields: readonly Field[]): Region[] {
  const regions = new Map<string, Region & { readonly headers: Headers[] }>();
  for (const { headers, at, position, pc, hops } of nodes)
    for (const [eventSet, configuration] of configurationOf.entries()) {
      if (!hops[configuration]) continue;
      const key = `${eventSet}|${showLocation(at)}|${position}|${pc}`;
      const region = regions.get(key) ?? { eventSet, at, position, pc, headers: [] };
      regions.set(key, region);
      region.headers.push(headers);
    }
  return [...regions.values()].map((region) => ({ ...region, headers: merged(region.headers, fields) }));
}

/**
 * The same packets by fewer headers: headers that together have all values of a field become one with the field
 * undetermined.
 */
function merged(all: readonly Headers[], fields: readonly Field[]): Headers[] {
  let headers = [...new Map(all.map((one) => [String(one), one])).values()];
  for (const [f, { domain }] of fields.entries()) {
    const groups = new Map<string, { readonly blank: Headers; readonly members: Headers[] }>();
    for (const one of headers) {
      const blank = one.with(f, undetermined);
      const group = groups.get(String(blank)) ?? { blank, members: [] };
      groups.set(String(blank), group);
      group.members.push(one);
    }
    headers = [...groups.values()].flatMap(({ blank, members }) => {
      const isAll = members.some((one) => one[f] === undetermined) || members.length === domain.length;
      return isAll ? [blank] : members;
    });
  }
  return headers;
}

/** That headers, of values in their domains, are in a region. */
export const isInRegion = (
  { headers: all }: Region,
  headers: HeaderTerms,
  fields: readonly Field[],
  alphabet: Pick<Alphabet, 'is'>,
): Term =>
  anyOf(
    all.map((one) =>
      allOf(
        fields.map(({ name, domain }, f) =>
          one[f] === undetermined ? and() : alphabet.is(name, headers.get(name)!, domain[one[f]!]!),
        ),
      ),
    ),
  );
