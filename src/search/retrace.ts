import type { Intent } from '../engines/rerun.js';
import { type EventSet, emptySet, singleton } from '../events/event-set.js';
import type { Program } from '../language/program.js';
import { type Headers, undetermined } from '../netkat/fields.js';
import type { Knowledge } from '../network/knowledge.js';
import type { PacketSpace } from '../network/packet-space.js';
import { type NetworkState as Explored, newest } from '../network/state.js';
import type { Transition } from '../network/steps.js';
import type { Variant } from '../network/variants/variant.js';

/** A way found by search: each action with the state that it is taken from. */
export type Way = readonly { readonly from: Explored; readonly action: Transition }[];

/**
 * The way with every CTRLSEND where it belongs: before the CTRLRECV by which R ceased to be the version that it sends
 * (see `lazy-controller.ts`).
 */
function inOrder(way: Way): Way {
  const ordered: Way[number][] = [];
  for (const taken of way) {
    const { from, action } = taken;
    if (action.rule !== 'CTRLSEND') {
      ordered.push(taken);
      continue;
    }
    const { which } = from.versions[action.version]!;
    const replaces = (earlier: Way[number]) =>
      earlier.action.rule === 'CTRLRECV' && newest(earlier.from).which === which;
    const isCurrent = action.version === from.versions.length - 1;
    const at = isCurrent ? -1 : ordered.findLastIndex(replaces);
    ordered.splice(at < 0 ? ordered.length : at, 0, taken);
  }
  return ordered;
}

/** The way in terms of the plain rules, to be re-executed by them. */
export const retrace = (
  program: Program,
  k: Knowledge,
  variant: Variant,
  space: PacketSpace,
  way: Way,
): readonly Intent[] => {
  const intents = ({ from, action }: Way[number]): Intent[] => {
    switch (action.rule) {
      case 'IN': {
        const { host, headers } = space.ingresses[action.ingress]!;
        return [{ rule: 'IN', at: host.at, headers: determined(program, headers) }];
      }
      case 'SW':
        return [{ rule: 'SW', at: space.queues[action.queue]! }];
      // The re-execution inserts LINK and OUT wherever they belong.
      case 'LINK':
      case 'OUT':
        return [];
      case 'CTRLRECV':
        return [
          { rule: 'CTRLRECV', item: saying(k, variant, from.controllerQueue[action.place]!.item), teller: undefined },
        ];
      case 'CTRLSEND': {
        // Under `tagged` all of R is sent, and `action.known` may be more than the switch really knows
        // (network/reductions/common-knowledge.ts).
        const eventSet = k.set(action.eventSet);
        const becomes = variant.repaired ? undefined : () => eventSet;
        return [{ rule: 'CTRLSEND', switch: program.topology.switches[action.switch]!, becomes }];
      }
    }
  };
  return inOrder(way).flatMap(intents);
};

/** Headers with a value for the fields that nothing asks for: `other`, or the last of a declared domain. */
const determined = ({ fields }: Program, headers: Headers): Headers =>
  headers.map((value, f) => (value === undetermined ? fields[f]!.domain.length - 1 : value));

/** The set of events that an item in Q is written as: for a label, its first event (interface.md). */
function saying(k: Knowledge, variant: Variant, item: number): EventSet {
  if (variant.itemsAreSets) return k.set(item);
  const first = k.structure.eventsOf[item]![0];
  return first === undefined ? emptySet : singleton(first);
}
