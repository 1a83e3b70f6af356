import type { EventSet } from '../events/event-set.js';
import type { Decision } from '../execution/decision.js';
import { queueOrders } from '../execution/orders.js';
import { outputsOf, type Taken, take } from '../execution/rules.js';
import type { Charge, Run } from '../execution/run.js';
import {
  initialNetwork,
  inputQueue,
  type LeavingCopy,
  type NetworkState,
  noPacketUnderWay,
  type Setting,
} from '../execution/state.js';
import { variants } from '../execution/variants.js';
import type { Headers } from '../netkat/fields.js';
import type { Location } from '../netkat/policy.js';
import { compareLocations } from '../netkat/topology.js';

/** A step as an engine knows it: without LINK and OUT, and without what an engine does not tell apart. */
export type Intent =
  | { readonly rule: 'IN'; readonly at: Location; readonly headers: Headers }
  | { readonly rule: 'SW'; readonly at: Location }
  /**
   * Takes any item of Q that is equal to `item`, if that is given, and was told by the SW of intent number `teller`, if
   * that is given.
   */
  | { readonly rule: 'CTRLRECV'; readonly item: EventSet | undefined; readonly teller: number | undefined }
  /**
   * `becomes` gives what E_n is to be after the step from what it is before; undefined if the rules leave no choice.
   */
  | {
      readonly rule: 'CTRLSEND';
      readonly switch: number;
      readonly becomes: ((eventSet: EventSet) => EventSet) | undefined;
    };

/** After this many runs the intents are said to be no execution. */
const maxAttempts = 2_000;

interface Trail {
  readonly states: readonly NetworkState[];
  readonly taken: readonly Taken[];
  /** For each intent, the index of its step in `taken`. */
  readonly indices: readonly number[];
}

/**
 * Executes intents by the plain rules of spec 3, with every LINK, OUT and CTRLRECV written out, and gives the first run
 * that `accepts`. Intents say less than a run: they name neither one of several items that say the same, nor the order
 * in which outputs for one port are queued; the runs that differ in these are tried in turn. With the charge
 * `complete`, a run is carried on until all queues are empty; else only what the intents need is done.
 */
export function rerun(
  setting: Setting,
  intents: readonly Intent[],
  charge: Charge,
  accepts: (run: Run) => boolean,
): Run | undefined {
  let attempts = 0;
  const last = ({ states }: Trail) => states[states.length - 1]!;
  const step = (trail: Trail, decision: Decision): Trail | undefined => {
    const outcome = take(setting, last(trail), decision);
    if (outcome.kind !== 'taken') return undefined;
    return { ...trail, states: [...trail.states, outcome.state], taken: [...trail.taken, outcome] };
  };
  /** Takes the step that an intent stands for. */
  const perform = (trail: Trail, decision: Decision): Trail | undefined => {
    const next = step(trail, decision);
    return next && { ...next, indices: [...trail.indices, trail.taken.length] };
  };

  /** Takes LINK steps until a packet waits at a place. */
  const bring = (trail: Trail, at: Location): Trail | undefined => {
    const link = setting.program.topology.links.find(({ to }) => compareLocations(to, at) === 0);
    let here: Trail | undefined = trail;
    while (here && inputQueue(last(here), at).length === 0)
      here = link && step(here, { rule: 'LINK', from: link.from });
    return here;
  };

  /** Takes an OUT or a LINK, or both, for every copy that the last step has queued. */
  const sendOff = (trail: Trail, queued: readonly LeavingCopy[], n: number): Trail | undefined => {
    let here: Trail | undefined = trail;
    for (const { port, finished, to } of queued) {
      const at = { switch: n, port };
      if (here && finished) here = step(here, { rule: 'OUT', at });
      if (here && to) here = step(here, { rule: 'LINK', from: at });
    }
    return here;
  };

  const continuations = (trail: Trail, intent: Intent): Trail[] => {
    const state = last(trail);
    switch (intent.rule) {
      case 'IN':
        return some(perform(trail, intent));
      case 'SW': {
        const { at } = intent;
        const ready = bring(trail, at);
        if (!ready) return [];
        const outputs = outputsOf(setting, last(ready), at, inputQueue(last(ready), at)[0]!) ?? [];
        return queueOrders(outputs).flatMap((order) => {
          const next = perform(ready, { rule: 'SW', at, order });
          if (!next || charge === 'prefix') return some(next);
          const queued = next.taken[next.taken.length - 1]!.queued ?? [];
          return some(sendOff(next, queued, at.switch));
        });
      }
      case 'CTRLRECV':
        return state.controllerQueue.flatMap(({ item, told }, i) => {
          const isMeant =
            (intent.item === undefined || item === intent.item) &&
            (intent.teller === undefined || told === trail.indices[intent.teller]);
          return isMeant ? some(perform(trail, { rule: 'CTRLRECV', item: i })) : [];
        });
      case 'CTRLSEND': {
        const { eventSet } = state.switches[intent.switch]!;
        const choices = variants[setting.semantics].send(eventSet, state.known);
        const choice = intent.becomes ? choices.indexOf(intent.becomes(eventSet)) : 0;
        return choice < 0 ? [] : some(perform(trail, { rule: 'CTRLSEND', switch: intent.switch, choice }));
      }
    }
  };

  const finish = (trail: Trail): Run | undefined => {
    attempts++;
    let here: Trail | undefined = trail;
    while (charge === 'complete' && here && last(here).controllerQueue.length > 0)
      here = step(here, { rule: 'CTRLRECV', item: 0 });
    if (!here) return undefined;
    const complete = noPacketUnderWay(last(here));
    const { states, taken } = here;
    const run = { setting, states, taken, complete, drained: complete && last(here).controllerQueue.length === 0 };
    return accepts(run) ? run : undefined;
  };

  /** Depth first; by intent, the trails that are still to be followed, the next one last. */
  const open: Trail[][] = [[{ states: [initialNetwork(setting)], taken: [], indices: [] }]];
  for (let here = open[open.length - 1]; here; here = open[open.length - 1]) {
    const trail = here.pop();
    if (!trail) open.pop();
    else if (open.length <= intents.length) open.push([...continuations(trail, intents[open.length - 1]!)].reverse());
    else {
      const run = finish(trail);
      if (run || attempts >= maxAttempts) return run;
    }
  }
  return undefined;
}

const some = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);
