import { smallest } from '../base/extremes.js';
import { members } from '../events/event-set.js';
import type { BlockStructure } from '../events/event-structure.js';
import { copiedField } from '../tables/tags.js';
import { optimalTags, searchedTags } from './assign-tags.js';
import { type BlockTags, type Column, coverBy, rulesWith, tagWidth } from './cubes.js';
import type { PlaceRules } from './forwarding.js';

/** The most tries that a search for tags makes; it makes fewer if a try takes long. */
const maxSteps = 2_000;
/** If event-sets × event-sets × columns is more than this, the search for tags takes too long. */
const maxWork = 4_000_000;
/** Tags with a bit for each event are tried if there are at most this many events. */
const maxEventBits = 10;

/**
 * The columns of a block at all places. Equal columns become one, with more weight; columns that take one rule under
 * every assignment of tags are left out.
 */
export function columnsOf(places: readonly PlaceRules[], wanted: number): Column[] {
  const columns = new Map<string, Column>();
  for (const { rules } of places)
    for (const { guards } of rules)
      for (const { block, on, off } of guards) {
        if (block !== wanted || off.length === 0 || on.length === 1) continue;
        const key = `${on}|${off}`;
        columns.set(key, { on, off, weight: (columns.get(key)?.weight ?? 0) + 1 });
      }
  return [...columns.values()];
}

/**
 * Tags of a block with which rules are few: either of as few bits as possible, chosen by trying all if there are few
 * event-sets, else by search; or with a bit for each event, which suits rules that depend on few events. Of several
 * ways with equally few rules, the first is taken.
 * @param stamped how many switches stamp packets: the tables of a block among others count the entries that each of
 * them needs as well, unless it copies bits. (A program of one block keeps numbers where they take no more rules: there
 * are few event-sets to list.)
 */
export function chooseTags(
  { eventSets, events }: Pick<BlockStructure, 'eventSets' | 'events'>,
  columns: readonly Column[],
  stamped: number,
): BlockTags {
  const n = eventSets.length;
  const width = tagWidth(n);
  const candidates: Omit<BlockTags, 'copies'>[] = [{ codes: eventSets.map((_, i) => i), width }];
  const work = n * n * columns.length;
  if (n <= 4) candidates.unshift({ codes: optimalTags(n, columns).codes, width });
  else if (work <= maxWork) {
    const steps = Math.min(maxSteps, Math.floor((8 * maxWork) / (work + 1)));
    candidates.unshift({ codes: searchedTags(n, columns, steps), width });
  }
  const own = members(events);
  const bits = { codes: eventSets.map((set) => copiedField({ events: own }, members(set))), width: own.length };
  const hasBits = (n > 4 || stamped > 0) && own.length > 0 && own.length <= maxEventBits;
  if (hasBits) candidates.push(bits);
  const entries = candidates.map(
    (tags) =>
      rulesWith(tags.codes, tags.width, columns, (...given) => coverBy(...given).length) +
      (tags === bits ? 0 : stamped * n),
  );
  // Where nothing depends on the tags, the last is taken: it is the simplest.
  const isOpen = columns.length === 0 && stamped === 0;
  const chosen = candidates[isOpen ? candidates.length - 1 : entries.indexOf(smallest(entries))]!;
  return { ...chosen, copies: chosen === bits };
}
