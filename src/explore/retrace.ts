import { type EventSet, emptySet, singleton } from '../events/event-set.js';
import type { Decision } from '../execution/decision.js';
import { outputsOf, type Taken, take } from '../execution/rules.js';
import type { Run } from '../execution/run.js';
import {
  initialNetwork,
  inputQueue,
  type LeavingCopy,
  type NetworkState,
  noPacketUnderWay,
  type Setting,
} from '../execution/state.js';
import { variants } from '../execution/variants.js';
import { type Headers, undetermined } from '../netkat/fields.js';
import type { Location } from '../netkat/policy.js';
import { compareLocations } from '../netkat/topology.js';
import type { Knowledge } from '../network/knowledge.js';
import type { Action, Charge } from '../network/machine.js';
import { queueOrders } from '../network/orders.js';
import type { PacketSpace } from '../network/packet-space.js';
import { type NetworkState as Explored, newest } from '../network/state.js';
import type { Variant } from '../network/variant.js';

/** A way found by search: each action with the state that it is taken from. */
export type Way = readonly { readonly from: Explored; readonly action: Action }[];

/**
 * The way with every CTRLSEND where it belongs: before the CTRLRECV that made R another than the version that it sends
 * (see `machine.ts`).
 */
function inOrder(way: Way): Way {
  const ordered: Way[number][] = [];
  for (const taken of way) {
    const { from, action } = taken;
    if (action.rule !== 'CTRLSEND') {
      ordered.push(taken);
      continue;
    }
    const { set, ghost } = from.versions[action.version]!;
    const replaces = (earlier: Way[number]) => {
      const version = newest(earlier.from);
      return earlier.action.rule === 'CTRLRECV' && version.set === set && version.ghost === ghost;
    };
    const isCurrent = action.version === from.versions.length - 1;
    const at = isCurrent ? -1 : ordered.findLastIndex(replaces);
    ordered.splice(at < 0 ? ordered.length : at, 0, taken);
  }
  return ordered;
}

/** Runs to try before a way is said to be no execution. */
const maxAttempts = 2_000;

/**
 * Re-executes a way by the plain rules of spec 3, with every LINK, OUT and CTRLRECV written out, and gives the first run
 * that `accepts`. A way says less than a run: it names neither one of several items that say the same, nor the order in which
 * outputs for one port are queued; the runs that differ in that are tried in turn. A `complete` run is carried
 * on until all queues are empty; else only what the way needs is done.
 */
export function retrace(
  setting: Setting,
  k: Knowledge,
  variant: Variant,
  space: PacketSpace,
  way: Way,
  charge: Charge,
  accepts: (run: Run) => boolean,
): Run | undefined {
  const steps = inOrder(way);
  let attempts = 0;
  interface Trail {
    readonly states: readonly NetworkState[];
    readonly taken: readonly Taken[];
  }
  const last = ({ states }: Trail) => states[states.length - 1]!;
  const step = (trail: Trail, decision: Decision): Trail | undefined => {
    const outcome = take(setting, last(trail), decision);
    if (outcome.kind !== 'taken') return undefined;
    return { states: [...trail.states, outcome.state], taken: [...trail.taken, outcome] };
  };

  /** LINK until a packet waits at a place. */
  const bring = (trail: Trail, at: Location): Trail | undefined => {
    const link = setting.program.topology.links.find(({ to }) => compareLocations(to, at) === 0);
    let here: Trail | undefined = trail;
    while (here && inputQueue(last(here), at).length === 0)
      here = link && step(here, { rule: 'LINK', from: link.from });
    return here;
  };

  /** OUT and LINK for every copy that the last step has queued. */
  const sendOff = (trail: Trail, queued: readonly LeavingCopy[], n: number): Trail | undefined => {
    let here: Trail | undefined = trail;
    for (const { port, finished, to } of queued) {
      const at = { switch: n, port };
      if (here && finished) here = step(here, { rule: 'OUT', at });
      if (here && to) here = step(here, { rule: 'LINK', from: at });
    }
    return here;
  };

  const continuations = (trail: Trail, { from, action }: Way[number]): Trail[] => {
    const state = last(trail);
    switch (action.rule) {
      case 'IN': {
        const { host, headers } = space.ingresses[action.ingress]!;
        return some(step(trail, { rule: 'IN', at: host.at, headers: determined(setting, headers) }));
      }
      case 'SW': {
        const at = space.queues[action.queue]!;
        const ready = bring(trail, at);
        if (!ready) return [];
        const outputs = outputsOf(setting, last(ready), at, inputQueue(last(ready), at)[0]!) ?? [];
        return queueOrders(outputs).flatMap((order) => {
          const next = step(ready, { rule: 'SW', at, order });
          if (!next || charge === 'prefix') return some(next);
          const queued = next.taken[next.taken.length - 1]!.queued ?? [];
          return some(sendOff(next, queued, at.switch));
        });
      }
      case 'CTRLRECV': {
        const wanted = saying(k, variant, from.bag[action.place]!.item);
        return state.queue.flatMap(({ item }, i) =>
          item === wanted ? some(step(trail, { rule: 'CTRLRECV', item: i })) : [],
        );
      }
      case 'CTRLSEND': {
        const n = setting.program.topology.switches[action.switch]!;
        const choices = variants[setting.semantics].send(state.switches[n]!.eventSet, state.known);
        const choice = choices.indexOf(k.set(action.known));
        return choice < 0 ? [] : some(step(trail, { rule: 'CTRLSEND', switch: n, choice }));
      }
    }
  };

  const finish = (trail: Trail): Run | undefined => {
    attempts++;
    let here: Trail | undefined = trail;
    while (charge === 'complete' && here && last(here).queue.length > 0)
      here = step(here, { rule: 'CTRLRECV', item: 0 });
    if (!here) return undefined;
    const complete = noPacketUnderWay(last(here));
    const { states, taken } = here;
    const run = { setting, states, taken, complete, drained: complete && last(here).queue.length === 0 };
    return accepts(run) ? run : undefined;
  };

  const follow = (trail: Trail, i: number): Run | undefined => {
    if (i === steps.length) return finish(trail);
    for (const next of continuations(trail, steps[i]!)) {
      const run = follow(next, i + 1);
      if (run || attempts >= maxAttempts) return run;
    }
    return undefined;
  };
  return follow({ states: [initialNetwork(setting)], taken: [] }, 0);
}

const some = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);

/** Headers with a value for the fields that nothing asks for: `other`, or the last of a declared domain. */
const determined = ({ program }: Setting, headers: Headers): Headers =>
  headers.map((value, f) => (value === undetermined ? program.fields[f]!.domain.length - 1 : value));

/** The set of events that an item in Q is written as: for a label, its first event (interface.md). */
function saying(k: Knowledge, variant: Variant, item: number): EventSet {
  if (variant.itemsAreSets) return k.set(item);
  const first = k.structure.eventsOf[item]![0];
  return first === undefined ? emptySet : singleton(first);
}
