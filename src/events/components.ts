import { strongComponents } from '../base/strong-components.js';
import type { Edge, TransitionSystem } from './transition-system.js';

/** The strongly connected components with more than one state, each with the edges inside it (paper §3.1; spec 2.5). */
export function cyclicComponents(system: TransitionSystem): { states: number[]; edges: Edge[] }[] {
  const successors: number[][] = system.states.map(() => []);
  for (const { from, to } of system.edges) successors[from]!.push(to);
  return strongComponents(successors)
    .filter((component) => component.length > 1)
    .map((component) => {
      const states = component.sort((a, b) => a - b);
      const inside = new Set(states);
      return { states, edges: system.edges.filter(({ from, to }) => inside.has(from) && inside.has(to)) };
    })
    .sort((a, b) => a.states[0]! - b.states[0]!);
}

/**
 * Whether the transition system has a loop. The system has no edge from a state to itself, so it is enough to look at
 * components.
 */
export const hasCycle = (system: TransitionSystem): boolean => cyclicComponents(system).length > 0;
