import { lazily } from '../base/lazily.js';
import { LimitReached, type Limits } from '../base/limits.js';
import type { Program, StateVector } from '../language/program.js';
import { type Configuration, configuration } from '../netkat/configuration.js';
import type { Location } from '../netkat/policy.js';
import { compareLocations } from '../netkat/topology.js';
import { type FoundBlock, type FoundEdge, findBlocks, labelKey } from './blocks.js';
import { compareNumberLists } from './event-set.js';
import { type Formula, showFormula } from './formula.js';
import { linkConditions } from './link-conditions.js';
import { project } from './projection.js';

/** The label that edges share if the same packets satisfy their formulas and their place is the same (spec 1.5). */
export interface Label {
  readonly formula: Formula;
  /** The shortest text among those of the edges' formulas; of several such, the alphabetically first. */
  readonly text: string;
  readonly at: Location;
  /** The least distance from the initial state to a state that an edge of this label leaves (spec 2.1). */
  readonly distance: number;
}

/** An edge between two states, by their indices; `label` indexes the labels. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly label: number;
  /** The link occurrences that give rise to the edge, ascending. */
  readonly occurrences: readonly number[];
}

/** A block of the state, with a transition system of its own (spec 2.4). */
export interface Block {
  /** The indices of the vector that are its own, ascending. */
  readonly indices: readonly number[];
  /** Whether an `ordered` declaration names events of this block by their order (spec 2.5). */
  readonly isOrdered: boolean;
  /** Its part of the vector in each reachable state; the first is the initial one, the rest in breadth-first order. */
  readonly states: readonly StateVector[];
  /** The edges between its states, each once, ordered by source, then label, then target. */
  readonly edges: readonly Edge[];
}

/**
 * An event-driven transition system (paper §3.1, Def. 6; spec 1.5), as the product of its blocks (spec 2.4): from a
 * state, any one block takes an edge. What lists the product is made when it is asked for.
 */
export interface TransitionSystem {
  readonly initial: StateVector;
  readonly blocks: readonly Block[];
  /** The labels in the order of event ids: by distance, then place, then text (spec 2.1). */
  readonly labels: readonly Label[];
  /** `[p]k` as a configuration, for any vector k of states of the blocks. */
  readonly configurationOf: (state: StateVector) => Configuration;
  /** The reachable vectors; the first is the initial one. @throws LimitReached if they are too many to be listed */
  readonly states: readonly StateVector[];
  /** `configurations[i]` is the configuration of `states[i]`. @throws LimitReached */
  readonly configurations: readonly Configuration[];
}

/**
 * `ETS(p)`: the states reachable from the initial one, each with its configuration (paper §3.3; spec 1.5, 2.4).
 * @param isOne whether the whole vector is taken as one block @throws LimitReached
 */
export function transitionSystem(program: Program, limits: Limits, isOne = false): TransitionSystem {
  const { policy, initial } = program;
  const found = findBlocks(program, linkConditions(program, limits), limits, isOne);
  const labelled = labelsOf(program, found);
  const labelOf = new Map(labelled.map(({ key }, i) => [key, i]));
  const blocks = found.map((block) => ({ ...block, edges: edgesOf(block, labelOf) }));
  const known = new Map<string, Configuration>();
  const configurationOf = (state: StateVector): Configuration => {
    const key = String(state);
    const made = known.get(key) ?? configuration(project(policy, state));
    known.set(key, made);
    return made;
  };
  const labels = labelled.map(({ label }) => label);
  return productOf({ initial, blocks, labels, configurationOf }, limits);
}

/** A system with the lists of its product. */
export function productOf(
  system: Pick<TransitionSystem, 'initial' | 'blocks' | 'labels' | 'configurationOf'>,
  limits: Pick<Limits, 'states'>,
): TransitionSystem {
  const states = lazily(() => [...vectors(system, limits)]);
  const configurations = lazily(() => states().map(system.configurationOf));
  return {
    ...system,
    get states() {
      return states();
    },
    get configurations() {
      return configurations();
    },
  };
}

/** The vectors of the product, the initial one first: those of the first block change fastest. @throws LimitReached */
function vectors({ initial, blocks }: Pick<TransitionSystem, 'initial' | 'blocks'>, limits: Pick<Limits, 'states'>) {
  if (countStates({ blocks }) > limits.states)
    throw new LimitReached(
      `the ${blocks.length} blocks of the state have more than ${limits.states.toLocaleString('en')} states ` +
        'together, which would have to be listed one by one',
    );
  let all: StateVector[] = [initial];
  for (const block of changing(blocks))
    all = block.states.flatMap((part) => all.map((state) => withPart(state, block, part)));
  return all;
}

/** An edge of the product: a block takes an edge of its own, whatever the others are in. */
export interface ProductEdge extends Omit<Edge, 'from' | 'to'> {
  readonly from: StateVector;
  readonly to: StateVector;
}

/** The edges of the product that leave some vectors, in the order of these, of labels, and of where they lead. */
export function edgesFrom({ blocks }: TransitionSystem, states: readonly StateVector[]): ProductEdge[] {
  const leaving = blocks.map((block) => {
    const byPart = new Map(block.states.map((part): [string, Edge[]] => [String(part), []]));
    for (const edge of block.edges) byPart.get(String(block.states[edge.from]!))!.push(edge);
    return { block, byPart };
  });
  return states.flatMap((from) =>
    leaving
      .flatMap(({ block, byPart }) =>
        byPart.get(String(block.indices.map((index) => from[index]!)))!.map((edge) => productEdge(block, edge, from)),
      )
      .sort((a, b) => a.label - b.label || compareNumberLists(a.to, b.to)),
  );
}

/** An edge of a block as one of the product, where the other blocks are as in a vector. */
export const productEdge = (block: Block, { from, to, ...rest }: Edge, state: StateVector): ProductEdge => ({
  ...rest,
  from: withPart(state, block, block.states[from]!),
  to: withPart(state, block, block.states[to]!),
});

/** At most so many vectors of the product, in order; all of them if they are no more. */
export function someStates({ initial, blocks }: TransitionSystem, most: number): StateVector[] {
  let all: StateVector[] = [initial];
  for (const block of changing(blocks))
    all = block.states.flatMap((part) => all.map((state) => withPart(state, block, part))).slice(0, most);
  return all.sort(compareNumberLists);
}

/** The blocks with several states: of the others every vector has the part that the initial one has. */
const changing = <B extends Pick<Block, 'states'>>(blocks: readonly B[]): B[] =>
  blocks.filter(({ states }) => states.length > 1);

/** How many vectors the product has, which may be too many to be listed. */
export const countStates = ({ blocks }: Pick<TransitionSystem, 'blocks'>): number =>
  blocks.reduce((product, { states }) => product * states.length, 1);

/** A vector with other values in the place of a block's part. */
export function withPart(state: StateVector, { indices }: Pick<Block, 'indices'>, part: StateVector): StateVector {
  const changed = [...state];
  for (const [i, index] of indices.entries()) changed[index] = part[i]!;
  return changed;
}

/** The labels of all blocks, in the order of event ids. */
function labelsOf(program: Program, blocks: readonly FoundBlock[]): { key: string; label: Label }[] {
  const groups = new Map<string, { edges: FoundEdge[]; distance: number }>();
  for (const { edges, distances } of blocks)
    for (const edge of edges) {
      const key = labelKey(edge);
      const group = groups.get(key) ?? { edges: [], distance: distances[edge.from]! };
      group.edges.push(edge);
      group.distance = Math.min(group.distance, distances[edge.from]!);
      groups.set(key, group);
    }
  return [...groups]
    .map(([key, { edges, distance }]) => ({ key, label: makeLabel(program, edges, distance) }))
    .sort((a, b) => compareLabels(a.label, b.label));
}

function makeLabel(program: Program, edges: readonly FoundEdge[], distance: number): Label {
  const distinct = new Set(edges.flatMap(({ formulas }) => formulas));
  const spellings = [...distinct].map((formula) => ({ formula, text: showFormula(program.fields, formula) }));
  spellings.sort((a, b) => a.text.length - b.text.length || (a.text < b.text ? -1 : 1));
  return { ...spellings[0]!, at: edges[0]!.at, distance };
}

const compareLabels = (a: Label, b: Label): number =>
  a.distance - b.distance || compareLocations(a.at, b.at) || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0);

function edgesOf({ edges }: FoundBlock, labelOf: ReadonlyMap<string, number>): Edge[] {
  const made = new Map<string, Edge>();
  for (const edge of edges) {
    const { from, to, occurrence } = edge;
    const label = labelOf.get(labelKey(edge))!;
    const key = `${from},${label},${to}`;
    const occurrences = new Set([...(made.get(key)?.occurrences ?? []), occurrence]);
    made.set(key, { from, to, label, occurrences: [...occurrences] });
  }
  return [...made.values()].sort((a, b) => a.from - b.from || a.label - b.label || a.to - b.to);
}
