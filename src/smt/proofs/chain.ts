import type { Block, Edge, TransitionSystem } from '../../events/transition-system.js';
import type { Location } from '../../netkat/policy.js';

/**
 * An endless chain of events e_1, e_2, …: what a transition system with a loop has if just one edge leaves each of its
 * states. The k-th edge of its one path is e_k: edge k of the stem, then those of the loop over and over. A *position*
 * is an edge, by its number from 0 along the path; e_k and e_j are at the same one iff they are the same edge.
 */
export interface Chain {
  /** The stem, then the loop. */
  readonly positions: readonly { readonly id: number; readonly label: number; readonly at: Location }[];
  /** How many positions belong to the stem. */
  readonly stem: number;
}

/** The chain of a block with a loop; or, if its paths branch, a text that says where. */
export function chainOf(
  { states, edges }: Pick<Block, 'states' | 'edges'>,
  labels: TransitionSystem['labels'],
): { readonly kind: 'chain'; readonly chain: Chain } | { readonly kind: 'branching'; readonly why: string } {
  const path: Edge[] = [];
  /** How many edges lead to a state. */
  const distance = new Map<number, number>();
  let state = 0;
  while (!distance.has(state)) {
    distance.set(state, path.length);
    const leaving = edges.filter(({ from }) => from === state);
    if (leaving.length !== 1)
      return {
        kind: 'branching',
        why: `${leaving.length === 0 ? 'no edge leaves' : `${leaving.length} edges leave`} state [${states[state]!.join(',')}], so their events form no chain`,
      };
    path.push(leaving[0]!);
    state = leaving[0]!.to;
  }
  const positions = path.map(({ label }, id) => ({ id, label, at: labels[label]!.at }));
  return { kind: 'chain', chain: { positions, stem: distance.get(state)! } };
}
