import type { Program, StatefulAtom } from '../language/program.js';
import { undetermined } from '../netkat/fields.js';
import type { FlowEdge, FlowGraph } from '../netkat/flow-graph.js';
import type { Arrival } from '../netkat/tree.js';
import type { ComponentValues, PartialState } from './partial-states.js';
import { type FollowedWalks, type HopWalk, type Walks, type WayOut, walksOf } from './walks.js';

/** Notes which branches of a policy packets run. */
export interface BranchUsage {
  /** Where copies of a packet come, in states that stand for some. */
  readonly note: (arrivals: readonly Arrival[], state: PartialState) => void;
  /**
   * The branches that nothing which was noted runs, as indices: of those within each other the outermost, of those of a
   * `let` each that is run nowhere. A branch that only drops, by a `false` in it, is none, nor is one by which packets
   * may pass without an atom. Empty if there is too much to look at.
   */
  readonly unused: () => number[];
}

type Edge = FlowEdge<StatefulAtom>;

/** So many edges of the policy are looked at. */
const maxWork = 2_000_000;

/** So many places of packets are kept. */
const maxKept = 50_000;

/** While something new is seen, what is open is worked out anew once for so many places. */
const renewEvery = 64;

const isLink = ({ atom }: Edge): boolean => atom?.kind === 'link' || atom?.kind === 'stateLink';

/**
 * A branch is run if some atom of it is on a way that leads out of a hop. Most have a link that is crossed, so that the
 * positions of packets say so; walks are taken at the end, and look for the others alone.
 */
export function branchUsageOf(program: Program, values: ComponentValues): BranchUsage {
  const crossed = new Set<number>();
  const kept: { readonly arrival: Arrival; readonly state: PartialState }[] = [];
  return {
    note: (arrivals, state) => {
      for (const arrival of arrivals) {
        for (const occurrence of arrival.position) crossed.add(occurrence);
        if (kept.length <= maxKept) kept.push({ arrival, state });
      }
    },
    unused: () => {
      const walks = walksOf(program, values);
      const lasting = flagged(program, lastingAtoms(walks.graph));
      const links = walks.graph.edges.flat().flatMap(({ atom }) => (atom && 'occurrence' in atom ? [atom] : []));
      const run = flagged(
        program,
        links.filter(({ occurrence }) => crossed.has(occurrence)),
      );
      if (!lookFor(program, walks, { run, lasting, kept, values })) return [];
      return unusedBranches(program, run, lasting);
    },
  };
}

/** For each branch whether it has one of some atoms in it. */
function flagged(program: Program, atoms: Iterable<StatefulAtom>): boolean[] {
  const flags = program.branches.all.map(() => false);
  for (const atom of atoms) flag(program, flags, atom);
  return flags;
}

/** Flags the branches that an atom is in. @returns whether one is new */
function flag({ branches: { all, of } }: Program, flags: boolean[], atom: StatefulAtom): boolean {
  let isNew = false;
  for (let branch = of.get(atom); branch !== undefined && !flags[branch]; branch = all[branch]!.parent) {
    flags[branch] = true;
    isNew = true;
  }
  return isNew;
}

interface Looking {
  /** The branches that are known to be run, to which others are added. */
  readonly run: boolean[];
  readonly lasting: readonly boolean[];
  readonly kept: readonly { readonly arrival: Arrival; readonly state: PartialState }[];
  readonly values: ComponentValues;
}

/**
 * Looks, wherever packets come, for walks by branches that are not known to be run. @returns false if there is too much
 */
function lookFor(program: Program, { graph, waysOut }: Walks, { run, lasting, kept, values }: Looking): boolean {
  const { of } = program.branches;
  const isFresh = (atom: StatefulAtom): boolean => {
    const branch = of.get(atom);
    return branch !== undefined && lasting[branch]! && !run[branch]!;
  };
  let open = openEdges(graph.edges, isFresh);
  let [isStale, isOver, work] = [false, open.every(isEmpty), 0];
  const following: FollowedWalks = {
    isFresh,
    edgesFrom: (node, fresh) => {
      const edges = (fresh ? graph.edges : open)[node]!;
      work += edges.length;
      return edges;
    },
  };
  for (const [i, { arrival, state }] of kept.entries()) {
    if (isStale && i % renewEvery === 0) {
      open = openEdges(graph.edges, isFresh);
      isStale = false;
      isOver = open.every(isEmpty);
    }
    if (isOver) return true;
    const vector = state.map((value, component) => (value === undetermined ? undefined : values[component]![value]!));
    const { headers, at, position } = arrival;
    for (const way of waysOut({ headers, at, position, state: vector }, following))
      for (const atom of atomsOn(way)) if (flag(program, run, atom)) isStale = true;
    if (work > maxWork || i >= maxKept) return false;
  }
  return true;
}

const isEmpty = (edges: readonly Edge[]): boolean => edges.length === 0;

/** The atoms on the walks that lead to a way out. */
function atomsOn({ walk, link }: WayOut): ReadonlySet<StatefulAtom> {
  const atoms = new Set<StatefulAtom>(link ? [link] : []);
  const walks = new Set<HopWalk>([walk]);
  for (const { before } of walks)
    for (const { walk: earlier, atom } of before) {
      if (atom) atoms.add(atom);
      walks.add(earlier);
    }
  return atoms;
}

/** For each node the edges by which something can be met in the hop that is looked for. */
function openEdges(edges: readonly (readonly Edge[])[], isFresh: (atom: StatefulAtom) => boolean): Edge[][] {
  const before: number[][] = edges.map(() => []);
  const leads = edges.map(() => false);
  const work: number[] = [];
  const note = (node: number): void => {
    if (leads[node]) return;
    leads[node] = true;
    work.push(node);
  };
  for (const [node, own] of edges.entries())
    for (const edge of own) {
      if (edge.atom && isFresh(edge.atom)) note(node);
      if (!isLink(edge)) before[edge.to]!.push(node);
    }
  for (let node = work.pop(); node !== undefined; node = work.pop()) for (const one of before[node]!) note(one);
  return edges.map((own) =>
    own.filter((edge) => (edge.atom && isFresh(edge.atom)) || (!isLink(edge) && leads[edge.to]!)),
  );
}

/**
 * The atoms behind which the end of the policy can be reached in the text: no `false` bars the way.
 */
function lastingAtoms({ edges, end }: FlowGraph<StatefulAtom>): ReadonlySet<StatefulAtom> {
  const before: number[][] = edges.map(() => []);
  for (const [node, own] of edges.entries()) for (const { to } of own) before[to]!.push(node);
  const ends = new Set([end]);
  for (const node of ends) for (const earlier of before[node]!) ends.add(earlier);
  return new Set(edges.flat().flatMap(({ atom, to }) => (atom && ends.has(to) ? [atom] : [])));
}

function unusedBranches({ branches }: Program, run: readonly boolean[], lasting: readonly boolean[]): number[] {
  const { all } = branches;
  const isUnused = (branch: number): boolean => lasting[branch]! && !run[branch]! && !all[branch]!.mayDoNothing;
  const placeOf = (branch: number): string => `${all[branch]!.span.start} ${all[branch]!.span.end}`;
  const told = new Set(all.flatMap((_, branch) => (run[branch] ? [placeOf(branch)] : [])));
  return all.flatMap(({ parent }, branch) => {
    if (!isUnused(branch) || told.has(placeOf(branch))) return [];
    told.add(placeOf(branch));
    return parent !== undefined && isUnused(parent) ? [] : [branch];
  });
}
