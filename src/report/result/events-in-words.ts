import type { StateVector } from '../../language/program.js';
import type { ShownBlock, ShownEvent } from './result.js';

/** The part of the state that is a block's: `state(0), state(2)`. */
export const blockName = ({ indices }: Pick<ShownBlock, 'indices'>): string =>
  indices.map((index) => `state(${index})`).join(', ');

/** A state of a block, which says whose it is: `state(2)=1`; the whole vector by itself. */
export function partName(
  { indices, isWhole = false }: Pick<ShownBlock, 'indices'> & { readonly isWhole?: boolean },
  part: StateVector,
): string {
  if (isWhole) return `[${part.join(', ')}]`;
  return part.map((value, i) => `state(${indices[i]})=${value}`).join(', ');
}

/** The events of the history that names an event, in order, itself the last; of another event, itself alone. */
function historyOf(events: readonly ShownEvent[], event: ShownEvent): ShownEvent[] {
  const history: ShownEvent[] = [];
  // Ids are places in the list of all events. That list is of a document, so it may be anything: no event comes twice.
  for (let here: ShownEvent | undefined = event; here && !history.includes(here); ) {
    history.push(here);
    here = here.after === undefined || here.after === null ? undefined : events[here.after];
  }
  return history.reverse();
}

/** A label in words: `ip_dst=H4 at 4:1`. */
const labelName = ({ formula, at }: Pick<ShownEvent, 'formula' | 'at'>): string => `${formula} at ${at}`;

/** Labels in the order in which they have come, runs of one counted: `tcp_dst=1 (3 times), then tcp_dst=2 at 2:1`. */
function inTurn(history: readonly ShownEvent[]): string {
  const isOnePlace = history.every(({ at }) => at === history[0]!.at);
  const runs: { name: string; times: number }[] = [];
  for (const event of history) {
    const name = isOnePlace ? event.formula : labelName(event);
    const last = runs.at(-1);
    if (last?.name === name) last.times++;
    else runs.push({ name, times: 1 });
  }
  const named = runs.map(({ name, times }) => (times === 1 ? name : `${name} (${times} times)`)).join(', then ');
  return isOnePlace ? `${named} at ${history[0]!.at}` : named;
}

/**
 * An event in words: `ip_dst=H4 at 4:1`, with its number if its label has occurred before; one that its history names,
 * by that: `tcp_dst=1111, then tcp_dst=2222 at 2:1`.
 * @param events all events of the structure
 */
export function eventName(events: readonly ShownEvent[], event: ShownEvent): string {
  if (event.time !== undefined) {
    const history = historyOf(events, event);
    // Of a structure that is too large to be examined there is no list of events.
    return history.length === event.time ? inTurn(history) : `${labelName(event)} (time ${event.time})`;
  }
  return `${labelName(event)}${event.occurrence > 1 ? ` (#${event.occurrence})` : ''}`;
}

/**
 * A set of events in words: what has happened in which order where events are named by that, and how often where they
 * are counted. @param events all events of the structure
 */
export function setInWords(events: readonly ShownEvent[], set: readonly ShownEvent[]): string {
  const ids = new Set(set.map(({ id }) => id));
  const isWithin = (event: ShownEvent) =>
    event.time !== undefined && historyOf(events, event).every(({ id }) => ids.has(id));
  const whole = set.filter(isWithin);
  // Where all of a history is in the set, its last event says so.
  const covered = new Set(whole.map(({ after }) => after));
  const histories = whole.filter(({ id }) => !covered.has(id)).map((event) => eventName(events, event));
  const counted = new Map<string, ShownEvent[]>();
  for (const event of set)
    if (!isWithin(event)) counted.set(labelName(event), [...(counted.get(labelName(event)) ?? []), event]);
  const others = [...counted].flatMap(([name, same]) => {
    const isFirst = same.every(({ time, occurrence }, i) => time === undefined && occurrence === i + 1);
    return same.length > 1 && isFirst
      ? [`${name} (${same.length} times)`]
      : same.map((event) => eventName(events, event));
  });
  const names = [...others, ...histories];
  return `{${names.join(names.some((name) => name.includes(', ')) ? '; ' : ', ')}}`;
}
