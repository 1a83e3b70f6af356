import { members } from '../../events/event-set.js';
import { type Knowledge, nothing, type SetId } from '../../network/knowledge.js';
import { type Definition, renamedTags, type Standing } from './definition.js';

/** Event-sets, by index: all events of at least one of them must come to occur. */
export type Candidates = readonly number[];

/**
 * Theorem 1 against the causal definition (spec 4.4): a packet's tree equals its tree under g(X), for some event-set X
 * made of events that occurred, which has all that occurred before the packet (B) and none that occurred after it (A).
 *
 * B is the past of the packet's IN. An event that has occurred when the packet enters is not in A. So the packet is
 * kept once some X that includes B and has the packet's tree consists of events that have occurred, none of them in A.
 */
export function causalDefinition(k: Knowledge): Definition<SetId, Candidates> {
  const { eventSets } = k.structure;
  const ids = eventSets.map(k.intern);

  const standing = (candidates: Candidates, occurred: SetId): Standing<Candidates> => {
    if (candidates.some((x) => k.includes(occurred, ids[x]!))) return 'kept';
    return candidates.length === 0 ? 'violated' : { open: candidates };
  };

  return {
    start: nothing,
    throughController: true,
    enters: (occurred, past, treeOf) =>
      standing(
        treeOf.filter((x) => k.includes(ids[x]!, past)),
        occurred,
      ),
    // e occurs at lp if past(lp) ⊢ e, lp matches e, e ∉ past(lp), and con(past(lp) ∪ what this lp added ∪ {e}).
    occurring: (_occurred, past, labels) => {
      const events: number[] = [];
      let all = past;
      for (const event of k.eventsOf(labels, past)) {
        if (k.has(past, event) || !k.enables(past, event)) continue;
        const grown = k.add(all, event);
        if (!k.isConsistent(grown)) continue;
        events.push(event);
        all = grown;
      }
      return events;
    },
    timelineAs: (occurred, { set }) => set(occurred),
    claimAs: (candidates, { tag }) => renamedTags(candidates, tag),
    advance: (occurred, event) => k.add(occurred, event),
    revise: (candidates, occurred, event, after) =>
      standing(after ? candidates.filter((x) => !members(eventSets[x]!).includes(event)) : candidates, occurred),
  };
}
