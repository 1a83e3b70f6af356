import { type AddressKind, addressBits, ipNumber, showAddress } from '../netkat/addresses.js';
import type { HostDeclaration, ValueNode } from './ast.js';
import { quote, type Report } from './diagnostics.js';

/** The declared hosts by name, and by the numbers of the addresses that they declare. */
export interface Hosts {
  readonly byName: ReadonlyMap<string, Readonly<Record<AddressKind, number | undefined>>>;
  readonly byAddress: Readonly<Record<AddressKind, ReadonlyMap<number, string>>>;
}

/**
 * Names and addresses of the hosts (spec 1.1); the first declaration of a name or an address is the one that counts.
 */
export function declareHosts(declarations: readonly HostDeclaration[], report: Report): Hosts {
  const byName = new Map<string, Record<AddressKind, number | undefined>>();
  const first = new Map<string, HostDeclaration>();
  const byAddress = { ip: new Map<number, string>(), mac: new Map<number, string>() };
  const addressPlaces = { ip: new Map<number, ValueNode>(), mac: new Map<number, ValueNode>() };
  for (const host of declarations) {
    const { text, span } = host.name;
    const earlier = first.get(text);
    if (earlier !== undefined) {
      const elsewhere = { label: 'the first is', span: earlier.name.span };
      report('SNK105', span, `host ${quote(text)} is declared twice`, { elsewhere });
      continue;
    }
    if (text === 'other') {
      report('SNK112', span, '`other` stands for the values that a program does not mention and cannot name a host');
    }
    first.set(text, host);
    const addresses: Record<AddressKind, number | undefined> = { ip: undefined, mac: undefined };
    for (const kind of ['ip', 'mac'] as const) {
      const node = host[kind];
      const address = node && readAddress(kind, node, report);
      if (address === undefined) continue;
      const place = addressPlaces[kind].get(address);
      if (place === undefined) {
        addresses[kind] = address;
        byAddress[kind].set(address, text);
        addressPlaces[kind].set(address, node!);
      } else {
        const elsewhere = { label: `${quote(byAddress[kind].get(address)!)} has it`, span: place.span };
        const shown = showAddress(kind, address);
        report('SNK106', node!.span, `two hosts have the ${kind} address ${shown}`, { elsewhere });
      }
    }
    byName.set(text, addresses);
  }
  return { byName, byAddress };
}

/** The number of an address that a host declares. */
function readAddress(kind: AddressKind, node: ValueNode, report: Report): number | undefined {
  const expected = kind === 'ip' ? 'an IPv4 address such as `10.0.0.1`' : 'a MAC address such as `00:00:00:00:00:01`';
  if (node.kind === 'integer') {
    if (node.value < 2 ** addressBits[kind]) return node.value;
    report('SNK108', node.span, `${node.value} is no ${kind} address: it has more than ${addressBits[kind]} bits`, {
      expected,
    });
    return undefined;
  }
  if (node.kind !== kind) {
    report('SNK107', node.span, `the ${kind} address of a host is ${expected}`, { expected });
    return undefined;
  }
  if (node.kind === 'mac') return node.value;
  const address = node.kind === 'ip' ? ipNumber(node.octets) : undefined;
  if (address === undefined) report('SNK109', node.span, 'each number of an IPv4 address is at most 255');
  return address;
}
