import type { Decision } from './decision.js';
import { enabledDecisions } from './enabled.js';
import type { Entry } from './entries.js';
import { type Outcome, take } from './rules.js';
import { type Run, runOf } from './run.js';
import { initialNetwork, type Setting } from './state.js';

/**
 * What stays the same while somebody tries out executions: the network, the packets that may enter, and how many may do
 * so.
 */
export interface Ground {
  readonly setting: Setting;
  readonly entries: readonly Entry[];
  readonly packets: number;
}

/**
 * An execution that is left open. Each of its actions is the index of the choice that was made among those that there
 * were.
 */
export interface Session {
  readonly ground: Ground;
  readonly actions: readonly number[];
  readonly run: Run;
}

/**
 * A step that is possible, or would be if `g` were defined of the tag (spec 3.1: an undefined configuration), with its
 * outcome.
 */
export interface Choice {
  readonly decision: Decision;
  readonly outcome: Exclude<Outcome, { readonly kind: 'refused' }>;
}

/** Why some actions make no session. */
export interface ImpossibleActions {
  readonly impossible: string;
}

/** More steps than this are not taken: judging them takes time cubic in their number. */
export const maxActions = 300;

/** The session in which nothing has happened. */
export function begin(ground: Ground): Session {
  return { ground, actions: [], run: runOf(ground.setting, [initialNetwork(ground.setting)], []) };
}

/**
 * Every step that can be taken next. Their order depends on the actions so far only, so that an index names a step:
 * what the network does (spec 3), then the packets that may still enter (spec 3.2).
 */
export function choicesOf({ ground, run }: Session): Choice[] {
  const { setting, entries, packets } = ground;
  const state = run.states[run.states.length - 1]!;
  const entering = state.entered < packets ? entries : [];
  const decisions: Decision[] = [
    ...enabledDecisions(setting, state),
    ...entering.map(({ at, headers }) => ({ rule: 'IN', at, headers }) as const),
  ];
  return decisions.map((decision) => {
    const outcome = take(setting, state, decision);
    if (outcome.kind === 'refused') throw new Error(`${decision.rule} is enabled, but: ${outcome.reason}`);
    return { decision, outcome };
  });
}

/** The session one step later. */
export function choose(session: Session, action: number): Session | ImpossibleActions {
  const choice = choicesOf(session)[action];
  const step = session.actions.length + 1;
  if (!choice) return { impossible: `action ${step}: there is no choice ${action}` };
  if (step > maxActions) return { impossible: `action ${step}: no more than ${maxActions} steps are taken` };
  const { outcome } = choice;
  if (outcome.kind !== 'taken') return { impossible: `action ${step}: ${outcome.reason}` };
  const { setting, states, taken } = session.run;
  const run = runOf(setting, [...states, outcome.state], [...taken, outcome]);
  return { ground: session.ground, actions: [...session.actions, action], run };
}

/** The session one step earlier; the beginning has none. */
export function undo(session: Session): Session {
  const { ground, actions, run } = session;
  if (actions.length === 0) return session;
  const { setting, states, taken } = run;
  return { ground, actions: actions.slice(0, -1), run: runOf(setting, states.slice(0, -1), taken.slice(0, -1)) };
}

/** The session that some actions lead to, re-executed from the beginning. */
export function resume(ground: Ground, actions: readonly number[]): Session | ImpossibleActions {
  let session = begin(ground);
  for (const action of actions) {
    const next = choose(session, action);
    if ('impossible' in next) return next;
    session = next;
  }
  return session;
}

/** The text by which actions are shared, such as `3.0.5`; it is empty for the beginning. */
export const showActions = (actions: readonly number[]): string => actions.join('.');

/** The actions that a text names, or undefined if `showActions` writes no such text. */
export function readActions(text: string): readonly number[] | undefined {
  if (text === '') return [];
  return /^(0|[1-9]\d{0,8})(\.(0|[1-9]\d{0,8}))*$/.test(text) ? text.split('.').map(Number) : undefined;
}
