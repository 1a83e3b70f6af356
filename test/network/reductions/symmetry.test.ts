import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knowledge } from '../../../src/network/knowledge.js';
import { type Machine, machine } from '../../../src/network/machine.js';
import { blind, type Observer } from '../../../src/network/observer.js';
import { compareTold } from '../../../src/network/reductions/covered-items.js';
import type { Reductions } from '../../../src/network/reductions/reductions.js';
import { encodeState, type NetworkState } from '../../../src/network/state.js';
import type { Transition } from '../../../src/network/steps.js';
import { taggedPackets } from '../../../src/network/tagged-packets.js';
import { variants } from '../../../src/network/variants/variants.js';
import { rawPackets } from '../../../src/packets/raw-packets.js';
import { causalDefinition } from '../../../src/search/observers/causal.js';
import { theorem1Observer } from '../../../src/search/observers/theorem1.js';
import { problemOf } from '../../search/differential.js';
import { threefold } from '../../search/threefold.js';

/** A network with and without the reduction, observed alike. */
function machines(semantics: 'tagged' | 'figure6' | 'two-phase', isBlind: boolean) {
  const problem = problemOf({ source: threefold, semantics, controller: true, packets: 4, unroll: 4 });
  if (typeof problem === 'string') throw new Error(problem);
  const { program, structure } = problem;
  const k = knowledge(structure);
  const observer: Observer = isBlind ? blind : theorem1Observer(k, causalDefinition(k), true);
  const space = taggedPackets(program, rawPackets(problem, { mixed: false }));
  const setting = {
    knowledge: k,
    variant: variants[semantics](k),
    space,
    switches: program.topology.switches,
    controller: true,
    observer,
    charge: 'complete',
    endsEarly: false,
    compares: false,
  } as const;
  const older: Reductions = new Set(['packets', 'partial-order', 'history'] as const);
  return {
    plain: machine({ ...setting, reductions: older }),
    symmetric: machine({ ...setting, reductions: new Set([...older, 'symmetry'] as const) }),
  };
}

interface Taken {
  readonly from: NetworkState;
  readonly action: Transition;
  readonly next: NetworkState;
  readonly by: number;
}

function successors(network: Machine, from: NetworkState): Taken[] {
  const found: Taken[] = [];
  const note = (next: NetworkState, action: Transition, _cost: number, by: number) =>
    void found.push({ from, action, next, by });
  network.enter(from, note, 2);
  network.proceed(from, note, 2);
  return found;
}

/** A state without the order of the bag and of ghosts, which undoing leaves as they come. */
const keyOf = (state: NetworkState): string => {
  const words: number[] = [];
  const controllerQueue = [...state.controllerQueue].map((told) => ({ ...told, ghost: 0 })).sort(compareTold);
  const queues = state.queues.map((queue) => queue.map((copy) => ({ ...copy, ghost: 0 })));
  const versions = state.versions.map((version) => ({ ...version, ghost: 0 }));
  const end = encodeState(
    { ...state, global: 0, controllerQueue, queues, versions, ghosts: state.ghosts.map(() => 0) },
    words,
  );
  return words.slice(0, end).join();
};

describe('a way through states that stand for others, undone, is one of the network itself', () => {
  it.each(['tagged', 'figure6', 'two-phase'] as const)('%s', (semantics) => {
    for (const isBlind of [true, false]) {
      const { plain, symmetric } = machines(semantics, isBlind);
      let renamed = 0;
      fc.assert(
        fc.property(fc.array(fc.nat(), { minLength: 4, maxLength: 14 }), (choices) => {
          const way: Taken[] = [];
          let state = symmetric.initial;
          for (const choice of choices) {
            const all = successors(symmetric, state);
            const taken = all[choice % all.length];
            if (!taken) break;
            way.push(taken);
            if (taken.by > 0) renamed++;
            state = taken.next;
          }
          const real = symmetric.undone(way);
          let at = keyOf(plain.initial);
          for (const [i, { from, action }] of real.entries()) {
            expect(keyOf(from)).toBe(at);
            const next = successors(plain, from).filter((one) => isSame(one.action, action));
            expect(next.length).toBeGreaterThan(0);
            const wanted = real[i + 1];
            if (!wanted) break;
            at = keyOf(wanted.from);
            expect(next.map((one) => keyOf(one.next))).toContain(at);
          }
        }),
        { numRuns: 150, seed: 1 },
      );
      expect(renamed).toBeGreaterThan(50);
    }
  });
});

const isSame = (a: Transition, b: Transition): boolean =>
  JSON.stringify({ ...a, place: 0 }) === JSON.stringify({ ...b, place: 0 });
