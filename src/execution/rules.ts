import { showEvents } from '../base/event-set-notation.js';
import { satisfies } from '../events/formula.js';
import type { Output } from '../netkat/configuration.js';
import { entry } from '../netkat/configuration.js';
import { type Headers, showHeaders } from '../netkat/fields.js';
import type { Location } from '../netkat/policy.js';
import { hostAt, showLocation } from '../netkat/topology.js';
import type { Decision } from './decision.js';
import type { Step } from './execution.js';
import { showSet } from './show.js';
import {
  type Copy,
  configurationOf,
  inputQueue,
  type LeavingCopy,
  type NetworkState,
  outputQueue,
  type Setting,
  type SwitchState,
} from './state.js';
import { variants } from './variants.js';

/** A transition that was taken. */
export interface Taken {
  readonly kind: 'taken';
  readonly state: NetworkState;
  readonly step: Step;
  /** SW: the copy that the switch took. */
  readonly took?: Copy;
  /** SW: the copies that the switch queued, in that order. */
  readonly queued?: readonly LeavingCopy[];
  /** IN: the packet that entered. */
  readonly entered?: Copy;
}

/** Why a decision cannot be taken, in words. */
export interface Refused {
  readonly kind: 'refused';
  readonly reason: string;
}

/** A SW that must forward by a set X which is no event-set, so that `g(X)` is undefined (spec 3.1). */
export interface UndefinedConfiguration {
  readonly kind: 'undefined-configuration';
  readonly reason: string;
}

export type Outcome = Taken | Refused | UndefinedConfiguration;

const refused = (reason: string): Refused => ({ kind: 'refused', reason });

/** Takes one step from a state by the rules of paper Figure 6, in the variant of the setting (spec 3). */
export function take(setting: Setting, state: NetworkState, decision: Decision): Outcome {
  switch (decision.rule) {
    case 'IN':
      return enter(setting, state, decision.at, decision.headers);
    case 'SW':
      return process(setting, state, decision.at, decision.order);
    case 'LINK':
      return cross(state, decision.from);
    case 'OUT':
      return leave(setting, state, decision.at);
    case 'CTRLRECV':
      return receive(setting, state, decision.item);
    case 'CTRLSEND':
      return send(setting, state, decision.switch, decision.choice ?? 0);
  }
}

/** The state one step later, with what the step changes. */
const after = (state: NetworkState, change: Partial<NetworkState>): NetworkState => ({
  ...state,
  ...change,
  time: state.time + 1,
});

const withSwitch = (state: NetworkState, n: number, change: Partial<SwitchState>): NetworkState['switches'] => ({
  ...state.switches,
  [n]: { ...state.switches[n]!, ...change },
});

/** IN: a host sends a packet; it joins the input queue of its host port with tag E_n, position 0, digest {}. */
function enter(setting: Setting, state: NetworkState, at: Location, headers: Headers): Outcome {
  const { program, semantics } = setting;
  if (!hostAt(program.topology, at)) return refused(`no host is attached to ${showLocation(at)}`);
  const { eventSet, inputs } = state.switches[at.switch]!;
  // The packet gets this tag even if it is no event-set: the packet has then entered, but can go no further (spec 4.2).
  const tag = variants[semantics].stamp(eventSet);
  const copy: Copy = { packet: state.entered, headers, position: entry, tag, digest: 0n, sentBy: state.time };
  const queue = [...inputQueue(state, at), copy];
  return {
    kind: 'taken',
    state: after(state, {
      entered: state.entered + 1,
      switches: withSwitch(state, at.switch, { inputs: { ...inputs, [at.port]: queue } }),
    }),
    step: {
      rule: 'IN',
      packet: copy.packet,
      at: showLocation(at),
      headers: showHeaders(program.fields, headers),
      tag: tag === null ? null : showSet(tag),
    },
    entered: copy,
  };
}

/** The ids of the events that a packet with these headers matches when it arrives at `at`, ascending (spec 1.5). */
function matchingEvents({ structure, system }: Setting, headers: Headers, at: Location): number[] {
  return structure.events
    .filter((event) => event.at.switch === at.switch && event.at.port === at.port)
    .filter((event) => satisfies(headers, system.labels[event.label]!.formula) === true)
    .map((event) => event.id);
}

/**
 * The outputs of `g(tag)` for a copy at a location, in the order of `configuration.hop`; undefined if `g(tag)` is
 * undefined.
 */
export function outputsOf(
  setting: Setting,
  state: NetworkState,
  at: Location,
  copy: Copy,
): readonly Output[] | undefined {
  const set = variants[setting.semantics].processedBy(copy, state.switches[at.switch]!.eventSet);
  const hop = configurationOf(setting, set)?.hop(copy.headers, at, copy.position);
  if (hop?.kind === 'needs') throw new Error(`the headers of packet ${copy.packet} are not fully determined`);
  return hop?.outputs;
}

/**
 * SW: switch n takes the head packet of input queue m, detects, forwards by `g(tag)`, learns, and tells the controller.
 */
function process(setting: Setting, state: NetworkState, at: Location, order: readonly number[] | undefined): Outcome {
  const { program, structure, semantics } = setting;
  const variant = variants[semantics];
  const [took, ...rest] = inputQueue(state, at);
  if (!took) return refused(`no packet waits at ${showLocation(at)}`);
  const before = state.switches[at.switch]!;

  const tag = variant.processedBy(took, before.eventSet);
  const hopOutputs = outputsOf(setting, state, at, took);
  if (!hopOutputs)
    return {
      kind: 'undefined-configuration',
      reason: `packet ${took.packet} must be processed at ${showLocation(at)} by ${showEvents(showSet(tag))}, which is no event-set`,
    };
  const ordered = order ? order.map((i) => hopOutputs[i]) : hopOutputs;
  if (new Set(ordered).size !== hopOutputs.length || !ordered.every((o) => o !== undefined))
    return refused(`${order} does not order the ${hopOutputs.length} copies that the switch sends`);

  const matching = matchingEvents(setting, took.headers, at);
  const detected = variant.detect(structure, before.eventSet, took.digest, matching);
  const digest = variant.passOn(before.eventSet, took.digest, detected);
  const eventSet = variant.learn(before.eventSet, took.digest, detected);
  const told = variant.tell(structure, before.eventSet, took.digest, detected, matching);
  const outputs = { ...before.outputs };
  const queued: LeavingCopy[] = [];
  for (const { headers, port, to, position, finished } of ordered) {
    const copy = {
      packet: took.packet,
      headers,
      position,
      tag: took.tag,
      digest,
      sentBy: state.time,
      port,
      finished,
      to,
    };
    outputs[port] = [...(outputs[port] ?? []), copy];
    queued.push(copy);
  }
  return {
    kind: 'taken',
    state: after(state, {
      controllerQueue: [...state.controllerQueue, ...told.map((item) => ({ item, told: state.time }))],
      switches: withSwitch(state, at.switch, { inputs: { ...before.inputs, [at.port]: rest }, eventSet, outputs }),
    }),
    step: {
      rule: 'SW',
      packet: took.packet,
      at: showLocation(at),
      tag: showSet(tag),
      digestIn: showSet(took.digest),
      detected: showSet(detected),
      eventSet: showSet(eventSet),
      outputs: ordered.map(({ port, headers }) => ({
        port,
        headers: showHeaders(program.fields, headers),
        digest: showSet(digest),
      })),
    },
    took,
    queued,
  };
}

/** LINK: the head of an output queue moves to the input queue at the other end of the link. */
function cross(state: NetworkState, from: Location): Outcome {
  const [head, ...rest] = outputQueue(state, from);
  if (!head) return refused(`no packet waits to leave by ${showLocation(from)}`);
  const { port: _, finished, to, ...copy } = head;
  if (!to) return refused(`packet ${head.packet} leaves the network at ${showLocation(from)}`);
  // Only in best-effort, where configurations mix, can a copy both finish and move on: then it leaves the network (OUT)
  // first.
  if (finished) return refused(`a copy of packet ${head.packet} leaves the network first at ${showLocation(from)}`);
  const left = withSwitch(state, from.switch, {
    outputs: { ...state.switches[from.switch]!.outputs, [from.port]: rest },
  });
  const arrived: SwitchState = {
    ...left[to.switch]!,
    inputs: { ...left[to.switch]!.inputs, [to.port]: [...inputQueue(state, to), copy] },
  };
  return {
    kind: 'taken',
    state: after(state, { switches: { ...left, [to.switch]: arrived } }),
    step: { rule: 'LINK', packet: head.packet, from: showLocation(from), to: showLocation(to) },
  };
}

/**
 * OUT: the head of an output queue at a host port is delivered; in best-effort it may also finish at an internal port.
 */
function leave(setting: Setting, state: NetworkState, at: Location): Outcome {
  const [head, ...rest] = outputQueue(state, at);
  if (!head) return refused(`no packet waits to leave by ${showLocation(at)}`);
  if (!head.finished) return refused(`packet ${head.packet} does not leave the network at ${showLocation(at)}`);
  const host = hostAt(setting.program.topology, at);
  const stays = head.to ? [{ ...head, finished: false }] : [];
  const { outputs } = state.switches[at.switch]!;
  return {
    kind: 'taken',
    state: after(state, {
      switches: withSwitch(state, at.switch, { outputs: { ...outputs, [at.port]: [...stays, ...rest] } }),
    }),
    step: { rule: 'OUT', packet: head.packet, at: showLocation(at), host: host?.name ?? null },
  };
}

/** CTRLRECV: an item of Q is added to R. */
function receive(setting: Setting, state: NetworkState, index: number): Outcome {
  const taken = state.controllerQueue[index];
  if (!taken) return refused(`the controller's queue has no item ${index}`);
  const known = variants[setting.semantics].receive(setting.structure, state.known, taken.item);
  return {
    kind: 'taken',
    state: after(state, { known, controllerQueue: state.controllerQueue.filter((_, i) => i !== index) }),
    step: { rule: 'CTRLRECV', item: showSet(taken.item), told: taken.told },
  };
}

/** CTRLSEND: the controller informs one switch: what it knows is added to E_n. */
function send(setting: Setting, state: NetworkState, n: number, choice: number): Outcome {
  if (!setting.controller) return refused('the controller is off: it informs no switch');
  const before = state.switches[n];
  if (!before) return refused(`there is no switch ${n}`);
  const eventSet = variants[setting.semantics].send(before.eventSet, state.known)[choice];
  if (eventSet === undefined) return refused(`the controller knows of no event that it could tell switch ${n}`);
  return {
    kind: 'taken',
    state: after(state, { switches: withSwitch(state, n, { eventSet }) }),
    step: { rule: 'CTRLSEND', switch: n, eventSet: showSet(eventSet) },
  };
}
