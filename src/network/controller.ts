import { type BagOf, compareTold } from './reductions/covered-items.js';
import type { Listeners } from './reductions/listeners.js';
import type { NetworkState, Told, Version } from './state.js';
import type { EmitTransition, MachineSetting } from './steps.js';

/** When the controller's steps are taken, and what a state remembers for their sake. */
export interface ControllerSteps {
  /** CTRLRECV, and CTRLSEND to those who listen. */
  readonly steps: (state: NetworkState, emit: EmitTransition, listening: Listeners) => void;
  /** Whether a step of switch n may come next. */
  readonly mayStep: (state: NetworkState, n: number) => boolean;
  /** The state after a step of switch n. */
  readonly stepped: (state: NetworkState, n: number) => NetworkState;
  /** The state without what has become useless for these steps. */
  readonly forgetful: (state: NetworkState) => NetworkState;
}

/** The rules' own steps, each wherever it is possible. */
export function eagerController(setting: MachineSetting, bagOf: BagOf): ControllerSteps {
  const { switches, charge } = setting;
  return {
    steps: (state, emit, listening) => {
      const version = state.versions[0]!;
      for (const { place, next, controllerQueue } of receptions(setting, version, state.controllerQueue, bagOf))
        emit(
          { ...state, versions: [next], controllerQueue },
          { rule: 'CTRLRECV', place },
          charge === 'complete' ? 0 : 1,
        );
      for (let n = 0; n < switches.length; n++) {
        if (!listening[n]) continue;
        for (const { eventSet, ghost } of sends(setting, state, n, version)) {
          const change = { eventSets: state.eventSets.with(n, eventSet), ghosts: state.ghosts.with(n, ghost) };
          emit({ ...state, ...change }, { rule: 'CTRLSEND', switch: n, version: 0, eventSet }, 1);
        }
      }
    },
    mayStep: () => true,
    stepped: (state) => state,
    forgetful: (state) => state,
  };
}

/** CTRLRECV: for each item of Q (equal items count once), what R becomes by taking it, and Q without it. */
export function receptions(
  { variant, observer }: Pick<MachineSetting, 'variant' | 'observer'>,
  { set, ghost }: Version,
  controllerQueue: readonly Told[],
  bagOf: BagOf,
): { readonly place: number; readonly next: Version; readonly controllerQueue: readonly Told[] }[] {
  return [...controllerQueue.entries()].flatMap(([place, told]) => {
    const before = controllerQueue[place - 1];
    if (before && compareTold(before, told) === 0) return [];
    const next: Version = { set: variant.receive(set, told.item), ghost: observer.receive(ghost, told.ghost) };
    const left = controllerQueue.filter((_, i) => i !== place);
    return [{ place, next, controllerQueue: bagOf(next, left) }];
  });
}

/** CTRLSEND: each set that switch n can know after a version is sent to it, except the set that it knows now. */
export function sends(
  { variant, observer }: Pick<MachineSetting, 'variant' | 'observer'>,
  state: NetworkState,
  n: number,
  { set, ghost }: Version,
): { readonly eventSet: number; readonly ghost: number }[] {
  const past = observer.send(state.ghosts[n]!, ghost);
  return variant
    .send(state.eventSets[n]!, set)
    .map((eventSet) => ({ eventSet, ghost: past }))
    .filter(({ eventSet }) => eventSet !== state.eventSets[n] || past !== state.ghosts[n]);
}
