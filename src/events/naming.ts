import { cyclicComponents, outgoingEdges } from './components.js';
import type { Block, Edge, Label } from './transition-system.js';

/** Labels of a block whose events are named by what happened before them: by the labels of the group on the path. */
export interface Group {
  readonly labels: ReadonlySet<number>;
  /** The states of the loops whose labels these are, ascending; all states of an ordered block. */
  readonly states: readonly number[];
  /** The edges on which recurring labels were found, or those of an ordered block. */
  readonly edges: readonly Edge[];
}

/** How the events of a block are named (spec 2.1, 2.5). */
export interface Naming {
  /** The groups whose events are named by their histories; events of other labels are `ℓ#j`. */
  readonly groups: readonly Group[];
  /** The group of each label that has one. */
  readonly groupOf: ReadonlyMap<number, number>;
  /** The labels without a group, ascending. */
  readonly counted: readonly number[];
  /** Whether some path of the block comes to a state twice. */
  readonly hasLoops: boolean;
  /** The switch whose clock the block is: all its labels lie there, and every event is named by one history. */
  readonly clock: number | null;
}

/**
 * The groups of a block: an ordered block is one group; else the labels on edges inside one non-singleton strongly
 * connected component are, and groups that share a label are one (spec 2.5).
 */
export function namingOf(block: Block, labels: readonly Label[]): Naming {
  const components = cyclicComponents(block);
  const groups = block.isOrdered ? [together([...block.states.keys()], block.edges)] : joined(components);
  const own = new Set(block.edges.map(({ label }) => label));
  const [first, ...others] = groups;
  const switches = new Set([...own].map((label) => labels[label]!.at.switch));
  const isClock = first !== undefined && others.length === 0 && first.labels.size === own.size && switches.size === 1;
  const groupOf = new Map(groups.flatMap((group, i) => [...group.labels].map((label) => [label, i] as const)));
  const counted = [...own].filter((label) => !groupOf.has(label)).sort((a, b) => a - b);
  return { groups, groupOf, counted, hasLoops: components.length > 0, clock: isClock ? [...switches][0]! : null };
}

const together = (states: readonly number[], edges: readonly Edge[]): Group => ({
  labels: new Set(edges.map(({ label }) => label)),
  states,
  edges,
});

/** The groups of loops, each joined with those with which it shares a label. */
export function joined(components: ReturnType<typeof cyclicComponents>): Group[] {
  let groups: Group[] = [];
  for (const { states, edges } of components) {
    const group = together(states, edges);
    const touching = groups.filter(({ labels }) => [...group.labels].some((label) => labels.has(label)));
    const all = [...touching, group];
    groups = groups.filter((other) => !touching.includes(other));
    const visited = [...new Set(all.flatMap((one) => one.states))].sort((a, b) => a - b);
    groups.push(
      together(
        visited,
        all.flatMap((one) => one.edges),
      ),
    );
  }
  return groups;
}

/**
 * The length of the shortest path whose labels are those of another one, to another state: its last edge leaves a state
 * by a label that leads to two states. Zero if there is none.
 */
export function lengthToFork(block: Pick<Block, 'states' | 'edges'>): number {
  const outgoing = outgoingEdges(block);
  const distances = new Map([[0, 0]]);
  for (const [state, distance] of distances) {
    const leaving = outgoing[state]!;
    // Edges are listed once each, so that two with one label lead to two states.
    if (new Set(leaving.map(({ label }) => label)).size < leaving.length) return distance + 1;
    for (const { to } of leaving) if (!distances.has(to)) distances.set(to, distance + 1);
  }
  return 0;
}
