import type { Headers } from '../netkat/fields.js';
import type { Location } from '../netkat/policy.js';
import type { Decision } from './decision.js';
import { enabledDecisions } from './enabled.js';
import { changesNothing } from './random-runs.js';
import { type Taken, take } from './rules.js';
import { type Run, runOf } from './run.js';
import { initialNetwork, type NetworkState, noPacketUnderWay, type Setting } from './state.js';

/** A packet that may enter. */
export interface Entering {
  readonly at: Location;
  readonly headers: Headers;
}

/** An execution ends after this many steps for each packet: in best-effort packets may circle for ever. */
const maxSteps = 40;

/**
 * Every execution in which `packets` packets enter, each of them one of `entries`, up to where nothing more can happen;
 * depth first. As for the explorer (network/machine.ts), a copy crosses its link or leaves as soon as it has been sent,
 * and steps of the controller that change nothing are left out. Once no packet is under way and none will enter, what
 * the controller does is played in one order only, since no packet can tell the difference.
 */
export function* allRuns(setting: Setting, entries: readonly Entering[], packets: number): Generator<Run> {
  const states: NetworkState[] = [initialNetwork(setting)];
  const taken: Taken[] = [];
  /** By state: the steps that are still to be tried, the next one last. */
  const open: Taken[][] = [];
  for (;;) {
    const state = states[states.length - 1]!;
    const steps = taken.length < maxSteps * packets ? nextSteps(setting, entries, packets, state) : [];
    if (steps.length === 0) yield runOf(setting, [...states], [...taken]);
    open.push(steps.reverse());
    while (open.length > 0 && open[open.length - 1]!.length === 0) {
      open.pop();
      states.pop();
      taken.pop();
    }
    const next = open[open.length - 1]?.pop();
    if (!next) return;
    states.push(next.state);
    taken.push(next);
  }
}

/** The steps to be tried in a state. */
function nextSteps(setting: Setting, entries: readonly Entering[], packets: number, state: NetworkState): Taken[] {
  const steps = (decisions: readonly Decision[]): Taken[] =>
    decisions.flatMap((decision): Taken[] => {
      const outcome = take(setting, state, decision);
      return outcome.kind === 'taken' && !changesNothing(decision, state, outcome) ? [outcome] : [];
    });
  const enabled = enabledDecisions(setting, state);
  const leaving = enabled.find(({ rule }) => rule === 'LINK' || rule === 'OUT');
  if (leaving) return steps([leaving]);
  const possible = steps(enabled);
  if (state.entered >= packets) return noPacketUnderWay(state) ? possible.slice(0, 1) : possible;
  return [...possible, ...steps(entries.map((entry) => ({ rule: 'IN', ...entry }) as const))];
}
