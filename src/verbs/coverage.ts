import { memoryLimit_bytes } from '../base/memory.js';
import type { Problem } from '../engines/engine.js';
import { members, singleton } from '../events/event-set.js';
import { countStates } from '../events/transition-system.js';
import { positionsOf } from '../language/source.js';
import { showBlockEdge } from '../report/result/edges.js';
import type { ProgramCoverage } from '../report/result/result.js';
import { seenWithin } from '../search/seen.js';
import type { CheckOptions } from './check-options.js';
import type { Accepted } from './load.js';

/** So many states of the network are visited, and states of the program listed. */
const maxVisited = 300_000;
const maxListed = 1_000;

/** Time at most, in milliseconds. */
const time_ms = 30_000;

/** What executions within the bounds use of a program, and what any packet can. @throws LimitReached */
export function coverageOf(
  { analysis, reading, program }: Accepted,
  problem: Problem,
  options: CheckOptions,
): ProgramCoverage {
  const { system, structure } = problem;
  const { configurations } = analysis;
  const budget = {
    maxStates: Math.min(options.maxStates ?? maxVisited, maxVisited),
    deadline: performance.now() + Math.min(options.timeout_ms ?? time_ms, time_ms),
    maxBytes: memoryLimit_bytes(),
    onProgress: undefined,
  };
  const seen = seenWithin(problem, budget);
  const never = structure.events.filter(({ id }) => (seen.events & singleton(id)) === 0n).map(({ id }) => id);
  const states = new Map(
    seen.eventSets.flatMap((set) => {
      const state = structure.stateAfter(set);
      return state ? [[String(state), state] as const] : [];
    }),
  );
  const { all } = program.branches;
  const spans = new Map(all.slice(all.length > 1 ? 1 : 0).map(({ span }) => [`${span.start} ${span.end}`, span]));
  const unused = configurations.unusedBranches.map((branch) => all[branch]!.span.start);
  const positions = positionsOf(reading.text, unused);
  return {
    packets: problem.options.packets,
    complete: seen.isComplete,
    events: { all: members(structure.events.reduce((set, { id }) => set | singleton(id), 0n)).length, never },
    states: { all: countStates(system), used: [...states.values()].slice(0, maxListed) },
    edges: {
      all: system.blocks.reduce((sum, { edges }) => sum + edges.length, 0),
      unused: configurations.unused.map(({ block, edge }) => showBlockEdge(system, block, edge)),
    },
    branches: { all: spans.size, unused: unused.map((start) => positions.get(start)!) },
  };
}
