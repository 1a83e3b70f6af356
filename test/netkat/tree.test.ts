import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { configuration } from '../../src/netkat/configuration.js';
import type { Headers } from '../../src/netkat/fields.js';
import { identity, type Location, type NetkatAtom, type Policy } from '../../src/netkat/policy.js';
import { hostAt } from '../../src/netkat/topology.js';
import { type Fault, grow, type TreeTable, treeTable } from '../../src/netkat/tree.js';
import {
  arbitraryPolicy,
  atom,
  numbered,
  packets,
  reachingHosts,
  sequence,
  topology,
  union,
} from './arbitrary-policy.js';
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

  test('LoopsAreFoundBehindHopsThatWereFreeOfLoops: by a second way there', () => {
    const port = (n: number): Policy<NetkatAtom> => atom({ kind: 'assignPort', port: n });
    const [to2, to1, to3, from3] = topology.links.map((l) => atom<NetkatAtom>({ kind: 'link', occurrence: 0, ...l }));
    // From 2:3 to 1 and back ends well; after a turn by 3 and 1, the same way meets 2:1 for the second time.
    const turn = sequence(port(2), to3!, port(1), from3!, port(1), to2!);
    const policy = numbered(sequence(union(identity, turn), port(1), to1!, to2!, port(3)));
    const grown = grow(treeTable(), topology, configuration(policy), packets[0]!, { switch: 2, port: 3 });
    expect(grown).toMatchObject({ kind: 'fault', fault: { kind: 'forwarding-loop' } });
  });

  test('EgressIsSeenOfACopyThatAlsoMovesOn: whichever branch comes first', () => {
    const toPort = (port: number) => atom<NetkatAtom>({ kind: 'assignPort', port });
    const hop = atom<NetkatAtom>({ kind: 'link', occurrence: 0, ...topology.links[0]! });
    const branches = [toPort(1), sequence(toPort(1), hop, toPort(3))];
    for (const policy of [union(...branches), union(...branches.toReversed())]) {
      const grown = grow(treeTable(), topology, configuration(numbered(policy)), packets[0]!, { switch: 1, port: 3 });
      expect(grown).toMatchObject({ kind: 'fault', fault: { kind: 'egress', finishes: { switch: 1, port: 1 } } });
    }
  });

  test('TreesAreSetsOfTrees: neither order nor repetition of what follows a hop counts', () => {
    const { intern } = treeTable();
    const at = { switch: 1, port: 3 };
    const [a, b] = [0, 1].map((value) => intern({ kind: 'exit', headers: [value, 0], at, next: [] }));
    const hop = (next: number[]) => intern({ kind: 'hop', headers: [0, 0], at, next });
    expect(hop([a!, b!, a!])).toBe(hop([b!, a!]));
    expect(hop([a!])).not.toBe(hop([b!]));
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
