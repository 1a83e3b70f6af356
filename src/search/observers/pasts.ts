import { pairs, rememberingPairs } from '../../base/pairs.js';
import { type Knowledge, nothing, type SetId } from '../../network/knowledge.js';
import type { Ghost } from '../../network/observer.js';
import { type Interner, interner } from './interner.js';

/** What is in the past of a step: events that occurred, and final hops of packets whose standing is open. */
export interface Past {
  readonly events: SetId;
  /** Each final hop as the pair of its packet's slot and its number, ascending. */
  readonly finals: readonly number[];
}

/** More final hops than any packet has. */
const hopsPerPacket = 2 ** 20;

/** A final hop of the packet in a slot, by number. */
export const finalHops = pairs(hopsPerPacket);

export const ascending = (numbers: readonly number[]): readonly number[] => [...numbers].sort((a, b) => a - b);

/** Pasts as ghosts, and what becomes of them. 0 is the past in which there is nothing. */
export interface Pasts extends Interner<Past> {
  /** All that is in the one or the other. */
  readonly join: (a: Ghost, b: Ghost) => Ghost;
  /** What is in the one and not in the other. */
  readonly minus: (a: Ghost, b: Ghost) => Ghost;
  /** A past extended by the events that all of the others have in common. */
  readonly withCommon: (past: Ghost, others: readonly Ghost[]) => Ghost;
  /** What is left when packets are in other slots, and those without one are forgotten. */
  readonly renumbered: (past: Ghost, slots: ReadonlyMap<number, number>) => Ghost;
}

export function pastsOf(k: Knowledge): Pasts {
  const pasts = interner<Past>({ events: nothing, finals: [] });

  const union = rememberingPairs((a, b) => {
    const [x, y] = [pasts.value(a), pasts.value(b)];
    const finals = ascending([...new Set([...x.finals, ...y.finals])]);
    return pasts.id({ events: k.union(x.events, y.events), finals });
  });

  const difference = rememberingPairs((a, b) => {
    const [x, y] = [pasts.value(a), pasts.value(b)];
    const finals = x.finals.filter((final) => !y.finals.includes(final));
    return pasts.id({ events: k.minus(x.events, y.events), finals });
  });

  const grown = new Map<string, Ghost>();
  const withCommon = (past: Ghost, others: readonly Ghost[]): Ghost => {
    const key = `${past},${others}`;
    const known = grown.get(key);
    if (known !== undefined) return known;
    const sets = others.map((other) => pasts.value(other).events);
    const common = sets.reduce((all, set) => k.minus(all, k.minus(all, set)));
    const { events, finals } = pasts.value(past);
    const result = pasts.id({ events: k.union(events, common), finals });
    grown.set(key, result);
    return result;
  };

  const renumbered = (past: Ghost, slots: ReadonlyMap<number, number>): Ghost => {
    const { events, finals } = pasts.value(past);
    const left = finals.flatMap((final) => {
      const slot = slots.get(finalHops.first(final));
      return slot === undefined ? [] : [finalHops.of(slot, finalHops.second(final))];
    });
    return pasts.id({ events, finals: ascending(left) });
  };

  return {
    ...pasts,
    join: (a, b) => (a === b || b === 0 ? a : a === 0 ? b : union(a, b)),
    minus: (a, b) => (a === 0 || b === 0 ? a : difference(a, b)),
    withCommon,
    renumbered,
  };
}
