import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/base/limits.js';
import type { Problem } from '../../src/engines/engine.js';
import { members } from '../../src/events/event-set.js';
import { withFewEvents } from '../../src/events/partial-structures.js';
import { knowledge } from '../../src/network/knowledge.js';
import { allReductions } from '../../src/network/reductions/reductions.js';
import { sendersOf } from '../../src/packets/senders.js';
import { explore } from '../../src/search/explorer.js';
import { scout } from '../../src/search/scouts.js';
import { teamsOf } from '../../src/search/teams.js';
import { theorems } from '../../src/theorems/checks.js';
import { budget, problemOf } from './differential.js';
import { flags, star } from './large-products.js';

const { lemma3, 'theorem1.paper': paper, 'theorem1.causal': causal } = theorems;

const posed = (source: string, packets: number): Problem => {
  const problem = problemOf({ source, semantics: 'tagged', controller: true, packets, unroll: 12 });
  if (typeof problem === 'string') throw new Error(problem);
  return problem;
};

describe('a structure with few events', () => {
  const { system, structure } = posed(flags(7), 2);

  it('lists the event-sets that have no more, in the same order', () => {
    const few = withFewEvents(system, structure, 2, defaultLimits);
    expect(few.eventSets).toEqual(structure.eventSets.filter((set) => members(set).length <= 2));
    expect(few.eventSets.map(few.stateAfter)).toEqual(few.eventSets.map(structure.stateAfter));
  });

  it('is the whole one if nothing is left out', () => {
    expect(withFewEvents(system, structure, 7, defaultLimits)).toBe(structure);
  });

  it('says so if an execution comes to what it does not list', () => {
    const k = knowledge(withFewEvents(system, structure, 1, defaultLimits));
    expect(k.eventSetIndex(k.intern(0b1n))).toBeGreaterThan(0);
    expect(() => k.eventSetIndex(k.intern(0b11n))).toThrow('not expected');
  });
});

describe('senders', () => {
  it('depend on the blocks, and match the labels, that their way asks for and meets', () => {
    const senders = sendersOf(posed(star(3), 3)).filter(({ labels }) => labels.size > 0);
    const [one] = senders.filter(({ host, blocks }) => host.name === 'H0' && blocks.has(1));
    expect([...one!.labels]).toHaveLength(1);
    expect([...one!.blocks].sort()).toEqual([0, 1]);
    expect(Math.max(...senders.map(({ matches }) => matches))).toBe(1);
  });

  it('make teams whose packets cause nothing outside the blocks that change', () => {
    const problem = posed(star(4), 3);
    const labelsOf = (block: number) => problem.structure.eventsOf.findIndex((events) => events.includes(block));
    const teams = [...teamsOf(problem)];
    expect(teams.length).toBe(6);
    for (const { senders, blocks } of teams) {
      const own = [...blocks].map(labelsOf);
      expect(senders.flatMap(({ labels }) => [...labels]).every((label) => own.includes(label))).toBe(true);
    }
  });
});

describe('a product of many blocks', () => {
  it('is explored though its event-sets are too many to be listed', () => {
    for (const check of [lemma3, paper, causal])
      expect(explore(posed(flags(15), 1), check, budget).status).toBe('holds');
  }, 60_000);

  it('shows the violation of the paper’s reading among the first packets that are tried', () => {
    const verdict = explore(posed(star(16), 3), paper, budget);
    expect(verdict.status).toBe('violated');
    const { counterexample } = verdict as Extract<typeof verdict, { status: 'violated' }>;
    expect(counterexample.steps.filter(({ rule }) => rule === 'IN')).toHaveLength(3);
    // With as many packets the causal definition is kept: nothing is found.
    expect(scout(posed(star(4), 3), causal, budget, allReductions)).toBeUndefined();
  }, 60_000);
});
