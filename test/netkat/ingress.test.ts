import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { defaultLimits, LimitReached } from '../../src/base/limits.js';
import { satisfies } from '../../src/events/formula.js';
import { configuration } from '../../src/netkat/configuration.js';
import { type Headers, undetermined } from '../../src/netkat/fields.js';
import { splitPackets } from '../../src/netkat/ingress.js';
import type { Location, NetkatAtom, Policy } from '../../src/netkat/policy.js';
import { grow, treeTable } from '../../src/netkat/tree.js';
import { arbitraryPolicy, fields, fieldValue, numbered, packets, reachingHosts, topology } from './arbitrary-policy.js';
import { netkat } from './evaluate.js';
import { pathsOf } from './paths.js';
import { walks } from './walks.js';

const policies = fc.array(reachingHosts(arbitraryPolicy).map(numbered), { minLength: 1, maxLength: 2 });
const formulas = fc.array(
  fc.tuple(fieldValue, fc.boolean()).map(([f, equal]) => ({ ...f, equal })),
  { maxLength: 2 },
);
const table = treeTable();

/** The classes of packets at a place on which neither the policies nor the formula ask for a further field. */
const split = (asked: readonly Policy<NetkatAtom>[], formula: Parameters<typeof satisfies>[1], at: Location) =>
  splitPackets(fields, defaultLimits, (headers) => {
    for (const policy of asked) {
      const grown = grow(table, topology, configuration(policy), headers, at);
      if (grown.kind === 'needs') return grown.field;
    }
    const matches = satisfies(headers, formula);
    return typeof matches === 'number' ? matches : undefined;
  });

const belongs = (packet: Headers, kind: Headers): boolean =>
  kind.every((value, f) => value === undetermined || value === packet[f]);

/** Paths of the tree of a class, with what was undetermined as in the packet. */
const filledIn = (paths: readonly string[], packet: Headers): readonly string[] =>
  paths
    .map((path) =>
      path.replaceAll(/[-\d,]+@/g, (text) => {
        const values = text.slice(0, -1).split(',').map(Number);
        return `${values.map((v, f) => (v === undetermined ? packet[f] : v))}@`;
      }),
    )
    .sort();

describe('splitting the packets that enter at one place', () => {
  test('ClassesPartitionTheDomain', () => {
    fc.assert(
      fc.property(policies, formulas, fc.constantFrom(...topology.hosts), (asked, formula, { at }) => {
        const classes = split(asked, formula, at);
        for (const packet of packets) expect(classes.filter((kind) => belongs(packet, kind))).toHaveLength(1);
      }),
    );
  });

  test('PacketsBehaveAsTheirClass', () => {
    let shared = 0;
    fc.assert(
      fc.property(policies, formulas, fc.constantFrom(...topology.hosts), (asked, formula, { at }) => {
        for (const kind of split(asked, formula, at))
          for (const packet of packets.filter((p) => belongs(p, kind))) {
            if (kind.includes(undetermined)) shared++;
            expect(satisfies(packet, formula)).toBe(satisfies(kind, formula));
            for (const policy of asked) {
              const grown = grow(table, topology, configuration(policy), kind, at);
              const walked = walks<NetkatAtom>(netkat, topology, policy, packet, at);
              expect(grown.kind === 'fault' ? grown.fault.kind : grown.kind).toBe(walked.kind);
              if (grown.kind !== 'tree' || walked.kind !== 'tree') continue;
              const { exits, hops } = pathsOf(table, grown.tree);
              expect(filledIn(exits, packet)).toEqual(walked.exits);
              expect(filledIn(hops, packet)).toEqual(walked.hops);
            }
          }
      }),
      { numRuns: 200 },
    );
    expect(shared).toBeGreaterThan(50);
  });

  test('WhatNothingAsksForIsNotSplit', () => {
    expect(splitPackets(fields, defaultLimits, () => undefined)).toEqual([[undetermined, undetermined]]);
    const first = ([value]: Headers) => (value === undetermined ? 0 : undefined);
    expect(splitPackets(fields, defaultLimits, first)).toEqual([
      [0, undetermined],
      [1, undetermined],
      [2, undetermined],
    ]);
  });

  test('MoreClassesThanTheLimitAreAnHonestUnknown', () => {
    const everything = (headers: Headers) => {
      const field = headers.indexOf(undetermined);
      return field < 0 ? undefined : field;
    };
    expect(splitPackets(fields, { ...defaultLimits, packetClasses: 6 }, everything)).toHaveLength(6);
    expect(() => splitPackets(fields, { ...defaultLimits, packetClasses: 5 }, everything)).toThrow(LimitReached);
    // Classes that are still to be asked about count: the limit bounds the work, not just the result.
    const ask = vi.fn(everything);
    expect(() => splitPackets(fields, { ...defaultLimits, packetClasses: 2 }, ask)).toThrow(LimitReached);
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
