import { LimitReached, type Limits } from '../base/limits.js';
import type { Program, StateVector } from '../language/program.js';
import type { Location } from '../netkat/policy.js';
import { showLocation } from '../netkat/topology.js';
import type { Formula } from './formula.js';
import { type AssigningLink, dependsOn, holdsIn, type LinkConditions } from './link-conditions.js';

/** An edge of a block before labels have numbers: `(k, (φ, at), k')` by the link that gives rise to it (spec 1.5). */
export interface FoundEdge {
  /** States of the block, by their indices. */
  readonly from: number;
  readonly to: number;
  readonly at: Location;
  /** Two edges carry the same label iff their places and meanings are the same. */
  readonly meaning: string;
  /** How φ is written on the ways to the link. */
  readonly formulas: readonly Formula[];
  readonly occurrence: number;
}

/** A block of the state vector with its reachable states and its edges (spec 2.4). */
export interface FoundBlock {
  /** The indices of the vector that are its own, ascending. */
  readonly indices: readonly number[];
  readonly isOrdered: boolean;
  /** Its part of the vector in each reachable state, breadth first; and how far each state is from the first. */
  readonly states: readonly StateVector[];
  readonly distances: readonly number[];
  readonly edges: readonly FoundEdge[];
}

/** What two edges have in common iff they carry the same label (spec 1.5). */
export const labelKey = ({ at, meaning }: Pick<FoundEdge, 'at' | 'meaning'>): string =>
  `${showLocation(at)}|${meaning}`;

/**
 * The blocks of a program's state (spec 2.4): the finest partition of its indices in which a link's own indices and
 * those that decide at it are together, and so are edges with one label, and the indices of an `ordered` declaration.
 * @param isOne whether all indices are put into one block all the same @throws LimitReached
 */
export function findBlocks(
  { initial, ordered }: Pick<Program, 'initial' | 'ordered'>,
  conditions: LinkConditions,
  limits: Pick<Limits, 'states' | 'deadline'>,
  isOne: boolean,
): FoundBlock[] {
  const groups = disjointSets(initial.length);
  for (const declared of ordered) groups.join(declared);
  if (isOne) groups.join(initial.keys());
  for (const { link, conditions: reaching } of conditions.links) {
    const deciding = reaching.flatMap(({ when }) => [...dependsOn(conditions, when)]);
    groups.join([...link.assignments.map(({ component }) => component), ...deciding]);
  }
  const isOrdered = (indices: readonly number[]) => ordered.some((declared) => indices.includes(declared[0]!));
  // Labels are known once the blocks have been searched; those that share one are searched again as one.
  let made = new Map<string, FoundBlock>();
  for (;;) {
    const before = made;
    made = new Map(
      groups.all().map((indices) => {
        const key = indices.join();
        return [
          key,
          before.get(key) ?? search({ indices, isOrdered: isOrdered(indices) }, initial, conditions, limits),
        ];
      }),
    );
    const blockOf = new Map<string, number>();
    let isStable = true;
    for (const { indices, edges } of made.values())
      for (const edge of edges) {
        const key = labelKey(edge);
        const other = blockOf.get(key) ?? indices[0]!;
        blockOf.set(key, other);
        if (!indices.includes(other)) isStable = false;
        groups.join([other, indices[0]!]);
      }
    if (isStable) return [...made.values()];
  }
}

/** The states of a block that its edges lead to, breadth first, with these edges. */
function search(
  { indices, isOrdered }: Pick<FoundBlock, 'indices' | 'isOrdered'>,
  initial: StateVector,
  conditions: LinkConditions,
  limits: Pick<Limits, 'states' | 'deadline'>,
): FoundBlock {
  const place = new Map(indices.map((index, i) => [index, i]));
  const own = conditions.links.filter(({ link }) => link.assignments.some(({ component }) => place.has(component)));
  const states: StateVector[] = [indices.map((index) => initial[index]!)];
  const distances = [0];
  const found = new Map([[String(states[0]), 0]]);
  const edges: FoundEdge[] = [];
  for (const [from, state] of states.entries())
    for (const { link, conditions: reaching } of own) {
      const next = [...state];
      for (const { component, value } of link.assignments) next[place.get(component)!] = value;
      if (next.every((value, i) => value === state[i])) continue;
      const valueIn = (component: number) => state[place.get(component)!]!;
      const holding = reaching.filter(({ when }) => holdsIn(conditions, when, valueIn));
      if (holding.length === 0) continue;
      const key = String(next);
      let to = found.get(key);
      if (to === undefined) {
        to = states.push(next) - 1;
        if (to >= limits.states) throw new LimitReached(tooManyStates(indices, limits.states));
        found.set(key, to);
        distances.push(distances[from]! + 1);
      }
      for (const condition of holding) edges.push(edgeOf(link, { from, to }, condition, { conditions, place, state }));
    }
  return { indices, isOrdered, states, distances, edges };
}

const tooManyStates = (indices: readonly number[], limit: number): string =>
  `more than ${limit.toLocaleString('en')} states of the block of ${inWords(indices)}, whose components depend on each ` +
  'other (no option raises this; components that do not depend on each other are blocks of their own)';

/** The indices of a block as an `ordered` declaration lists them: `state(0), state(3)`. */
export const showIndices = (indices: readonly number[]): string => indices.map((index) => `state(${index})`).join(', ');

/** So many indices are named in a message. */
const maxNamed = 4;

/** The indices of a block, the first few by name. */
const inWords = (indices: readonly number[]): string => {
  const more = indices.length - maxNamed;
  return more > 0 ? `${showIndices(indices.slice(0, maxNamed))} and ${more} more` : showIndices(indices);
};

function edgeOf(
  { to: at, occurrence }: AssigningLink['link'],
  ends: Pick<FoundEdge, 'from' | 'to'>,
  { meaning, spellings }: AssigningLink['conditions'][number],
  { conditions, place, state }: { conditions: LinkConditions; place: ReadonlyMap<number, number>; state: StateVector },
): FoundEdge {
  const { store } = conditions;
  // A spelling may depend on other blocks too, which can be in any of their states.
  const isPossible = (when: number) => {
    let rest = when;
    for (const [component, i] of place)
      rest = store.assume(rest, component, conditions.values[component]!.indexOf(state[i]!));
    return store.leaves(rest).includes(true);
  };
  const formulas = spellings.filter(({ when }) => isPossible(when)).map(({ formula }) => formula);
  return { ...ends, at, meaning, formulas, occurrence };
}

/** A partition of 0 … count - 1, at first into single numbers. */
function disjointSets(count: number) {
  const parent = Array.from({ length: count }, (_, i) => i);
  const find = (i: number): number => {
    let root = i;
    while (parent[root] !== root) root = parent[root]!;
    return root;
  };
  return {
    /** Puts the sets of these numbers together. */
    join: (numbers: Iterable<number>): void => {
      let first: number | undefined;
      for (const i of numbers) {
        first ??= find(i);
        const root = find(i);
        parent[Math.max(first, root)] = Math.min(first, root);
        first = Math.min(first, root);
      }
    },
    /** The sets, each ascending, by their least numbers. */
    all: (): number[][] => {
      const sets = new Map<number, number[]>();
      for (let i = 0; i < count; i++) {
        const root = find(i);
        const set = sets.get(root) ?? [];
        set.push(i);
        sets.set(root, set);
      }
      return [...sets.values()];
    },
  };
}
