import { type Knowledge, nothing, type SetId } from '../../network/knowledge.js';
import { type Definition, renamedTags } from './definition.js';

/**
 * What a packet still needs whose tree is none of the right ones so far: the tree of a later event-set of the chain can
 * save it.
 */
export interface Outstanding {
  readonly treeOf: readonly number[];
  /**
   * True if the packet's tree is that of no event-set of the chain so far; false if only of one that is too early for
   * it.
   */
  readonly unmatched: boolean;
}

/** The events that have occurred, in order: e_0, e_1, … Their beginnings are the chain X_0 ⊂ X_1 ⊂ … */
export type Occurrences = readonly number[];

/**
 * Theorem 1 against the paper's definition (paper §2, "Correct Network Traces"; spec 4.3).
 *
 * For a packet with tree T, let lo be the least index such that all events that occurred before the packet are in X_lo.
 * The packet is kept iff T is the tree of some X_j, of one with j ≤ i for every e_i that occurs after the whole packet,
 * and of one with j ≥ lo. An X_j that exists already serves for every e_i yet to occur. So a packet without a match is
 * lost as soon as an event occurs after it, and one whose matches are all before lo waits for a later X_j.
 */
export function paperDefinition(k: Knowledge): Definition<Occurrences, Outstanding> {
  /** The index in F of X_j. It is one: X ⊢ e and con(X ∪ {e}) put X ∪ {e} in F, for F is finite-complete. */
  const indexOf = (chain: Occurrences, j: number): number => k.eventSetIndex(setOf(chain.slice(0, j)));
  const setOf = (events: readonly number[]): SetId => events.reduce((set, event) => k.add(set, event), nothing);

  return {
    start: [],
    throughController: false,
    enters: (chain, past, treeOf) => {
      let lo = 0;
      while (!k.includes(setOf(chain.slice(0, lo)), past)) lo++;
      const matching = [...Array(chain.length + 1).keys()].filter((j) => treeOf.includes(indexOf(chain, j)));
      if (matching.some((j) => j >= lo)) return 'kept';
      return { open: { treeOf, unmatched: matching.length === 0 } };
    },
    // "In all of these X is the set before lp", except in `con`.
    occurring: (chain, _past, labels, treeOf) => {
      const before = setOf(chain);
      const events: number[] = [];
      let all = before;
      const ofTheConfiguration = chain.length === 0 || treeOf.includes(indexOf(chain, chain.length));
      for (const event of k.eventsOf(labels, before)) {
        if (!ofTheConfiguration || k.has(before, event) || !k.enables(before, event)) continue;
        const grown = k.add(all, event);
        if (!k.isConsistent(grown)) continue;
        events.push(event);
        all = grown;
      }
      return events;
    },
    timelineAs: (chain, { event }) => chain.map(event),
    claimAs: ({ treeOf, unmatched }, { tag }) => ({ treeOf: renamedTags(treeOf, tag), unmatched }),
    advance: (chain, event) => [...chain, event],
    revise: (outstanding, chain, _event, after) => {
      if (after && outstanding.unmatched) return 'violated';
      return outstanding.treeOf.includes(indexOf(chain, chain.length)) ? 'kept' : { open: outstanding };
    },
  };
}
