import { greatest } from '../../base/extremes.js';
import { allOf, and, anyOf, implies, no, type Term } from '../solver/term.js';
import type { SymbolicSet } from './event-terms.js';
import { declareEventSets, type Flow, type Spread, spread } from './flow.js';
import type { Network } from './network.js';
import { exactlyOne, type PossibleStep } from './steps.js';

/**
 * Happens-before (spec 4.1) as a flow of facts: a fact arises at a step, and is known at every step that this step ≺.
 */
function throughSteps(
  network: Network,
  how: Pick<Spread, 'hint' | 'facts' | 'strength'>,
  throughController: boolean,
  happens: (step: PossibleStep, heard: SymbolicSet) => SymbolicSet,
): Flow {
  const { steps, controller } = network;
  const all: Spread = { ...how, matters: () => true, carried: true };
  const none = new Array<Term>(how.facts).fill(no);
  return spread(steps, all, declareEventSets(steps, all), happens, (step, { after }) => {
    const send = throughController ? controller.sendBefore(step) : undefined;
    if (!send) return none;
    return none.map((_, fact) =>
      anyOf(controller.items.map((item) => and(controller.isHeard(send, item), after(item.step)[fact]!))),
    );
  });
}

/** Where events occur, and which have occurred before a step (≺). */
export const occurrences = (
  network: Network,
  throughController: boolean,
  occurring: (step: PossibleStep, past: SymbolicSet) => SymbolicSet,
): Flow =>
  throughSteps(
    network,
    { hint: 'past', facts: network.problem.structure.events.length, strength: 'exactly' },
    throughController,
    occurring,
  );

/** The one packet for which a violation is looked for: it may be any. */
export interface Watch {
  /** For each packet, whether it is the one. */
  readonly isWatched: readonly Term[];
  /** Whether all its located packets ≺ a step of another packet. */
  readonly isOver: (step: PossibleStep) => Term;
}

/**
 * Watches a packet. All its located packets ≺ a step iff all SWs of its copies do, for each located packet stands at a
 * SW or, for the first, at an IN before one. Only `too-early` asks whether a packet is over, and only positively, so
 * `isOver` may be false where it could be true.
 */
export function watch(network: Network, throughController: boolean): Watch {
  const { steps } = network;
  const isWatched = Array.from({ length: steps.packets }, () => steps.script.variable('watched'));
  exactlyOne(steps.script, isWatched);
  const colours = 1 + greatest(steps.all.map(({ copy }) => copy?.colour ?? 0));
  const facts = Array.from({ length: colours }, (_, colour) => colour);
  const isTaken = facts.map((colour) =>
    steps.script.define(
      'taken',
      anyOf([
        ...steps.all.flatMap(({ copy, packet, on }) => (copy?.colour === colour ? [and(on, isWatched[packet]!)] : [])),
      ]),
    ),
  );
  const flow = throughSteps(
    network,
    { hint: 'over', facts: colours, strength: 'at-most' },
    throughController,
    ({ copy, packet, on }) => facts.map((colour) => (copy?.colour === colour ? and(on, isWatched[packet]!) : no)),
  );
  return {
    isWatched,
    isOver: (step) => allOf(flow.heard(step).map((over, colour) => implies(isTaken[colour]!, over))),
  };
}
