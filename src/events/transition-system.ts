import { LimitReached, type Limits } from '../base/limits.js';
import type { Program, StateVector } from '../language/program.js';
import { type Configuration, configuration } from '../netkat/configuration.js';
import { flowGraph } from '../netkat/flow-graph.js';
import type { Location } from '../netkat/policy.js';
import { compareLocations, showLocation } from '../netkat/topology.js';
import { type EventEdge, eventEdges } from './event-edges.js';
import { type Formula, meaning, showFormula } from './formula.js';
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
  /** The link occurrences that give rise to the edge. */
  readonly occurrences: readonly number[];
}

/** An event-driven transition system (paper §3.1, Def. 6; spec 1.5). */
export interface TransitionSystem {
  /** The reachable vectors; the first is the initial one, the rest in breadth-first order. */
  readonly states: readonly StateVector[];
  /** `configurations[i]` is the configuration of `states[i]`. */
  readonly configurations: readonly Configuration[];
  /** The labels in the order of event ids: by distance, then place, then text (spec 2.1). */
  readonly labels: readonly Label[];
  /** The edges, each once, ordered by source, then label, then target. */
  readonly edges: readonly Edge[];
}

/** `ETS(p)`: the states reachable from the initial one, each with its configuration (paper §3.3; spec 1.5). */
export function transitionSystem(program: Program, limits: Limits): TransitionSystem {
  const { fields, policy, initial } = program;
  const graph = flowGraph(policy);
  const states: StateVector[] = [initial];
  const indices = new Map([[String(initial), 0]]);
  const distances = [0];
  const found: (EventEdge & { from: number; target: number })[] = [];

  for (const [from, state] of states.entries()) {
    for (const edge of eventEdges(graph, fields, state, limits)) {
      const key = String(edge.to);
      let target = indices.get(key);
      if (target === undefined) {
        target = states.push(edge.to) - 1;
        if (target >= limits.states)
          throw new LimitReached(
            `more than ${limits.states.toLocaleString('en')} states of the transition system, which no option raises`,
          );
        indices.set(key, target);
        distances.push(distances[from]! + 1);
      }
      found.push({ ...edge, from, target });
    }
  }

  const groups = new Map<string, { edges: typeof found; distance: number }>();
  const keys = found.map((edge) => `${showLocation(edge.at)}|${meaning(fields, edge.formula)}`);
  for (const [i, edge] of found.entries()) {
    const group = groups.get(keys[i]!) ?? { edges: [], distance: distances[edge.from]! };
    group.edges.push(edge);
    groups.set(keys[i]!, group);
  }
  const labelled = [...groups].map(([key, { edges, distance }]) => ({
    key,
    label: makeLabel(program, edges, distance),
  }));
  labelled.sort((a, b) => compareLabels(a.label, b.label));
  const labelIndex = new Map(labelled.map(({ key }, i) => [key, i]));

  const edges = new Map<string, Edge>();
  for (const [i, { from, target, occurrence }] of found.entries()) {
    const label = labelIndex.get(keys[i]!)!;
    const key = `${from},${label},${target}`;
    const occurrences = [...(edges.get(key)?.occurrences ?? []), occurrence];
    edges.set(key, { from, to: target, label, occurrences });
  }
  return {
    states,
    configurations: states.map((state) => configuration(project(policy, state))),
    labels: labelled.map(({ label }) => label),
    edges: [...edges.values()].sort((a, b) => a.from - b.from || a.label - b.label || a.to - b.to),
  };
}

function makeLabel(program: Program, edges: readonly EventEdge[], distance: number): Label {
  const spellings = edges.map(({ formula }) => ({ formula, text: showFormula(program.fields, formula) }));
  spellings.sort((a, b) => a.text.length - b.text.length || (a.text < b.text ? -1 : 1));
  return { ...spellings[0]!, at: edges[0]!.at, distance };
}

const compareLabels = (a: Label, b: Label): number =>
  a.distance - b.distance || compareLocations(a.at, b.at) || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0);
