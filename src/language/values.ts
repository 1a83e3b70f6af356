import { nearestName } from '../base/nearest-name.js';
import { type AddressKind, ipNumber, showAddress } from '../netkat/addresses.js';
import { compareValues, type FieldName, fieldFacts, other, type Value } from '../netkat/fields.js';
import type { ValueNode } from './ast.js';
import { quote, type Remarks } from './diagnostics.js';
import type { Hosts } from './hosts.js';
import type { RuleCode } from './rules.js';

/**
 * A value, however it is spelled: its number, or the name of a host whose address is not declared and so equals no
 * other value (spec 1.1).
 */
export type Key = number | string;

/** Why a value does not fit a field. */
export interface ValueProblem {
  readonly rule: RuleCode;
  readonly message: string;
  readonly remarks: Remarks;
}

const wanted = {
  number: 'an integer',
  ip: 'an IPv4 address, a host or an integer',
  mac: 'a MAC address, a host or an integer',
} as const;

/** The value that a spelling denotes in a field, or why there is none. */
export function readValue(field: FieldName, node: ValueNode, hosts: Hosts): Key | ValueProblem {
  const { kind, bits } = fieldFacts[field];
  const expected = wanted[kind];
  switch (node.kind) {
    case 'integer':
      if (node.value < 2 ** bits) return node.value;
      return {
        rule: 'SNK108',
        message: `${node.value} is too large for ${field}, which has ${bits} bits`,
        remarks: { expected: `at most ${2 ** bits - 1}` },
      };
    case 'ip':
    case 'mac': {
      const spelled = node.kind === 'ip' ? 'an IPv4 address' : 'a MAC address';
      if (node.kind !== kind) {
        return { rule: 'SNK107', message: `${field} takes ${expected}, not ${spelled}`, remarks: { expected } };
      }
      const address = node.kind === 'mac' ? node.value : ipNumber(node.octets);
      if (address !== undefined) return address;
      return { rule: 'SNK109', message: 'each number of an IPv4 address is at most 255', remarks: {} };
    }
    case 'host': {
      const addresses = hosts.byName.get(node.name);
      if (addresses !== undefined && kind !== 'number') return addresses[kind] ?? node.name;
      const isHost = addresses !== undefined;
      return isHost || kind === 'number'
        ? {
            rule: 'SNK107',
            message: `${field} takes ${expected}, not ${isHost ? 'the host' : 'the name'} ${quote(node.name)}`,
            remarks: { expected },
          }
        : unknownHost(node.name, hosts);
    }
  }
}

/** Why a name is no host's, with the nearest that is. */
export function unknownHost(name: string, hosts: Hosts): ValueProblem {
  const near = () => {
    const nearest = nearestName(name, hosts.byName.keys());
    return nearest === undefined ? undefined : `did you mean ${quote(nearest)}?`;
  };
  const expected = hosts.byName.size === 0 ? 'a declared host (there is none)' : 'a declared host';
  return { rule: 'SNK101', message: `no host is named ${quote(name)}`, remarks: { expected, hint: near } };
}

/**
 * The addresses that the program somewhere spells as addresses (with dots or colons), and which are therefore printed
 * in that way.
 */
export type Spellings = Readonly<Record<AddressKind, ReadonlySet<number>>>;

/** The addresses that some values spell as addresses rather than as integers. */
export function spellingsOf(values: Iterable<ValueNode>): Spellings {
  const spelled = { ip: new Set<number>(), mac: new Set<number>() };
  for (const node of values) {
    if (node.kind === 'mac') spelled.mac.add(node.value);
    const address = node.kind === 'ip' ? ipNumber(node.octets) : undefined;
    if (address !== undefined) spelled.ip.add(address);
  }
  return spelled;
}

/**
 * A value as it is printed (interface.md): a host's address as the host's name, any other address as it was spelled.
 */
function showKey(field: FieldName, key: Key, hosts: Hosts, spelled: Spellings): Value {
  const { kind } = fieldFacts[field];
  if (typeof key === 'string' || kind === 'number') return key;
  return hosts.byAddress[kind].get(key) ?? (spelled[kind].has(key) ? showAddress(kind, key) : key);
}

/** The key of `other` in the index of a domain; no host can have this name. */
const otherKey: Key = 'other';

/** The values of a field in printing order, and the index that each of them has. */
export interface Domain {
  readonly values: readonly Value[];
  readonly index: ReadonlyMap<Key, number>;
}

/**
 * The domain of a field (spec 1.2): the declared values; if none are declared, those that the policy mentions, in
 * address fields also every host's address, and `other`, which comes last.
 */
export function domainOf(
  field: FieldName,
  declared: readonly Key[] | undefined,
  mentioned: readonly Key[],
  hosts: Hosts,
  spelled: Spellings,
): Domain {
  const { kind } = fieldFacts[field];
  const addresses = kind === 'number' ? [] : [...hosts.byName].map(([name, address]) => address[kind] ?? name);
  const keys = new Set(declared ?? [...mentioned, ...addresses]);
  const shown = [...keys].map((key) => ({ key, value: showKey(field, key, hosts, spelled) }));
  shown.sort((a, b) => compareValues(a.value, b.value));
  if (declared === undefined) shown.push({ key: otherKey, value: other });
  return { values: shown.map(({ value }) => value), index: new Map(shown.map(({ key }, i) => [key, i])) };
}
