import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../src/base/limits.js';
import { examineConfigurations } from '../../src/events/configurations.js';
import { transitionSystem, withPart } from '../../src/events/transition-system.js';
import type { Program, StatefulAtom } from '../../src/language/program.js';
import { readProgram } from '../../src/language/read-program.js';
import { entering, evaluate, forgetHops } from '../netkat/evaluate.js';
import { walks } from '../netkat/walks.js';
import { arbitraryEventfulProgram } from '../search/eventful-program.js';
import { arbitraryTerm, arbitraryWritten } from './arbitrary-program.js';
import { inState, packetsOf } from './stateful.js';

const programs = fc.oneof(arbitraryTerm, arbitraryWritten);

/** Programs about events, whose components are often blocks of their own. */
const eventful = arbitraryEventfulProgram.map((text) => {
  const reading = readProgram(text, 'eventful.snk');
  if (!reading.ok) throw new Error(text);
  return reading.program;
});

function examined(program: Program, isOne = false) {
  const system = transitionSystem(program, defaultLimits, isOne);
  return { system, ...examineConfigurations(program, system, defaultLimits) };
}

/** What every packet at every host does in each state, by the reference evaluator. */
const behaviours = (program: Program, states: readonly (readonly number[])[]) =>
  states.map((state) =>
    program.topology.hosts.flatMap(({ at }) =>
      packetsOf(program.fields).map((headers) =>
        walks<StatefulAtom>(inState(state), program.topology, program.policy, headers, at),
      ),
    ),
  );

describe('the configurations of a program (spec 1.4, 1.5)', () => {
  test('FaultIffSomePacketHasOne: finishing where no host is comes first', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(programs, (program) => {
        const { system, fault } = examined(program);
        const kinds = behaviours(program, system.states)
          .flat()
          .map(({ kind }) => kind);
        const expected = (['egress', 'forwarding-loop'] as const).find((kind) => kinds.includes(kind));
        expect(fault?.fault.kind).toBe(expected);
        seen.add(expected ?? 'none');
      }),
      { numRuns: 240 },
    );
    expect(seen.size).toBe(3);
  });

  test('StatesAreOfOneClassIffEveryPacketDoesTheSame', () => {
    let shared = 0;
    fc.assert(
      fc.property(programs, (program) => {
        const { system, fault, areAlike } = examined(program, true);
        if (fault) return;
        const block = system.blocks[0]!;
        const rows = behaviours(program, block.states).map((row) => JSON.stringify(row));
        for (const [i, a] of rows.entries())
          for (const [j, b] of rows.entries()) {
            expect(areAlike(block, i, j)).toBe(a === b);
            if (i < j && a === b) shared++;
          }
      }),
      { numRuns: 80 },
    );
    expect(shared).toBeGreaterThan(3);
  });

  test('StatesOfABlockAreAlikeIffEveryPacketDoesTheSame: whatever the other blocks are in (spec 2.4)', () => {
    const met = { alike: 0, other: 0 };
    fc.assert(
      fc.property(fc.oneof(programs, eventful), (program) => {
        const { system, fault, areAlike } = examined(program);
        if (fault || system.blocks.length < 2) return;
        for (const block of system.blocks)
          for (const a of block.states.keys())
            for (const b of block.states.keys()) {
              const [withA, withB] = [a, b].map((own) =>
                JSON.stringify(
                  behaviours(
                    program,
                    system.states.map((state) => withPart(state, block, block.states[own]!)),
                  ),
                ),
              );
              expect(areAlike(block, a, b)).toBe(withA === withB);
              if (a < b) met[withA === withB ? 'alike' : 'other']++;
            }
      }),
      { numRuns: 200 },
    );
    expect(Math.min(met.alike, met.other)).toBeGreaterThan(3);
  });

  test('UnusedEdgesAreThoseWhoseBranchNoPacketRuns', () => {
    let unusedEdges = 0;
    fc.assert(
      fc.property(programs, (program) => {
        const { system, fault, unused } = examined(program);
        if (fault) return;
        const all = system.blocks.flatMap((block) => block.edges.map((edge) => ({ block, edge })));
        const expected = all.filter(({ block, edge }) => {
          const { formula } = system.labels[edge.label]!;
          return !program.topology.hosts.some(({ at }) =>
            packetsOf(program.fields).some((headers) => {
              let runs = false;
              // The other blocks may be in any of their states.
              for (const state of system.states) {
                if (String(withPart(state, block, block.states[edge.from]!)) !== String(state)) continue;
                const meaning = inState(state)((crossed, link) => {
                  const matches = formula.every((l) => (crossed.headers[l.field] === l.value) === l.equal);
                  runs ||= matches && edge.occurrences.includes(link.occurrence);
                  return forgetHops(crossed);
                });
                evaluate(program.policy, entering(headers, at), meaning);
              }
              return runs;
            }),
          );
        });
        expect(unused).toEqual(expected);
        unusedEdges += expected.length;
      }),
      { numRuns: 150 },
    );
    expect(unusedEdges).toBeGreaterThan(5);
  });

  test('UnusedEdgesAreFoundBehindFieldsThatNothingAsksFor', () => {
    // Only packets with vlan_id=1 cross the link, so none satisfies the formula of the first branch; but none of them
    // is asked for ip_proto either, which the first branch tests at 2 alone.
    const reading = readProgram(
      `host H1 @ 1:3; host H2 @ 2:3; link 1:1 <-> 2:1; field vlan_id in {0, 1}; state [0];
      policy (sw=2; ip_proto=1; vlan_id=0 + vlan_id=1); pt<-1; (1:1)->(2:1)-><state<-[1]>; pt<-3`,
      'unused.snk',
    );
    if (!reading.ok) throw new Error('the program was not accepted');
    const { system, unused } = examined(reading.program);
    expect(unused.map(({ edge }) => system.labels[edge.label]!.text)).toEqual(['ip_proto=1 & vlan_id=0']);
  });
});
