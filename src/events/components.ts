import { strongComponents } from '../base/strong-components.js';
import type { Block, Edge } from './transition-system.js';

/** The strongly connected components with more than one state, each with the edges inside it (paper §3.1; spec 2.5). */
export function cyclicComponents(block: Pick<Block, 'states' | 'edges'>): { states: number[]; edges: Edge[] }[] {
  const successors: number[][] = block.states.map(() => []);
  for (const { from, to } of block.edges) successors[from]!.push(to);
  const cyclic = strongComponents(successors)
    .filter((component) => component.length > 1)
    .map((component) => component.sort((a, b) => a - b))
    .sort((a, b) => a[0]! - b[0]!);
  const componentOf = new Map(cyclic.flatMap((states, i) => states.map((state) => [state, i] as const)));
  const inside: Edge[][] = cyclic.map(() => []);
  for (const edge of block.edges) {
    const component = componentOf.get(edge.from);
    if (component !== undefined && component === componentOf.get(edge.to)) inside[component]!.push(edge);
  }
  return cyclic.map((states, i) => ({ states, edges: inside[i]! }));
}

/**
 * Whether a block has a loop. No edge leads from a state to itself, so it is enough to look at components.
 */
export const hasCycle = (block: Pick<Block, 'states' | 'edges'>): boolean => cyclicComponents(block).length > 0;

/** The edges that leave each state of a block. */
export function outgoingEdges(block: Pick<Block, 'states' | 'edges'>): Edge[][] {
  const outgoing: Edge[][] = block.states.map(() => []);
  for (const edge of block.edges) outgoing[edge.from]!.push(edge);
  return outgoing;
}

/** Whether at most one edge leaves each state, so that a block has one path. */
export const isPath = (block: Pick<Block, 'states' | 'edges'>): boolean =>
  outgoingEdges(block).every((edges) => edges.length <= 1);
