import type { Knowledge, SetId } from '../../network/knowledge.js';
import { type Candidates, causalDefinition } from './causal.js';
import type { Definition, Standing } from './definition.js';

/**
 * The strong update (paper, Lemma 2; spec 6.6): events occur by the causal definition, but what counts for a packet is
 * Y, all that has occurred anywhere before it enters: its tree equals its tree under g(X) for some event-set X ⊇ Y made
 * of events that occurred. What occurs after it rules nothing out.
 */
export function strongDefinition(k: Knowledge): Definition<SetId, Candidates> {
  const causal = causalDefinition(k);
  const ids = k.structure.eventSets.map(k.intern);
  const standing = (candidates: Candidates, occurred: SetId): Standing<Candidates> => {
    if (candidates.some((x) => k.includes(occurred, ids[x]!))) return 'kept';
    return candidates.length === 0 ? 'violated' : { open: candidates };
  };
  return {
    ...causal,
    enters: (occurred, _past, treeOf) =>
      standing(
        treeOf.filter((x) => k.includes(ids[x]!, occurred)),
        occurred,
      ),
    revise: (candidates, occurred) => standing(candidates, occurred),
  };
}
