import { type EventSet, members } from '../../src/events/event-set.js';
import type { EventStructure } from '../../src/events/event-structure.js';
import type { Names } from './naive.js';

/** The events of a set by the names that `naive.ts` gives them; what an event says of itself must fit its name. */
export const namesIn = ({ events }: EventStructure, set: EventSet): Names =>
  members(set)
    .map((id) => {
      const { label, occurrence, history } = events[id]!;
      if (!history) return `${label}#${occurrence}`;
      const labels = [label];
      let { after } = history;
      while (after !== null) {
        const before = events[after]!;
        labels.unshift(before.label);
        after = before.history!.after;
      }
      if (labels.length !== history.time) throw new Error(`event ${id} is of time ${history.time}, after ${labels}`);
      if (labels.filter((other) => other === label).length !== occurrence)
        throw new Error(`event ${id} counts as number ${occurrence} of its label in ${labels}`);
      return `<${labels.join(' ')}>`;
    })
    .sort();
