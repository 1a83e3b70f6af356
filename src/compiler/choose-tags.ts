import { smallest } from '../base/extremes.js';
import type { EventStructure } from '../events/event-structure.js';
import { optimalTags, searchedTags } from './assign-tags.js';
import { type Codes, type Column, coverBy, rulesWith, tagWidth } from './cubes.js';
import type { PlaceRules } from './forwarding.js';

/** The tag of each event-set, and how many bits tags have. */
export interface Tags {
  readonly codes: Codes;
  readonly width: number;
}

/** The most tries that a search for tags makes; it makes fewer if a try takes long. */
const maxSteps = 2_000;
/** If event-sets × event-sets × columns is more than this, the search for tags takes too long. */
const maxWork = 4_000_000;
/** Tags with a bit for each event are tried if there are at most this many events. */
const maxEventBits = 10;

/**
 * The columns of all places. Equal columns become one, with more weight; columns that take one rule under every
 * assignment of tags are left out.
 */
export function columnsOf(places: readonly PlaceRules[]): Column[] {
  const columns = new Map<string, Column>();
  for (const { shareable } of places)
    for (const { on, off } of shareable) {
      if (off.length === 0 || on.length === 1) continue;
      const key = `${on}|${off}`;
      columns.set(key, { on, off, weight: (columns.get(key)?.weight ?? 0) + 1 });
    }
  return [...columns.values()];
}

/**
 * Tags with which rules are few: either of as few bits as possible, chosen by trying all if there are few event-sets,
 * else by search; or with a bit for each event, which suits rules that depend on few events. Of several ways with
 * equally few rules, the first is taken.
 */
export function chooseTags(
  { eventSets, events }: Pick<EventStructure, 'eventSets' | 'events'>,
  columns: readonly Column[],
): Tags {
  const n = eventSets.length;
  const width = tagWidth(n);
  const candidates: Tags[] = [{ codes: eventSets.map((_, i) => i), width }];
  const work = n * n * columns.length;
  if (n <= 4) candidates.unshift({ codes: optimalTags(n, columns).codes, width });
  else if (work <= maxWork) {
    const steps = Math.min(maxSteps, Math.floor((8 * maxWork) / (work + 1)));
    candidates.unshift({ codes: searchedTags(n, columns, steps), width });
  }
  if (n > 4 && events.length <= maxEventBits) candidates.push({ codes: eventSets.map(Number), width: events.length });
  if (columns.length === 0 || candidates.length === 1) return candidates[candidates.length - 1]!;
  const rules = candidates.map((tags) =>
    rulesWith(tags.codes, tags.width, columns, (...given) => coverBy(...given).length),
  );
  return candidates[rules.indexOf(smallest(rules))]!;
}
