import fc from 'fast-check';
import type { Field, Headers } from '../../src/netkat/fields.js';
import { drop, identity, type NetkatAtom, type Policy } from '../../src/netkat/policy.js';
import type { Link, Topology } from '../../src/netkat/topology.js';

/** Few fields of few values, so that tests and assignments collide. */
export const fields: readonly Field[] = [
  { name: 'ip_proto', domain: [1, 2, 'other'] },
  { name: 'vlan_id', domain: [0, 1] },
];

const link = (a: number, b: number, c: number, d: number): Link => ({
  from: { switch: a, port: b },
  to: { switch: c, port: d },
});

/** Three switches with a host each; links 1 to 2 both ways, and 2 to 3 to 1, so that packets can circle and meet. */
export const topology: Topology = {
  hosts: [1, 2, 3].map((s) => ({ name: `H${s}`, at: { switch: s, port: 3 } })),
  links: [link(1, 1, 2, 1), link(2, 1, 1, 1), link(2, 2, 3, 2), link(3, 1, 1, 2)],
  switches: [1, 2, 3],
};

/** Every packet of the full domain. */
export const packets: readonly Headers[] = fields.reduce<readonly Headers[]>(
  (all, { domain }) => all.flatMap((headers) => domain.map((_, value) => [...headers, value])),
  [[]],
);

export const atom = <Atom>(value: Atom): Policy<Atom> => ({ kind: 'atom', atom: value });
export const sequence = <Atom>(...parts: readonly Policy<Atom>[]): Policy<Atom> => ({ kind: 'sequence', parts });
export const union = <Atom>(...parts: readonly Policy<Atom>[]): Policy<Atom> => ({ kind: 'union', parts });
export const star = <Atom>(body: Policy<Atom>): Policy<Atom> => ({ kind: 'star', body });

const place = fc.integer({ min: 1, max: 3 });

/** A field and a value of its domain. */
export const fieldValue = fc
  .constantFrom(...fields.keys())
  .chain((field) => fc.record({ field: fc.constant(field), value: fc.nat({ max: fields[field]!.domain.length - 1 }) }));

export const arbitraryTest: fc.Arbitrary<NetkatAtom> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(fieldValue, fc.boolean()).map(([f, equal]) => ({ kind: 'test' as const, ...f, equal })),
  },
  fc.tuple(place, fc.boolean()).map(([s, equal]) => ({ kind: 'testSwitch' as const, switch: s, equal })),
  {
    weight: 2,
    arbitrary: fc.tuple(place, fc.boolean()).map(([port, equal]) => ({ kind: 'testPort' as const, port, equal })),
  },
);

const assignment: fc.Arbitrary<NetkatAtom> = fc.oneof(
  fieldValue.map((f) => ({ kind: 'assign' as const, ...f })),
  place.map((port) => ({ kind: 'assignPort' as const, port })),
);

const arbitraryLink: fc.Arbitrary<Extract<NetkatAtom, { kind: 'link' }>> = fc
  .constantFrom(...topology.links)
  .map((l) => ({ kind: 'link', occurrence: 0, ...l }));

/**
 * The links of other switches drop a packet, so most links follow the assignment of their port, as in real programs.
 */
export const arbitraryHop = fc.tuple(arbitraryLink, fc.integer({ min: 0, max: 3 }));

/** `(p1 + p2 + …)*`: packets that wander, and often circle. */
export const wandering = <Atom>(hop: fc.Arbitrary<Policy<Atom>>): fc.Arbitrary<Policy<Atom>> =>
  fc.array(hop, { minLength: 2, maxLength: 4 }).map((hops) => star(union(...hops)));

const plainHop = arbitraryHop.map(([l, bare]) => crossing<NetkatAtom>(l, l, bare === 0));

/** `pt<-1 + pt<-2`: copies that differ in nothing else. */
export const multicast: fc.Arbitrary<Policy<NetkatAtom>> = fc
  .uniqueArray(place, { minLength: 2, maxLength: 3 })
  .map((ports) => union(...ports.map((port) => atom(toPort(port)))));

const netkatLeaf: fc.Arbitrary<Policy<NetkatAtom>> = fc.oneof(
  { weight: 2, arbitrary: arbitraryTest.map(atom) },
  { weight: 2, arbitrary: assignment.map(atom) },
  { weight: 4, arbitrary: plainHop },
  { weight: 1, arbitrary: wandering(plainHop) },
  { weight: 1, arbitrary: multicast },
);

/** `pt<-b; (a:b)->(c:d)`, or the link alone. */
export const crossing = <Atom>(linkAtom: Atom, { from }: Link, isBare: boolean): Policy<Atom | NetkatAtom> =>
  isBare ? atom<Atom | NetkatAtom>(linkAtom) : sequence(atom(toPort(from.port)), atom<Atom | NetkatAtom>(linkAtom));

const toPort = (port: number): NetkatAtom => ({ kind: 'assignPort', port });

/** All policies over the leaves, `id` and `drop` among them. */
export const policiesOver = <Atom>(leaf: fc.Arbitrary<Policy<Atom>>): fc.Arbitrary<Policy<Atom>> =>
  fc.letrec<{ policy: Policy<Atom> }>((tie) => ({
    policy: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      { weight: 8, arbitrary: leaf },
      { weight: 1, arbitrary: fc.constantFrom<Policy<Atom>>(identity, drop) },
      { weight: 6, arbitrary: parts(tie('policy')).map((p) => sequence(...p)) },
      { weight: 5, arbitrary: parts(tie('policy')).map((p) => union(...p)) },
      { weight: 3, arbitrary: tie('policy').map(star) },
    ),
  })).policy;

const parts = <Atom>(policy: fc.Arbitrary<Policy<Atom>>) => fc.array(policy, { minLength: 2, maxLength: 4 });

/**
 * Policies most of which bring the packets that they let through to a host in the end, so that these packets have
 * trees.
 */
export const reachingHosts = <Atom>(policy: fc.Arbitrary<Policy<Atom>>): fc.Arbitrary<Policy<Atom | NetkatAtom>> =>
  fc
    .tuple(policy, fc.integer({ min: 0, max: 4 }))
    .map(([p, open]) => (open === 0 ? p : sequence<Atom | NetkatAtom>(p, atom(toPort(3)))));

/** Any plain policy. */
export const arbitraryPolicy: fc.Arbitrary<Policy<NetkatAtom>> = policiesOver(netkatLeaf);

/** Filters, in negation normal form. */
export const arbitraryFilter: fc.Arbitrary<Policy<NetkatAtom>> = fc.letrec<{ filter: Policy<NetkatAtom> }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: arbitraryTest.map(atom) },
    { weight: 1, arbitrary: fc.constantFrom<Policy<NetkatAtom>>(identity, drop) },
    parts(tie('filter')).map((p) => sequence(...p)),
    parts(tie('filter')).map((p) => union(...p)),
  ),
})).filter;

/** Numbers the link occurrences from 1, as they stand (spec 1.4): in `p; p` the two are different positions. */
export function numbered<Atom extends { readonly kind: string }>(policy: Policy<Atom>): Policy<Atom> {
  let last = 0;
  const number = (p: Policy<Atom>): Policy<Atom> => {
    switch (p.kind) {
      case 'atom':
        return p.atom.kind === 'link' || p.atom.kind === 'stateLink' ? atom({ ...p.atom, occurrence: ++last }) : p;
      case 'star':
        return star(number(p.body));
      default:
        return { kind: p.kind, parts: p.parts.map(number) };
    }
  };
  return number(policy);
}
