import { type AddressKind, addressBits, showAddress } from '../netkat/addresses.js';
import type { FieldName, Value } from '../netkat/fields.js';
import { fieldFacts } from '../netkat/fields.js';
import type { Hosts } from './hosts.js';

/** The addresses that a host has on the wire, as they are printed: `10.0.0.4`, `02:00:00:00:00:04`. */
export interface HostAddresses {
  readonly ip: string;
  readonly mac: string;
}

/** Where the addresses begin that hosts get if they declare none: 10.0.0.n, 02:00:00:00:00:nn. */
const bases: Readonly<Record<AddressKind, number>> = { ip: 0x0a000000, mac: 0x020000000000 };

/**
 * The addresses of every host. A host that declares none gets the n-th of its kind, where n is the number at the end of
 * its name (H4 has 10.0.0.4) or, if that address is taken, the least number whose address is free. It never gets an
 * address that the program mentions, since an address that is not declared equals no other value (spec 1.1).
 */
export function hostAddresses(
  { byName, byAddress }: Hosts,
  fields: readonly { readonly name: FieldName; readonly domain: readonly Value[] }[],
): ReadonlyMap<string, HostAddresses> {
  const mentioned = (kind: AddressKind): Set<string> =>
    new Set(
      fields
        .filter(({ name }) => fieldFacts[name].kind === kind)
        .flatMap(({ domain }) => domain.map((value) => (typeof value === 'number' ? showAddress(kind, value) : value))),
    );
  const taken: Record<AddressKind, Set<string>> = { ip: mentioned('ip'), mac: mentioned('mac') };
  for (const kind of ['ip', 'mac'] as const)
    for (const address of byAddress[kind].keys()) taken[kind].add(showAddress(kind, address));

  /** All numbers below are known to be taken, so that the search for the least free one need not start anew. */
  const least: Record<AddressKind, number> = { ip: 1, mac: 1 };
  const choose = (kind: AddressKind, host: string): string => {
    const declared = byName.get(host)![kind];
    if (declared !== undefined) return showAddress(kind, declared);
    const own = Number(/[1-9]\d{0,2}$/.exec(host)?.[0] ?? 0);
    const candidate = (n: number) => showAddress(kind, (bases[kind] + n) % 2 ** addressBits[kind]);
    const hasOwn = own >= 1 && own <= 254 && !taken[kind].has(candidate(own));
    while (!hasOwn && taken[kind].has(candidate(least[kind]))) least[kind]++;
    const address = candidate(hasOwn ? own : least[kind]);
    taken[kind].add(address);
    return address;
  };
  return new Map([...byName.keys()].map((host) => [host, { ip: choose('ip', host), mac: choose('mac', host) }]));
}
