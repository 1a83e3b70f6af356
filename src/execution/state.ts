import type { EventSet } from '../events/event-set.js';
import { emptySet } from '../events/event-set.js';
import type { EventStructure } from '../events/event-structure.js';
import type { TransitionSystem } from '../events/transition-system.js';
import type { Program } from '../language/program.js';
import type { Configuration, Position } from '../netkat/configuration.js';
import type { Headers } from '../netkat/fields.js';
import type { Location } from '../netkat/policy.js';
import type { Semantics } from './execution.js';

/** What runs, and by which variant of the rules. `controller` false removes CTRLSEND (spec 3.1). */
export interface Setting {
  readonly program: Program;
  readonly system: TransitionSystem;
  readonly structure: EventStructure;
  readonly semantics: Semantics;
  readonly controller: boolean;
}

/** A copy of a packet (spec 3). */
export interface Copy {
  /** The number of the packet, in the order of entry; its copies share it. */
  readonly packet: number;
  readonly headers: Headers;
  readonly position: Position;
  /** The event-set whose configuration processes the copy; null in `best-effort`. */
  readonly tag: EventSet | null;
  readonly digest: EventSet;
  /** The index of the step (an IN or a SW) that made this copy. */
  readonly sentBy: number;
}

/**
 * A copy in an output queue: it leaves the network there (OUT), or crosses a link to `to` (LINK), or does both in this
 * order.
 */
export interface LeavingCopy extends Copy {
  readonly port: number;
  readonly finished: boolean;
  readonly to: Location | undefined;
}

/** An item of the controller's queue, and the index of the SW that put it there. */
export interface QueueItem {
  readonly item: EventSet;
  readonly told: number;
}

/** A switch `(n, qm, E, qm)`: queues by port, the head first (paper Figure 6). */
export interface SwitchState {
  readonly inputs: Readonly<Record<number, readonly Copy[]>>;
  /** E_n; in `two-phase` and `best-effort`, the version that the switch was last told. */
  readonly eventSet: EventSet;
  readonly outputs: Readonly<Record<number, readonly LeavingCopy[]>>;
}

/** A state `(Q, R, S)` of the running network (paper Figure 6; spec 3). */
export interface NetworkState {
  /** How many steps led here. */
  readonly time: number;
  /** How many packets have entered. */
  readonly entered: number;
  /** Q: a bag. It is listed in the order of arrival only so that an index can name an item. */
  readonly controllerQueue: readonly QueueItem[];
  /** R: what the controller knows. */
  readonly known: EventSet;
  /** S: the state of each switch, by its number. */
  readonly switches: Readonly<Record<number, SwitchState>>;
}

/** The state before anything has happened: all queues and all sets are empty. */
export function initialNetwork(setting: Pick<Setting, 'program'>): NetworkState {
  const idle: SwitchState = { inputs: {}, eventSet: emptySet, outputs: {} };
  const { switches } = setting.program.topology;
  return {
    time: 0,
    entered: 0,
    controllerQueue: [],
    known: emptySet,
    switches: Object.fromEntries(switches.map((n) => [n, idle])),
  };
}

/** `g(X)`, or undefined if X is no event-set (spec 2.3, 3.1). */
export function configurationOf(
  setting: Pick<Setting, 'system' | 'structure'>,
  set: EventSet,
): Configuration | undefined {
  const state = setting.structure.stateAfter(set);
  return state && setting.system.configurationOf(state);
}

/** The input queue at a location; empty where there is no such place. */
export const inputQueue = (state: NetworkState, at: Location): readonly Copy[] =>
  state.switches[at.switch]?.inputs[at.port] ?? [];

/** The output queue at a location; empty where there is no such place. */
export const outputQueue = (state: NetworkState, at: Location): readonly LeavingCopy[] =>
  state.switches[at.switch]?.outputs[at.port] ?? [];

/** Whether all input and output queues are empty: no packet is on its way. */
export const noPacketUnderWay = (state: NetworkState): boolean =>
  Object.values(state.switches).every(({ inputs, outputs }) =>
    [...Object.values(inputs), ...Object.values(outputs)].every((queue) => queue.length === 0),
  );
