import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/base/limits.js';
import { configuration } from '../../src/netkat/configuration.js';
import type { Diagram } from '../../src/netkat/diagram.js';
import type { Headers } from '../../src/netkat/fields.js';
import { type HopDiagrams, hopDiagrams, portField } from '../../src/netkat/hop-diagrams.js';
import { drop, identity, type NetkatAtom, type Policy } from '../../src/netkat/policy.js';
import {
  arbitraryFilter,
  arbitraryPolicy,
  fields,
  numbered,
  packets,
  sequence,
  star,
  topology,
  union,
} from './arbitrary-policy.js';

type P = Policy<NetkatAtom>;

const domains = fields.map(({ domain }) => ({ size: domain.length, implied: domain.length - 1 }));
const ports = [1, 2, 3];
const compileAt = (policy: P, onSwitch: number) => hopDiagrams(policy, onSwitch, domains, defaultLimits);

/** What a diagram does to a packet: `port|headers>link` for each action, `end` without one. */
function run({ store }: HopDiagrams, diagram: Diagram, headers: Headers, port: number): string[] {
  const value = (field: number) => (field === portField ? port : headers[field - 1]!);
  let d = diagram;
  for (let b = store.branch(d); b; b = store.branch(d)) d = value(b.field) === b.value ? b.yes : b.no;
  const results = store.leafOf(d).map(({ sets, link }) => {
    const after = new Map(sets);
    const out = headers.map((v, f) => after.get(f + 1) ?? v);
    return `${after.get(portField) ?? port}|${out}>${link ?? 'end'}`;
  });
  return [...new Set(results)].sort();
}

describe('diagrams of hops', () => {
  it('are the hops of the configuration, from every position', () => {
    fc.assert(
      fc.property(arbitraryPolicy.map(numbered<NetkatAtom>), (policy) => {
        const { hop } = configuration(policy);
        for (const onSwitch of topology.switches) {
          const compiled = compileAt(policy, onSwitch);
          for (const [position, diagram] of compiled.after)
            for (const port of ports)
              for (const headers of packets) {
                const result = hop(headers, { switch: onSwitch, port }, [position]);
                if (result.kind === 'needs') throw new Error('headers are determined');
                const expected = result.outputs.flatMap((o) => [
                  ...o.position.map((link) => `${o.port}|${o.headers}>${link}`),
                  ...(o.finished ? [`${o.port}|${o.headers}>end`] : []),
                ]);
                expect(run(compiled, diagram, headers, port)).toEqual(expected.sort());
              }
        }
      }),
      { numRuns: 300 },
    );
  });

  /** Each law as an equality of diagrams, that is, of numbers: within one store equal functions are equal. */
  const laws: readonly (readonly [string, (p: P, q: P, r: P) => P, (p: P, q: P, r: P) => P])[] = [
    ['UnionIsIdempotent', (p) => union(p, p), (p) => p],
    ['UnionIsCommutative', (p, q) => union(p, q), (p, q) => union(q, p)],
    ['UnionIsAssociative', (p, q, r) => union(p, union(q, r)), (p, q, r) => union(union(p, q), r)],
    ['DropIsZeroOfUnion', (p) => union(p, drop), (p) => p],
    ['SequenceIsAssociative', (p, q, r) => sequence(p, sequence(q, r)), (p, q, r) => sequence(sequence(p, q), r)],
    ['IdIsUnit', (p) => sequence(identity, p, identity), (p) => p],
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
    ['StarUnrollsLeft', (p) => star(p), (p) => union(identity, sequence(p, star(p)))],
    ['StarUnrollsRight', (p) => star(p), (p) => union(identity, sequence(star(p), p))],
    ['StarIsIdempotent', (p) => star(star(p)), (p) => star(p)],
  ];
  it.each(laws)('%s', (_name, left, right) => {
    fc.assert(
      fc.property(arbitraryPolicy, arbitraryPolicy, arbitraryPolicy, (p, q, r) => {
        const compiled = compileAt(identity, 1);
        expect(compiled.compile(left(p, q, r))).toBe(compiled.compile(right(p, q, r)));
      }),
      { numRuns: 100 },
    );
  });

  it('FiltersAreABooleanAlgebra: they commute, are idempotent, and canonical', () => {
    fc.assert(
      fc.property(arbitraryFilter, arbitraryFilter, (a, b) => {
        const compiled = compileAt(identity, 1);
        const same = (p: P, q: P) => expect(compiled.compile(p)).toBe(compiled.compile(q));
        same(sequence(a, b), sequence(b, a));
        same(sequence(a, a), a);
        same(union(identity, a), identity);
        same(union(a, sequence(a, b)), a);
        // Equal functions are one number, different ones are two.
        const [da, db] = [compiled.compile(a), compiled.compile(b)];
        // A port that no test names stands for all the others.
        const behaviour = (d: Diagram) => [...ports, 9].map((port) => packets.map((h) => run(compiled, d, h, port)));
        expect(da === db).toBe(JSON.stringify(behaviour(da)) === JSON.stringify(behaviour(db)));
      }),
    );
  });
});
