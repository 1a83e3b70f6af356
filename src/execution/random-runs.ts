import type { Decision } from './decision.js';
import { enabledDecisions } from './enabled.js';
import { type Taken, take } from './rules.js';
import type { Run } from './run.js';
import { initialNetwork, type NetworkState, noPacketUnderWay, type Setting } from './state.js';

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An execution ends after this many steps for each packet: in best-effort packets may circle for ever. */
const maxSteps = 40;

/**
 * A random execution of the rules in which `packets` packets enter at random moments, with random headers, at random
 * hosts.
 */
export function randomRun(setting: Setting, packets: number, random: () => number): Run {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const { hosts } = setting.program.topology;
  const states: NetworkState[] = [initialNetwork(setting)];
  const taken: Taken[] = [];
  for (let i = 0; i < maxSteps * packets; i++) {
    const state = states[i]!;
    const steps = enabledDecisions(setting, state).flatMap((decision): Taken[] => {
      const outcome = take(setting, state, decision);
      // A CTRLSEND that adds nothing is left out: it is always possible, and would crowd out the other steps.
      return outcome.kind === 'taken' && !changesNothing(decision, state, outcome) ? [outcome] : [];
    });
    const mayEnter = state.entered < packets && hosts.length > 0;
    if (mayEnter && (steps.length === 0 || random() < 0.3)) {
      const headers = setting.program.fields.map(({ domain }) => Math.floor(random() * domain.length));
      const entered = take(setting, state, { rule: 'IN', at: pick(hosts).at, headers });
      if (entered.kind !== 'taken') throw new Error(`a packet cannot enter: ${entered.reason}`);
      steps.splice(0, steps.length, entered);
    }
    if (steps.length === 0) break;
    const next = pick(steps);
    taken.push(next);
    states.push(next.state);
  }
  const last = states[states.length - 1]!;
  const complete = noPacketUnderWay(last);
  return { setting, states, taken, complete, drained: complete && last.controllerQueue.length === 0 };
}

/** Whether a step is a CTRLSEND that tells a switch only what it knows already. */
export const changesNothing = (decision: Decision, before: NetworkState, { state: after }: Taken): boolean =>
  decision.rule === 'CTRLSEND' &&
  before.switches[decision.switch]!.eventSet === after.switches[decision.switch]!.eventSet;
