import { members } from '../events/event-set.js';
import type { Decision } from '../execution/decision.js';
import type { Execution, Step } from '../execution/execution.js';
import { queueOrders } from '../execution/orders.js';
import { outputsOf, take } from '../execution/rules.js';
import { capabilities } from '../execution/semantics.js';
import { initialNetwork, inputQueue, type NetworkState, type Setting } from '../execution/state.js';
import { undetermined } from '../netkat/fields.js';
import type { ExportedModel } from './model.js';

/** A step of the exported model, as it prints itself: `SNK RULE numbers`. */
interface Action {
  readonly rule: string;
  readonly numbers: readonly number[];
}

/** The execution that a trail stands for; or the first action that the rules do not allow, and why. */
export type TrailExecution =
  | { readonly kind: 'execution'; readonly steps: Execution }
  | { readonly kind: 'impossible'; readonly action: number; readonly why: string };

/**
 * Turns the output of `spin -t -T` into an execution: each action is re-executed by the literal rules, with LINK and
 * OUT written out, and every CTRLSEND before the CTRLRECV by which R ceased to be the version that it sends.
 */
export function replayTrail(model: ExportedModel, setting: Setting, output: string): TrailExecution {
  const lines = [...output.matchAll(/^\s*SNK (\w+)((?: -?\d+)*)\s*$/gm)];
  const actions = inOrder(
    lines.map(([, rule, numbers]) => ({ rule: rule!, numbers: numbers!.trim().split(' ').map(Number) })),
  );
  const steps: Step[] = [];
  let state = initialNetwork(setting);
  for (const [i, action] of actions.entries()) {
    const decision = decide(model, setting, state, action);
    if (typeof decision === 'string') return { kind: 'impossible', action: i, why: decision };
    const outcome = take(setting, state, decision);
    if (outcome.kind !== 'taken') return { kind: 'impossible', action: i, why: outcome.reason };
    state = outcome.state;
    steps.push(outcome.step);
    for (const next of departures(decision, outcome.queued ?? [])) {
      const left = take(setting, state, next);
      if (left.kind !== 'taken') return { kind: 'impossible', action: i, why: left.reason };
      state = left.state;
      steps.push(left.step);
    }
  }
  return { kind: 'execution', steps };
}

function inOrder(actions: readonly Action[]): Action[] {
  const ordered: Action[] = [];
  for (const action of actions) {
    const replaced = (earlier: Action) =>
      earlier.rule === 'CTRLRECV' && action.rule === 'CTRLSEND' && earlier.numbers[1] === action.numbers[1]! + 1;
    const at = ordered.findIndex(replaced);
    ordered.splice(at < 0 ? ordered.length : at, 0, action);
  }
  return ordered;
}

/** The LINKs and OUTs of the copies that a SW has queued: in the model they are part of the SW. */
function departures(
  decision: Decision,
  queued: readonly { port: number; finished: boolean; to: unknown }[],
): Decision[] {
  if (decision.rule !== 'SW') return [];
  return queued.flatMap(({ port, finished, to }): Decision[] => {
    const at = { switch: decision.at.switch, port };
    return [...(finished ? [{ rule: 'OUT', at } as const] : []), ...(to ? [{ rule: 'LINK', from: at } as const] : [])];
  });
}

/** The decision that an action's rule and three numbers stand for; or, in words, why there is none. */
type Reading = (
  model: ExportedModel,
  setting: Setting,
  state: NetworkState,
  numbers: readonly number[],
) => Decision | string;

/** How actions of each rule are read. The model has no LINK and no OUT: they are part of its SW. */
const readings: Readonly<Record<Exclude<Decision['rule'], 'LINK' | 'OUT'>, Reading>> = {
  IN: ({ entries }, { program }, _state, [first = -1]) => {
    const entry = entries[first];
    if (!entry) return `there is no entry ${first}`;
    // Nothing looks at an undetermined field: any value will do.
    const headers = entry.headers.map((value, f) =>
      value === undetermined ? program.fields[f]!.domain.length - 1 : value,
    );
    return { rule: 'IN', at: entry.at, headers };
  },
  SW: ({ queues }, setting, state, [first = -1, second = -1]) => {
    const at = queues[first]?.at;
    const head = at && inputQueue(state, at)[0];
    const outputs = head && outputsOf(setting, state, at, head);
    const order = outputs && queueOrders(outputs)[second];
    return order ? { rule: 'SW', at, order } : `no packet waits in queue ${first}, or it has no order ${second}`;
  },
  CTRLRECV: (_model, _setting, _state, [first = -1]) => ({ rule: 'CTRLRECV', item: first }),
  CTRLSEND: ({ switches }, { semantics }, { known }, [first = -1, , third = -1]) => {
    const choice = capabilities[semantics].sends === 'one event' ? members(known).indexOf(third) : 0;
    return { rule: 'CTRLSEND', switch: switches[first] ?? -1, choice };
  },
};

const isRule = (rule: string): rule is keyof typeof readings => Object.hasOwn(readings, rule);

const decide = (
  model: ExportedModel,
  setting: Setting,
  state: NetworkState,
  { rule, numbers }: Action,
): Decision | string => (isRule(rule) ? readings[rule](model, setting, state, numbers) : `there is no rule ${rule}`);
