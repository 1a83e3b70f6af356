import {
  type Block,
  type Edge,
  type ProductEdge,
  productEdge,
  type TransitionSystem,
} from '../../events/transition-system.js';
import { showLocation } from '../../netkat/topology.js';
import type { ShownEdge } from './result.js';

/** An edge of the product by its states and label, as the JSON writes it. */
export function showEdge({ labels }: TransitionSystem, { from, to, label }: ProductEdge): ShownEdge {
  const { text, at } = labels[label]!;
  return { from, to, formula: text, at: showLocation(at) };
}

/** An edge of a block, where the others are in their first states. */
export const showBlockEdge = (system: TransitionSystem, block: Block, edge: Edge): ShownEdge =>
  showEdge(system, productEdge(block, edge, system.initial));
