import { type ControllerSteps, receptions, sends } from '../controller.js';
import { anyonesTurn, controllersTurn, type NetworkState, newest, put, switchesTurn, type Version } from '../state.js';
import type { EmitTransition, MachineSetting } from '../steps.js';
import type { BagOf } from './covered-items.js';
import type { Listeners } from './listeners.js';

/**
 * The controller's steps, only where they are needed (the reduction `partial-order`).
 *
 * CTRLSEND to switch n is explored only where a step of n follows. Of the other steps none reads or writes E_n, and
 * only CTRLRECV changes what it sends, R. So it can be put off until just before the next IN or SW of n (or left out if
 * there is none) if it then sends the R of its own time: the versions that R has had since n's last step are kept for
 * that. An execution that is found so is real: the CTRLSEND belongs before the CTRLRECV that replaced its version, and
 * n takes no step between there and here.
 *
 * CTRLRECV is explored only where a CTRLRECV, or a CTRLSEND of the version that it makes, follows. It reads and writes
 * Q and R alone; SW only adds to Q. So it can be put off until the first CTRLSEND that sends what it has added, or for
 * ever.
 *
 * With `forgets` (of the reduction `history`) a version is dropped if it tells nothing new to any switch that it can
 * still reach.
 */
export function lazyController(setting: MachineSetting, bagOf: BagOf, forgets: boolean): ControllerSteps {
  const { switches, charge } = setting;

  const mayStep = ({ turn }: NetworkState, n: number): boolean => turn === anyonesTurn || turn === switchesTurn + n;

  /** CTRLRECV. */
  const receive = (state: NetworkState, emit: EmitTransition): void => {
    if (state.turn !== anyonesTurn && state.turn !== controllersTurn) return;
    const { set, ghost } = newest(state);
    for (const { place, next, controllerQueue } of receptions(setting, newest(state), state.controllerQueue, bagOf)) {
      const isNew = next.set !== set || next.ghost !== ghost;
      const versions = isNew ? [...state.versions, next] : state.versions;
      const received = { ...state, turn: controllersTurn, versions, controllerQueue };
      emit(forgetful(received), { rule: 'CTRLRECV', place }, charge === 'complete' ? 0 : 1);
    }
  };

  /** CTRLSEND, where it tells the switch something: otherwise nothing has changed for any later step. */
  const send = (state: NetworkState, emit: EmitTransition, listening: Listeners): void => {
    const last = state.versions.length - 1;
    for (let n = 0; n < switches.length; n++) {
      if (!listening[n] || (state.turn !== controllersTurn && !mayStep(state, n))) continue;
      for (let version = state.turn === controllersTurn ? last : state.oldest[n]!; version <= last; version++) {
        for (const { eventSet, ghost } of sends(setting, state, n, state.versions[version]!)) {
          const change = { eventSets: put(state.eventSets, n, eventSet), ghosts: put(state.ghosts, n, ghost) };
          // The controller sends versions in order: no older one can follow.
          const oldest = put(state.oldest, n, version);
          const next = forgetful({ ...state, ...change, oldest, turn: switchesTurn + n });
          emit(next, { rule: 'CTRLSEND', switch: n, version, eventSet }, 1);
        }
      }
    }
  };

  const forgetful = (state: NetworkState): NetworkState => {
    const { versions, oldest } = state;
    if (!forgets || versions.length === 1) return state;
    const isOfUse = (version: Version, i: number) =>
      i === versions.length - 1 ||
      oldest.some((first, n) => first <= i && sends(setting, state, n, version).length > 0);
    const kept = versions.filter(isOfUse);
    if (kept.length === versions.length) return state;
    const firstKept = (first: number) => versions.slice(0, first).filter(isOfUse).length;
    return { ...state, versions: kept, oldest: oldest.map(firstKept) };
  };

  return {
    steps: (state, emit, listening) => {
      receive(state, emit);
      send(state, emit, listening);
    },
    mayStep,
    // The switch can no longer have been sent what R was before.
    stepped: (state, n) => {
      const last = state.versions.length - 1;
      if (state.oldest[n] === last && state.turn === anyonesTurn) return forgetful(state);
      const oldest = state.oldest[n] === last ? state.oldest : put(state.oldest, n, last);
      return forgetful({ ...state, turn: anyonesTurn, oldest });
    },
    forgetful,
  };
}
