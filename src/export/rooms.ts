import { greatest } from '../base/extremes.js';
import type { Semantics } from '../execution/semantics.js';
import type { ExportedModel, Kind } from './model.js';

/** How much a state of an exported model has room for. With more, the model stops with a failed assertion. */
export interface Room {
  /** Copies on their way at once, of all packets. */
  readonly copies: number;
  /** Items that the controller is ever told. */
  readonly items: number;
  /** Steps that the history of one packet records. */
  readonly steps: number;
}

/**
 * Where a packet can circle (best-effort), there may be no end to its copies, to its steps and to what they tell: the
 * room that there is then, items for all packets together.
 */
const endless = { copies: 6, steps: 30, items: 12 };

/** Numbers of copies and items are bytes, indices of picks too. */
const most = 200;

/** What is enough for every execution of a model under a semantics, unless a packet circles. */
export function roomFor(model: ExportedModel, semantics: Semantics): Room {
  const { kinds, options, labelOf } = model;
  const { packets } = options;
  const isMixed = semantics === 'best-effort';
  const steps = 1 + greatestWeight(model, isMixed, { own: () => 1, join: sum, onCycle: Infinity });
  const copies = greatestWeight(model, isMixed, { own: () => 1, join: Math.max, onCycle: 1 });
  const told = packets * greatestWeight(model, isMixed, { own: tells[semantics], join: sum, onCycle: Infinity });
  // Under `tagged` a switch tells of an event once: it knows it then.
  const detections = labelOf.reduce((total, _, event) => total + placesOf(kinds, event), 0);
  const items = semantics === 'tagged' ? Math.min(detections, told) : told;
  const isEndless = steps === Infinity && copies > 1;
  return {
    copies: Math.min(most, Math.max(1, packets * (isEndless ? endless.copies : copies))),
    items: Math.min(most, Math.max(1, items < Infinity ? items : endless.items)),
    steps: Math.min(endless.steps, steps),
  };
}

/** Room for what needs most. */
export const widest = (rooms: readonly Room[]): Room => ({
  copies: greatest(rooms.map(({ copies }) => copies)),
  items: greatest(rooms.map(({ items }) => items)),
  steps: greatest(rooms.map(({ steps }) => steps)),
});

/** How many items the arrival of a copy tells the controller at most. */
const tells: Readonly<Record<Semantics, (kind: Kind) => number>> = {
  tagged: ({ events }) => (events === 0 ? 0 : 1),
  figure6: ({ events }) => countBits(events),
  'two-phase': ({ labels }) => countBits(labels),
  'best-effort': ({ labels }) => countBits(labels),
};

const countBits = (mask: number): number => (mask === 0 ? 0 : (mask & 1) + countBits(mask >>> 1));

/** In how many queues an event can be detected. */
const placesOf = (kinds: readonly Kind[], event: number): number =>
  new Set(kinds.filter(({ events }) => (events >> event) & 1).map(({ queue }) => queue)).size;

/** What a copy counts by itself, how that is joined to the sum of what it becomes, and what it counts if it circles. */
interface Weight {
  readonly own: (kind: Kind) => number;
  readonly join: (own: number, below: number) => number;
  readonly onCycle: number;
}

const sum = (own: number, below: number): number => own + below;

/** The greatest weight of a packet that enters, be its hops all by one configuration or each by another. */
function greatestWeight({ kinds, entries, configurations }: ExportedModel, isMixed: boolean, by: Weight): number {
  const all = [...new Array(configurations).keys()];
  const ways = isMixed ? [all] : all.map((c) => [c]);
  return greatest(
    ways.flatMap((way) => {
      const known = new Map<number, number>();
      const weigh = (number: number): number => {
        const found = known.get(number);
        if (found !== undefined) return found;
        known.set(number, by.onCycle);
        const { hops } = kinds[number]!;
        const below = way.map((c) => hops[c]!.orders[0]!.reduce((total, next) => total + weigh(next), 0));
        const weight = by.join(by.own(kinds[number]!), greatest(below, 0));
        known.set(number, weight);
        return weight;
      };
      return entries.map(({ kind }) => weigh(kind));
    }),
    0,
  );
}
