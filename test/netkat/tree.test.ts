import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { configuration } from '../../src/netkat/configuration.js';
import type { Headers } from '../../src/netkat/fields.js';
import type { Location, NetkatAtom, Policy } from '../../src/netkat/policy.js';
import { hostAt } from '../../src/netkat/topology.js';
import { type Fault, grow, type TreeTable, treeTable } from '../../src/netkat/tree.js';
import { arbitraryPolicy, numbered, packets, reachingHosts, topology } from './arbitrary-policy.js';
import { netkat, showHop } from './evaluate.js';
import { pathsOf } from './paths.js';
import { follow, type Walks, walks } from './walks.js';

const policies = reachingHosts(arbitraryPolicy).map(numbered);
const runs = { numRuns: 150 };

/** Compares what `grow` gives with the walks of the evaluator, for every packet at every host. */
function forEveryPacket(
  policy: Policy<NetkatAtom>,
  compare: (grown: ReturnType<typeof grow>, walked: Walks, table: TreeTable) => void,
): void {
  const table = treeTable();
  const compiled = configuration(policy);
  for (const { at } of topology.hosts)
    for (const headers of packets)
      compare(
        grow(table, topology, compiled, headers, at),
        walks<NetkatAtom>(netkat, topology, policy, headers, at),
        table,
      );
}

describe('trees of hops against the reference evaluator (spec 1.4)', () => {
  test('ExitPathsAreHistories', () => {
    let interesting = 0;
    fc.assert(
      fc.property(policies, (policy) => {
        forEveryPacket(policy, (grown, walked, table) => {
          if (grown.kind !== 'tree' || walked.kind !== 'tree') return;
          const { exits } = pathsOf(table, grown.tree);
          expect(exits).toEqual(walked.exits);
          if (exits.some((path) => path.includes(' > '))) interesting++;
        });
      }),
      runs,
    );
    expect(interesting).toBeGreaterThan(20);
  });

  test('HopsAreWhatLinksRecord: also of packets that are dropped in the end', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        forEveryPacket(policy, (grown, walked, table) => {
          if (grown.kind !== 'tree' || walked.kind !== 'tree') return;
          expect(pathsOf(table, grown.tree).hops).toEqual(walked.hops);
        });
      }),
      runs,
    );
  });

  test('EgressIffSomeWalkFinishesWhereNoHostIs, LoopIffSomePathMeetsAHopTwice', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(policies, (policy) => {
        forEveryPacket(policy, (grown, walked) => {
          const kind = grown.kind === 'fault' ? grown.fault.kind : grown.kind;
          expect(kind).toBe(walked.kind);
          seen.set(kind, (seen.get(kind) ?? 0) + 1);
        });
      }),
      runs,
    );
    for (const kind of ['tree', 'egress', 'forwarding-loop']) expect(seen.get(kind)).toBeGreaterThan(20);
  });

  test('FaultsComeWithAWalkThatShowsThem', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const table = treeTable();
        const compiled = configuration(policy);
        for (const { at } of topology.hosts)
          for (const headers of packets) {
            const grown = grow(table, topology, compiled, headers, at);
            if (grown.kind === 'fault') expectWalk(policy, headers, at, grown.fault);
          }
      }),
      runs,
    );
  });

  test('TreesAreEqualIffTheirPathsAre', () => {
    let equal = 0;
    fc.assert(
      fc.property(policies, policies, (p, q) => {
        const table = treeTable();
        for (const { at } of topology.hosts)
          for (const headers of packets) {
            const [a, b] = [p, q].map((policy) => grow(table, topology, configuration(policy), headers, at));
            if (a?.kind !== 'tree' || b?.kind !== 'tree') continue;
            const same = JSON.stringify(pathsOf(table, a.tree)) === JSON.stringify(pathsOf(table, b.tree));
            expect(a.tree === b.tree).toBe(same);
            if (same) equal++;
          }
      }),
      runs,
    );
    expect(equal).toBeGreaterThan(20);
  });
});

function expectWalk(policy: Policy<NetkatAtom>, headers: Headers, at: Location, fault: Fault): void {
  const { path } = fault;
  expect(showHop(path[0]!)).toBe(showHop({ headers, at }));
  const { finishes, lastLinks } = follow<NetkatAtom>(netkat, policy, path);
  if (path.length > 1) expect(lastLinks).toContain(fault.lastLink);
  else expect(fault.lastLink).toBeUndefined();
  if (fault.kind === 'egress') {
    expect(finishes).toContainEqual(fault.finishes);
    expect(hostAt(topology, fault.finishes!)).toBeUndefined();
  } else {
    const hops = path.map(showHop);
    const last = hops.pop();
    expect(hops).toContain(last);
    expect(new Set(hops).size).toBe(hops.length);
  }
}
