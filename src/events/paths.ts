import { checkTime, LimitReached, type Limits } from '../base/limits.js';
import { outgoingEdges } from './components.js';
import type { Naming } from './naming.js';
import type { Block, Edge } from './transition-system.js';

/** A path from the initial state of a block: its edges, in order. */
export type Path = readonly Edge[];

/** A history (spec 2.5): the labels of a group on a path, the last one that of the event which it names. */
export interface History {
  readonly id: number;
  readonly group: number;
  readonly label: number;
  /** Its length. */
  readonly time: number;
  readonly before: History | undefined;
}

/** The labels of a history, in order. */
export function labelsOfHistory(history: History): number[] {
  const labels: number[] = [];
  for (let here: History | undefined = history; here; here = here.before) labels.push(here.label);
  return labels.reverse();
}

/** What has happened on a path to a state: how often each label without a group, and the history of each group. */
export interface PathEnd {
  /** By place among the labels without a group: see `Naming.counted`. */
  readonly counts: readonly number[];
  /** By group. */
  readonly histories: readonly (History | undefined)[];
  readonly state: number;
  readonly length: number;
  /** The path's end without its last edge, and that edge; paths share their beginnings in this way. */
  readonly last: { readonly before: PathEnd; readonly edge: Edge } | undefined;
}

export function pathOf(end: PathEnd): Path {
  const path: Edge[] = [];
  for (let { last } = end; last; last = last.before.last) path.push(last.edge);
  return path.reverse();
}

/** How often each label without a group can have happened, at most. */
export const mostCounts = ({ counted }: Pick<Naming, 'counted'>, ends: readonly PathEnd[]): number[] =>
  counted.map((_, place) => ends.reduce((greatest, { counts }) => Math.max(greatest, counts[place]!), 0));

/** What the paths of a block lead to. */
export interface Paths {
  /** Each state with each way in which something can have happened before it, breadth first. */
  readonly ends: readonly PathEnd[];
  /** Those of these ends that a longer path than the bound would go on from. */
  readonly truncated: readonly PathEnd[];
  /** Each edge that a path goes on by, from what has happened before it to what has happened then. */
  readonly steps: readonly { readonly from: PathEnd; readonly to: Pick<PathEnd, 'counts' | 'histories'> }[];
  readonly histories: readonly History[];
  /** The history that goes on from another (undefined: from none) with a label, if a path has it. */
  readonly extended: (group: number, before: History | undefined, label: number) => History | undefined;
}

/**
 * All that can have happened on the paths of a block (spec 2.1, 2.5), breadth first.
 * @param bound on the length of paths; null if there are no loops @throws LimitReached
 */
export function collectPaths(block: Block, naming: Naming, bound: number | null, limits: Limits): Paths {
  const outgoing = outgoingEdges(block);
  const histories: History[] = [];
  const children = new Map<string, History>();
  const childKey = (group: number, before: History | undefined, label: number) =>
    `${before?.id ?? -group - 1},${label}`;
  const extend = (group: number, before: History | undefined, label: number): History => {
    const key = childKey(group, before, label);
    const found = children.get(key);
    if (found) return found;
    const made: History = { id: histories.length, group, label, time: (before?.time ?? 0) + 1, before };
    histories.push(made);
    children.set(key, made);
    return made;
  };

  const start: PathEnd = {
    counts: naming.counted.map(() => 0),
    histories: naming.groups.map(() => undefined),
    state: 0,
    length: 0,
    last: undefined,
  };
  const keyOf = ({ state, counts, histories }: Pick<PathEnd, 'state' | 'counts' | 'histories'>) =>
    `${state}|${counts}|${histories.map((history) => history?.id)}`;
  const ends: PathEnd[] = [start];
  const seen = new Set([keyOf(start)]);
  const truncated: PathEnd[] = [];
  const steps: Paths['steps'][number][] = [];
  for (const end of ends) {
    checkTime(limits);
    const { state, length } = end;
    // Paths on which the same has happened are equally long, so each end has one length.
    if (bound !== null && length >= bound) {
      if (outgoing[state]!.length > 0) truncated.push(end);
      continue;
    }
    for (const edge of outgoing[state]!) {
      const next = { state: edge.to, ...after(naming, end, edge.label, extend) };
      steps.push({ from: end, to: next });
      const key = keyOf(next);
      if (seen.has(key)) continue;
      seen.add(key);
      if (seen.size > limits.paths)
        throw new LimitReached(`more than ${limits.paths} sets of events on paths through the transition system`);
      ends.push({ ...next, length: length + 1, last: { before: end, edge } });
    }
  }
  const extended: Paths['extended'] = (group, before, label) => children.get(childKey(group, before, label));
  return { ends, truncated, steps, histories, extended };
}

/** What has happened once a label has happened as well. */
function after(
  { groupOf, counted }: Naming,
  { counts, histories }: Pick<PathEnd, 'counts' | 'histories'>,
  label: number,
  extend: (group: number, before: History | undefined, label: number) => History,
): Pick<PathEnd, 'counts' | 'histories'> {
  const group = groupOf.get(label);
  if (group !== undefined) return { counts, histories: histories.with(group, extend(group, histories[group], label)) };
  const place = counted.indexOf(label);
  return { counts: counts.with(place, counts[place]! + 1), histories };
}
