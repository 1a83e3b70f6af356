import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../src/base/limits.js';
import { transitionSystem } from '../../src/events/transition-system.js';
import type { Program, StatefulAtom } from '../../src/language/program.js';
import { grow, treeTable } from '../../src/netkat/tree.js';
import { pathsOf } from '../netkat/paths.js';
import { walks } from '../netkat/walks.js';
import { arbitraryTerm, arbitraryWritten } from './arbitrary-program.js';
import { inState, packetsOf } from './stateful.js';

/** Compares every state's configuration with the policy itself in that state; returns how many histories there were. */
function compareStates(program: Program): number {
  const { states, configurations } = transitionSystem(program, defaultLimits);
  const table = treeTable();
  let histories = 0;
  for (const [i, state] of states.entries())
    for (const { at } of program.topology.hosts)
      for (const headers of packetsOf(program.fields)) {
        const grown = grow(table, program.topology, configurations[i]!, headers, at);
        const walked = walks<StatefulAtom>(inState(state), program.topology, program.policy, headers, at);
        expect(grown.kind === 'fault' ? grown.fault.kind : grown.kind).toBe(walked.kind);
        if (grown.kind !== 'tree' || walked.kind !== 'tree') continue;
        expect(pathsOf(table, grown.tree)).toEqual({ exits: walked.exits, hops: walked.hops });
        histories += walked.exits.length;
      }
  return histories;
}

describe('projection to a state (paper Figure 5; spec 1.3)', () => {
  test('TreesInAStateAreThoseOfThePolicyInThatState: any policy', () => {
    let histories = 0;
    fc.assert(
      fc.property(arbitraryTerm, (program) => {
        histories += compareStates(program);
      }),
      { numRuns: 80 },
    );
    expect(histories).toBeGreaterThan(100);
  });

  test('TreesInAStateAreThoseOfThePolicyInThatState: programs as they are written', () => {
    let histories = 0;
    fc.assert(
      fc.property(arbitraryWritten, (program) => {
        histories += compareStates(program);
      }),
      { numRuns: 40 },
    );
    expect(histories).toBeGreaterThan(50);
  });
});
