import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { configuration } from '../../src/netkat/configuration.js';
import { drop, identity, type NetkatAtom, type Policy } from '../../src/netkat/policy.js';
import { grow, treeTable } from '../../src/netkat/tree.js';
import {
  arbitraryFilter,
  arbitraryPolicy,
  atom,
  fields,
  fieldValue,
  numbered,
  packets,
  reachingHosts,
  sequence,
  star,
  topology,
  union,
} from './arbitrary-policy.js';
import { pathsOf } from './paths.js';

type P = Policy<NetkatAtom>;

const table = treeTable();

/**
 * What every packet at every host meets: its tree, or the kind of the first fault. Link occurrences are made distinct.
 */
function behaviour(policy: P): readonly string[] {
  const compiled = configuration(numbered(policy));
  return topology.hosts.flatMap(({ at }) =>
    packets.map((headers) => {
      const grown = grow(table, topology, compiled, headers, at);
      return grown.kind === 'fault' ? grown.fault.kind : `tree ${grown.kind === 'tree' && grown.tree}`;
    }),
  );
}

function expectEqual(p: P, q: P): void {
  expect(behaviour(p)).toEqual(behaviour(q));
}

/** `p ≤ q` is `p + q = q` (Kleene algebra). */
const expectLess = (p: P, q: P) => expectEqual(union(p, q), q);

const anyPolicy = reachingHosts(arbitraryPolicy);

type Law = readonly [name: string, left: (p: P, q: P, r: P) => P, right: (p: P, q: P, r: P) => P];

/** Each law is meant up to equality of trees: what is dropped, and where, counts. */
const kleeneAlgebra: readonly Law[] = [
  ['UnionIsIdempotent', (p) => union(p, p), (p) => p],
  ['UnionIsCommutative', (p, q) => union(p, q), (p, q) => union(q, p)],
  ['UnionIsAssociative', (p, q, r) => union(p, union(q, r)), (p, q, r) => union(union(p, q), r)],
  ['DropIsZeroOfUnion', (p) => union(p, drop), (p) => p],
  ['SequenceIsAssociative', (p, q, r) => sequence(p, sequence(q, r)), (p, q, r) => sequence(sequence(p, q), r)],
  ['IdIsLeftUnit', (p) => sequence(identity, p), (p) => p],
  ['IdIsRightUnit', (p) => sequence(p, identity), (p) => p],
  ['DropIsLeftZero', (p) => sequence(drop, p), () => drop],
  [
    'SequenceDistributesLeft',
    (p, q, r) => sequence(p, union(q, r)),
    (p, q, r) => union(sequence(p, q), sequence(p, r)),
  ],
  [
    'SequenceDistributesRight',
    (p, q, r) => sequence(union(p, q), r),
    (p, q, r) => union(sequence(p, r), sequence(q, r)),
  ],
  ['IterateUnfoldsLeft', (p) => star(p), (p) => union(identity, sequence(p, star(p)))],
  ['IterateUnfoldsRight', (p) => star(p), (p) => union(identity, sequence(star(p), p))],
  ['IterateIsIdempotent', (p) => star(star(p)), (p) => star(p)],
  ['IterateIsTransitive', (p) => sequence(star(p), star(p)), (p) => star(p)],
  ['IterateIgnoresId', (p) => star(union(identity, p)), (p) => star(p)],
  ['IterateSlides', (p, q) => sequence(p, star(sequence(q, p))), (p, q) => sequence(star(sequence(p, q)), p)],
  ['IterateDenests', (p, q) => star(union(p, q)), (p, q) => sequence(star(p), star(sequence(q, star(p))))],
];

describe('Kleene algebra, up to equality of trees', () => {
  test.each(kleeneAlgebra)('%s', (_, left, right) => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, anyPolicy, (p, q, r) => expectEqual(left(p, q, r), right(p, q, r))),
      { numRuns: 40 },
    );
  });

  const power = (p: P, n: number): P => sequence(...Array.from({ length: n }, () => p));

  test('IterateIsLeastFixedPoint: every round is less, and some number of rounds is enough', () => {
    let reached = 0;
    fc.assert(
      fc.property(anyPolicy, fc.integer({ min: 0, max: 4 }), (p, n) => {
        const rounds = power(union(identity, p), n);
        expectLess(rounds, star(p));
        // Where one round more gives nothing new, it is a fixed point, and the least one is not below it.
        if (String(behaviour(union(identity, sequence(p, rounds)))) !== String(behaviour(rounds))) return;
        expectEqual(star(p), rounds);
        reached++;
      }),
      { numRuns: 60 },
    );
    expect(reached).toBeGreaterThan(10);
  });

  test('IterateIsInductive: q + p;x ≤ x implies p*;q ≤ x', () => {
    let premises = 0;
    fc.assert(
      fc.property(arbitraryPolicy, arbitraryPolicy, arbitraryPolicy, (p, q, r) => {
        const x = union(sequence(star(union(p, r)), q), r);
        const step = union(union(q, sequence(p, x)), x);
        if (String(behaviour(step)) !== String(behaviour(x))) return;
        premises++;
        expectLess(sequence(star(p), q), x);
      }),
      { numRuns: 60 },
    );
    expect(premises).toBeGreaterThan(5);
  });

  test('DropIsRightZeroOfHistories: but a tree shows the hops after which a packet is dropped', () => {
    fc.assert(
      fc.property(anyPolicy, (p) => {
        const compiled = configuration(numbered(sequence(p, drop)));
        for (const { at } of topology.hosts) {
          const grown = grow(table, topology, compiled, packets[0]!, at);
          if (grown.kind === 'tree') expect(pathsOf(table, grown.tree).exits).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
    const hop: P = sequence(toPort(1), link(0));
    expect(behaviour(sequence(hop, drop))).not.toEqual(behaviour(drop));
  });
});

const toPort = (port: number): P => atom({ kind: 'assignPort', port });
const isPort = (port: number): P => atom({ kind: 'testPort', equal: true, port });
const isSwitch = (n: number): P => atom({ kind: 'testSwitch', equal: true, switch: n });
const link = (i: number): P => atom({ kind: 'link', occurrence: 0, ...topology.links[i]! });
const is = (field: number, value: number): P => atom({ kind: 'test', field, equal: true, value });
const isNot = (field: number, value: number): P => atom({ kind: 'test', field, equal: false, value });
const assign = (field: number, value: number): P => atom({ kind: 'assign', field, value });

/** Choices that the laws about single atoms are instances of: a field with two values, two ports, a link. */
const choice = fc.record({
  field: fc.constantFrom(...fields.keys()),
  value: fc.nat({ max: 1 }),
  another: fieldValue,
  port: fc.integer({ min: 1, max: 3 }),
  otherPort: fc.integer({ min: 1, max: 3 }),
  link: fc.nat({ max: topology.links.length - 1 }),
});
type Choice = typeof choice extends fc.Arbitrary<infer T> ? T : never;

const packetAlgebra: readonly (readonly [name: string, left: (c: Choice) => P, right: (c: Choice) => P])[] = [
  ['LastPortCounts', (c) => sequence(toPort(c.port), toPort(c.otherPort)), (c) => toPort(c.otherPort)],
  ['PortIsAsAssigned', (c) => sequence(toPort(c.port), isPort(c.port)), (c) => toPort(c.port)],
  ['AssigningThePortItHasDoesNothing', (c) => sequence(isPort(c.port), toPort(c.port)), (c) => isPort(c.port)],
  [
    'LastAssignmentCounts',
    (c) => sequence(assign(c.field, 0), assign(c.field, c.value)),
    (c) => assign(c.field, c.value),
  ],
  [
    'FieldIsAsAssigned',
    (c) => sequence(assign(c.field, c.value), is(c.field, c.value)),
    (c) => assign(c.field, c.value),
  ],
  ['FieldIsNotAsNotAssigned', (c) => sequence(assign(c.field, c.value), isNot(c.field, c.value)), () => drop],
  [
    'AssigningTheValueItHasDoesNothing',
    (c) => sequence(is(c.field, c.value), assign(c.field, c.value)),
    (c) => is(c.field, c.value),
  ],
  ['AFieldHasOneValue', (c) => sequence(is(c.field, c.value), is(c.field, 1 - c.value)), () => drop],
  ['AFieldHasSomeValue', (c) => union(...fields[c.field]!.domain.map((_, v) => is(c.field, v))), () => identity],
  ['InequalityIsNegation', (c) => union(is(c.field, c.value), isNot(c.field, c.value)), () => identity],
  [
    'AssignmentsOfTwoFieldsCommute',
    (c) => sequence(assign(0, c.value), assign(1, 1 - c.value)),
    (c) => sequence(assign(1, 1 - c.value), assign(0, c.value)),
  ],
  [
    'AssignmentAndTestOfAnotherFieldCommute',
    (c) => sequence(assign(1 - c.another.field, c.value), is(c.another.field, c.another.value)),
    (c) => sequence(is(c.another.field, c.another.value), assign(1 - c.another.field, c.value)),
  ],
  [
    'PortAndFieldsCommute',
    (c) => sequence(toPort(c.port), assign(c.field, c.value), is(c.another.field, c.another.value)),
    (c) => sequence(assign(c.field, c.value), is(c.another.field, c.another.value), toPort(c.port)),
  ],
  [
    'LinkTestsItsSource',
    (c) => link(c.link),
    (c) =>
      sequence(isSwitch(topology.links[c.link]!.from.switch), isPort(topology.links[c.link]!.from.port), link(c.link)),
  ],
  [
    'LinkLeadsToItsEnd',
    (c) => link(c.link),
    (c) => sequence(link(c.link), isSwitch(topology.links[c.link]!.to.switch), isPort(topology.links[c.link]!.to.port)),
  ],
  [
    'AssignmentBeforeLinkIsSeenByTestAfterIt',
    (c) => sequence(assign(c.field, c.value), link(c.link), is(c.field, c.value)),
    (c) => sequence(assign(c.field, c.value), link(c.link)),
  ],
];

describe('packet algebra, in any context', () => {
  test.each(packetAlgebra)('%s', (_, left, right) => {
    fc.assert(
      fc.property(arbitraryPolicy, anyPolicy, choice, (before, after, c) =>
        expectEqual(sequence(before, left(c), after), sequence(before, right(c), after)),
      ),
      { numRuns: 40 },
    );
  });
});

const negation = (filter: P): P => {
  switch (filter.kind) {
    case 'atom':
      return 'equal' in filter.atom ? atom({ ...filter.atom, equal: !filter.atom.equal }) : drop;
    case 'sequence':
      return union(...filter.parts.map(negation));
    case 'union':
      return sequence(...filter.parts.map(negation));
    case 'star':
      return drop;
  }
};

const booleanAlgebra: readonly Law[] = [
  ['FilterIsIdempotent', (a) => sequence(a, a), (a) => a],
  ['FiltersCommute', (a, b) => sequence(a, b), (a, b) => sequence(b, a)],
  ['ExcludedMiddle', (a) => union(a, negation(a)), () => identity],
  ['Contradiction', (a) => sequence(a, negation(a)), () => drop],
  ['DoubleNegation', (a) => negation(negation(a)), (a) => a],
  [
    'UnionDistributesOverFilters',
    (a, b, c) => union(a, sequence(b, c)),
    (a, b, c) => sequence(union(a, b), union(a, c)),
  ],
  ['FilterIsBelowId', (a) => union(a, identity), () => identity],
  ['IterateOfFilterIsId', (a) => star(a), () => identity],
];

describe('Boolean algebra of filters, in any context', () => {
  test.each(booleanAlgebra)('%s', (_, left, right) => {
    fc.assert(
      fc.property(
        fc.tuple(arbitraryPolicy, anyPolicy),
        fc.tuple(arbitraryFilter, arbitraryFilter, arbitraryFilter),
        ([before, after], filters) =>
          expectEqual(sequence(before, left(...filters), after), sequence(before, right(...filters), after)),
      ),
      { numRuns: 40 },
    );
  });
});
