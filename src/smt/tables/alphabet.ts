import { wireNumber } from '../../netkat/addresses.js';
import { type FieldName, fieldFacts, other, type Value } from '../../netkat/fields.js';
import type { Tables } from '../../tables/tables.js';
import type { Definitions } from '../solver/definitions.js';
import { anyOf, bits, equal, not, type Term, yes } from '../solver/term.js';

/** Header values as the numbers that packets carry, at the real widths of the fields. */
export interface Alphabet {
  /** By field: how many bits it has. */
  readonly width: (field: FieldName) => number;
  /** A value that is not `other`. */
  readonly value: (field: FieldName, value: Value) => Term;
  /**
   * That a header has one of the values of its domain; `other` is any value that the domain does not name, so that a
   * domain with it allows all (spec 1.2).
   */
  readonly isInDomain: (field: FieldName, header: Term) => Term;
  /** That a header is a value of its domain; `other` too. */
  readonly is: (field: FieldName, header: Term, value: Value) => Term;
  /** The value of the domain that a number is. */
  readonly show: (field: FieldName, number: bigint) => Value;
}

type Named = Pick<Tables, 'fields' | 'hosts'>;

/**
 * The number of a value of a field: an integer, a dotted or a MAC address, or a host's. @throws Error if it is none of
 * these
 */
export function numberOf(hosts: Named['hosts'], field: FieldName, value: Value): bigint {
  const number = wireNumber(hosts, field, value);
  if (number === undefined) throw new Error(`${value} is no value of ${field}`);
  return BigInt(number);
}

/** The real values of the fields of some tables, or of a program that is shown like them. @throws as `numberOf` */
export function realAlphabet({ fields, hosts }: Named): Alphabet {
  const domains = new Map(
    fields.map(({ name, domain }) => {
      const named = domain.filter((value) => value !== other);
      return [
        name,
        { open: named.length < domain.length, values: named.map((v) => [v, numberOf(hosts, name, v)] as const) },
      ];
    }),
  );
  const width = (field: FieldName): number => fieldFacts[field].bits;
  const value = (field: FieldName, one: Value): Term => {
    const known = values.get(field)?.get(one);
    return known ?? bits(numberOf(hosts, field, one), width(field));
  };
  const values = new Map(
    [...domains].map(([field, domain]) => [
      field,
      new Map(domain.values.map(([one, number]) => [one, bits(number, width(field))] as const)),
    ]),
  );
  const named = new Map<string, Term>();
  const isNamed = (field: FieldName, header: Term): Term => {
    const key = `${field} ${header}`;
    const term =
      named.get(key) ??
      anyOf(domains.get(field)!.values.map(([, number]) => equal(header, bits(number, width(field)))));
    named.set(key, term);
    return term;
  };
  return {
    width,
    value,
    isInDomain: (field, header) => (domains.get(field)!.open ? yes : isNamed(field, header)),
    is: (field, header, one) => (one === other ? not(isNamed(field, header)) : equal(header, value(field, one))),
    show: (field, number) => domains.get(field)!.values.find(([, n]) => n === number)?.[0] ?? other,
  };
}

/** A packet's headers as terms, by field. */
export type HeaderTerms = ReadonlyMap<FieldName, Term>;

/** Any headers: a constant for each field, at its real width. */
export const anyHeaders = ({ fields }: Named, alphabet: Alphabet, definitions: Definitions): HeaderTerms =>
  new Map(fields.map(({ name }) => [name, definitions.constant(name, alphabet.width(name))]));
