import { isDeepStrictEqual } from 'node:util';
import { showEvents } from '../base/event-set-notation.js';
import type { Decision } from './decision.js';
import type { Step } from './execution.js';
import { type Outcome, outputsOf, type Taken, take } from './rules.js';
import { type Run, runOf } from './run.js';
import { readHeaders, readLocation, showSet } from './show.js';
import { initialNetwork, inputQueue, type NetworkState, type Setting } from './state.js';
import type { StatedExecution, StatedStep } from './stated.js';
import { variants } from './variants.js';

/**
 * Whether an execution can be re-run by the rules of spec 3; if not, the first impossible step, why, and the run before
 * it.
 */
export type Rerun =
  | { readonly kind: 'possible'; readonly run: Run }
  | { readonly kind: 'impossible'; readonly step: number; readonly why: string; readonly run: Run };

type StatedStepOf<R extends Step['rule']> = Extract<StatedStep, { readonly rule: R }>;

/**
 * Re-runs an execution step by step. A step states what happened (tag, detected events, outputs, …): every key that it
 * states must be what the rules give, and the rules supply what it leaves out. Keys that the rules do not know are
 * ignored.
 */
export function rerunSteps(setting: Setting, steps: StatedExecution): Rerun {
  const states: NetworkState[] = [initialNetwork(setting)];
  const taken: Taken[] = [];
  for (const [i, step] of steps.entries()) {
    const state = states[i]!;
    const decision = decide(setting, state, step);
    const impossible = (why: string): Rerun => {
      return { kind: 'impossible', step: i, why: `${name(step)}: ${why}`, run: runOf(setting, states, taken) };
    };
    const outcome: Outcome | string = typeof decision === 'string' ? decision : take(setting, state, decision);
    if (typeof outcome === 'string') return impossible(outcome);
    if (outcome.kind !== 'taken') return impossible(outcome.reason);
    const difference = compare(step, outcome.step);
    if (difference !== undefined) return impossible(difference);
    taken.push(outcome);
    states.push(outcome.state);
  }
  return { kind: 'possible', run: runOf(setting, states, taken) };
}

const rules: Readonly<Record<Step['rule'], true>> = {
  IN: true,
  SW: true,
  LINK: true,
  OUT: true,
  CTRLRECV: true,
  CTRLSEND: true,
};

/** What people write by hand may name any rule. */
const isRule = (rule: string): rule is Step['rule'] => Object.hasOwn(rules, rule);

/** A step in a few words, for messages. */
function name(step: StatedStep): string {
  if (!isRule(step.rule)) return `step ${JSON.stringify(step.rule)}`;
  switch (step.rule) {
    case 'IN':
    case 'SW':
    case 'OUT':
      return `${step.rule} at ${step.at}`;
    case 'LINK':
      return `LINK from ${step.from}`;
    case 'CTRLRECV':
      return `CTRLRECV of ${showEvents(step.item)}`;
    case 'CTRLSEND':
      return `CTRLSEND to switch ${step.switch}`;
  }
}

/** The decision that a step reports, or why there is none. */
function decide(setting: Setting, state: NetworkState, step: StatedStep): Decision | string {
  if (!isRule(step.rule)) return 'there is no such rule';
  switch (step.rule) {
    case 'IN':
      return decideEntry(setting, step);
    case 'SW':
      return decideSwitch(setting, state, step);
    case 'LINK': {
      const from = readLocation(step.from);
      return from ? { rule: 'LINK', from } : `${step.from} is no location`;
    }
    case 'OUT': {
      const at = readLocation(step.at);
      return at ? { rule: 'OUT', at } : `${step.at} is no location`;
    }
    case 'CTRLRECV':
      return decideReceive(state, step);
    case 'CTRLSEND':
      return decideSend(setting, state, step);
  }
}

function decideEntry({ program }: Setting, step: StatedStepOf<'IN'>): Decision | string {
  const at = readLocation(step.at);
  if (!at) return `${step.at} is no location`;
  const headers = readHeaders(program.fields, step.headers);
  return 'wrong' in headers ? headers.wrong : { rule: 'IN', at, headers };
}

/** The order of the outputs is the one in which the step lists them. */
function decideSwitch(setting: Setting, state: NetworkState, step: StatedStepOf<'SW'>): Decision | string {
  const at = readLocation(step.at);
  if (!at) return `${step.at} is no location`;
  const head = inputQueue(state, at)[0];
  const outputs = head && outputsOf(setting, state, at, head);
  // Without an order, `take` says what is wrong with the step. (Fewer than two outputs have only one order.)
  if (!outputs || outputs.length < 2 || step.outputs?.length !== outputs.length) return { rule: 'SW', at };
  const order = step.outputs.map(({ port, headers }) => {
    const stated = readHeaders(setting.program.fields, headers);
    return outputs.findIndex((output) => output.port === port && isDeepStrictEqual(output.headers, stated));
  });
  return order.includes(-1) || new Set(order).size < order.length ? { rule: 'SW', at } : { rule: 'SW', at, order };
}

/** If a step does not say which SW told the item, the item that was told first is meant. */
function decideReceive(state: NetworkState, step: StatedStepOf<'CTRLRECV'>): Decision | string {
  const item = state.controllerQueue.findIndex(
    ({ item, told }) => isDeepStrictEqual(showSet(item), step.item) && (step.told === undefined || told === step.told),
  );
  if (item >= 0) return { rule: 'CTRLRECV', item };
  const there = state.controllerQueue
    .map(({ item, told }) => `${showEvents(showSet(item))} told by step ${told}`)
    .join(', ');
  return `the controller's queue holds no such item${step.told === undefined ? '' : ` told by step ${step.told}`}, but ${there || 'nothing'}`;
}

/** Finds the choice whose result is the stated set; in `figure6` there is one choice for each event of R. */
function decideSend(setting: Setting, state: NetworkState, step: StatedStepOf<'CTRLSEND'>): Decision | string {
  const eventSet = state.switches[step.switch]?.eventSet ?? 0n;
  const choices = variants[setting.semantics].send(eventSet, state.known);
  if (step.eventSet === undefined && choices.length > 1)
    return `the controller may tell any of ${choices.length} events: the step must state \`eventSet\``;
  const choice = choices.findIndex((set) => isDeepStrictEqual(showSet(set), step.eventSet));
  return { rule: 'CTRLSEND', switch: step.switch, choice: Math.max(choice, 0) };
}

/** The first key in which what a step states differs from what the rules give, in words; undefined if none does. */
function compare(stated: StatedStep, actual: Step): string | undefined {
  for (const [key, value] of Object.entries(actual)) {
    const said: unknown = (stated as unknown as Record<string, unknown>)[key];
    // What a step leaves out contradicts nothing. (The CTRLRECV of interface.md does not say which SW told the item.)
    if (said === undefined) continue;
    if (!isDeepStrictEqual(said, value))
      return `the step states ${key} ${JSON.stringify(said)}, but by the rules it is ${JSON.stringify(value)}`;
  }
  return undefined;
}
