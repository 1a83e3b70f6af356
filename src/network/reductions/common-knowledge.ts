import { type Knowledge, nothing } from '../knowledge.js';
import type { Observer } from '../observer.js';
import type { PacketSpace } from '../packet-space.js';
import type { NetworkState } from '../state.js';

/**
 * What is known to all switches that ever look at their knowledge, the others may as well know (part of the reduction
 * `knowledge`, for `tagged`).
 *
 * What a switch knows, and what happened before its steps, is looked at where packets enter and where something may be
 * detected (`PacketSpace.isNoted`). Elsewhere it is only passed on: copies and the controller's messages bring it, the
 * union with what is known already is taken, and copies take it along. So an event that all who look have heard of
 * changes nothing for any of them, whoever else has heard of it: for they never forget. The switches that only pass it
 * on are therefore given it, so that states that differ in which of these have heard of it become one; except where a
 * switch would then know a set that is no event-set, for Lemma 3 asks about that.
 */
export function commonKnowledge(
  k: Knowledge,
  space: PacketSpace,
  observer: Observer,
  switchOf: readonly number[],
): (state: NetworkState) => NetworkState {
  const looking = [...lookers(k.structure.eventSets.length, space, switchOf)];
  if (looking.length === 0) return (state) => state;
  return (state) => {
    const { eventSets, ghosts } = state;
    let events = eventSets[looking[0]!]!;
    let isPastCommon = true;
    for (const n of looking) {
      events = k.minus(events, k.minus(events, eventSets[n]!));
      if (ghosts[n] === 0) isPastCommon = false;
    }
    if (events === nothing && !isPastCommon) return state;
    const pasts = looking.map((n) => ghosts[n]!);
    let changed = false;
    const shared = eventSets.map((set, n) => {
      const grown = looking.includes(n) ? set : k.union(set, events);
      if (grown === set || k.eventSetIndex(grown) < 0) return set;
      changed = true;
      return grown;
    });
    const before = ghosts.map((ghost, n) => {
      const grown = looking.includes(n) ? ghost : observer.withCommon(ghost, pasts);
      changed ||= grown !== ghost;
      return grown;
    });
    return changed ? { ...state, eventSets: shared, ghosts: before } : state;
  };
}

/** The switches, by index, where packets enter or something may be detected of a packet that can be there. */
function lookers(tags: number, space: PacketSpace, switchOf: readonly number[]): ReadonlySet<number> {
  const found = new Set(space.ingresses.map(({ queue }) => switchOf[queue]!));
  const seen = new Map<number, number>();
  for (const [ingress, { queue }] of space.ingresses.entries())
    for (let tag = 0; tag < tags; tag++) for (const { kind } of space.enter(ingress, tag)) seen.set(kind, queue);
  // The list grows while it is read: each kind is come upon once.
  for (const [kind, queue] of seen) {
    if (space.isNoted(kind)) found.add(switchOf[queue]!);
    for (const { moves } of space.forward(kind, 0))
      for (const move of moves) if (!seen.has(move.kind)) seen.set(move.kind, move.queue);
  }
  return found;
}
