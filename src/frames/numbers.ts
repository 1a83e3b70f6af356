import { type Addressed, wireNumber } from '../netkat/addresses.js';
import { type Field, type FieldName, other, type Value } from '../netkat/fields.js';
import { transportOf } from './frame.js';
import { etherTypes, ipProtocols } from './protocol-numbers.js';

/** The numbers that stand for the values of a field on the wire, and the values for which numbers stand. */
export interface FieldNumbers {
  readonly number: (value: Value) => number;
  /**
   * The value of a number. A number that stands for no named value is `other` if the domain has `other`; else it is
   * returned as it is, and no packet of the program carries it.
   */
  readonly value: (number: number) => Value;
  readonly hasOther: boolean;
}

/**
 * The numbers that may stand for `other`, in the order in which they are tried until one is free. Addresses come from
 * the ranges kept for documentation (RFC 5737, RFC 7042), ports from the dynamic ones; an `other` EtherType is IPv4
 * unless the program mentions IPv4.
 */
function* candidates(name: FieldName, names: ReadonlySet<FieldName>): Generator<number> {
  switch (name) {
    case 'eth_src':
    case 'eth_dst':
      return yield* from(0x00005e005301);
    case 'ip_src':
    case 'ip_dst':
      return yield* from(0xc0000201);
    case 'eth_type':
      yield etherTypes.ipv4;
      return yield* from(0x9000);
    case 'vlan_id':
      return yield* downFrom(4094);
    case 'ip_proto':
      if (names.has('tcp_src') || names.has('tcp_dst')) yield ipProtocols.tcp;
      if (names.has('udp_src') || names.has('udp_dst')) yield ipProtocols.udp;
      // 253 is kept for experiments (RFC 3692). TCP and UDP are left out, since they would need headers that hold no
      // field of the program.
      for (const protocol of downFrom(253)) if (transportOf(protocol) === undefined) yield protocol;
      return;
    default:
      return yield* from(49152);
  }
}

function* from(first: number): Generator<number> {
  for (let number = first; ; number++) yield number;
}

function* downFrom(first: number): Generator<number> {
  for (let number = first; number >= 0; number--) yield number;
}

const firstFree = (name: FieldName, names: ReadonlySet<FieldName>, taken: ReadonlySet<number>): number => {
  for (const number of candidates(name, names)) if (!taken.has(number)) return number;
  throw new Error(`every number of ${name} is taken`);
};

/** The numbers of a program's field. `names` are all fields of the program. */
export function fieldNumbers(
  { name, domain }: Field,
  names: ReadonlySet<FieldName>,
  hosts: readonly Addressed[],
): FieldNumbers {
  const named = new Map<Value, number>();
  for (const value of domain) {
    const number = value === other ? undefined : wireNumber(hosts, name, value);
    if (number !== undefined) named.set(value, number);
    else if (value !== other) throw new Error(`${value} is no value of ${name}`);
  }
  const taken = new Set(named.values());
  const hasOther = domain.includes(other);
  const free = hasOther ? firstFree(name, names, taken) : undefined;
  const values = new Map([...named].map(([value, number]) => [number, value]));
  return {
    number: (value) => {
      const number = value === other ? free : named.get(value);
      if (number === undefined) throw new Error(`${value} is not in the domain of ${name}`);
      return number;
    },
    value: (number) => values.get(number) ?? (hasOther ? other : number),
    hasOther,
  };
}

/** The number that a field has if the program does not mention it and nothing better is known. */
export const unmentioned = (name: FieldName): number => firstFree(name, new Set(), new Set());
