import type { Block, Edge, TransitionSystem } from '../../src/events/transition-system.js';
import { unroll } from './arbitrary-system.js';

/** Sets of events by name (spec 2.1, 2.5), as sorted text: `3#2` by number, `<0 1 0>` by history. */
export type Names = readonly string[];

export interface NaivePath {
  readonly edges: readonly Edge[];
  readonly end: number;
}

/** Every path from the initial state of at most `length` edges; of any length, if there are no loops. */
export function pathsUpTo({ edges }: Block, length: number): readonly NaivePath[] {
  const all: NaivePath[] = [{ edges: [], end: 0 }];
  for (const path of all) {
    if (path.edges.length >= length) continue;
    for (const edge of edges) if (edge.from === path.end) all.push({ edges: [...path.edges, edge], end: edge.to });
  }
  return all;
}

/** Whether there is a path of one edge or more. */
export function leadsTo({ edges }: Pick<Block, 'edges'>, from: number, to: number): boolean {
  const reached = new Set<number>();
  const visit = (state: number) => {
    for (const edge of edges) {
      if (edge.from !== state || reached.has(edge.to)) continue;
      reached.add(edge.to);
      visit(edge.to);
    }
  };
  visit(from);
  return reached.has(to);
}

export const hasLoop = (block: Block): boolean => [...block.states.keys()].some((s) => leadsTo(block, s, s));

/** The labels of each group, whose events are named by their histories: spec 2.5, word for word. */
export function groupsOf(block: Block): readonly ReadonlySet<number>[] {
  if (block.isOrdered) return [new Set(block.edges.map(({ label }) => label))];
  const inside = block.edges.filter(({ from, to }) => leadsTo(block, to, from));
  // Labels of edges of one component form a group; groups that share a label are one.

  const isJoined = (a: Edge, b: Edge) =>
    a.label === b.label || (leadsTo(block, a.to, b.from) && leadsTo(block, b.to, a.from));
  const groups: Edge[][] = [];
  for (const edge of inside) {
    const touching = groups.filter((group) => group.some((other) => other === edge || isJoined(other, edge)));
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push([...touching.flat(), edge]);
  }
  return groups.map((group) => new Set(group.map(({ label }) => label)));
}

/** The events of a path, in order. */
export function eventsOn(block: Block, edges: readonly Edge[]): readonly string[] {
  const groups = groupsOf(block);
  return edges.map(({ label }, i) => {
    const before = edges.slice(0, i + 1).map((edge) => edge.label);
    const group = groups.find((labels) => labels.has(label));
    if (group) return `<${before.filter((other) => group.has(other)).join(' ')}>`;
    return `${label}#${before.filter((other) => other === label).length}`;
  });
}

/** `S(path)`: the set of events on it (spec 2.1). */
export const namesOf = (block: Block, edges: readonly Edge[]): Names => [...eventsOn(block, edges)].sort();

/** Whether all events are named by one history, and all labels lie at one switch (spec 2.5). */
export function isClock(block: Block, { labels }: Pick<TransitionSystem, 'labels'>): boolean {
  const own = new Set(block.edges.map(({ label }) => label));
  const [group, ...others] = groupsOf(block);
  const switches = new Set([...own].map((label) => labels[label]!.at.switch));
  return group !== undefined && others.length === 0 && group.size === own.size && switches.size === 1;
}

/** How long paths are of which F is made; undefined if there are no loops. */
export function boundOf(block: Block, system: TransitionSystem): number | undefined {
  if (!hasLoop(block)) return undefined;
  if (isClock(block, system)) return Math.max(unroll, forkOf(block) ?? 0);
  return Math.max(unroll, longestOfConditions(block));
}

/** The length of the shortest path beside which another one has the same labels and ends elsewhere. */
const forkOf = (block: Block): number | undefined =>
  pathsUpTo(block, block.states.length).find(({ edges }) =>
    block.edges.some(
      (a) => a.from === edges.at(-1)?.from && a.label === edges.at(-1)?.label && a.to !== edges.at(-1)?.to,
    ),
  )?.edges.length;

/** Twice the block's states, at least 8 (spec 2.5). */
export const longestOfConditions = ({ states }: Block): number => Math.max(8, 2 * states.length);

/**
 * The sets S(path) of paths of any length, as far as they are of given events: of what is past these it is enough to
 * know that it has happened, since the events that are given have only such before them.
 */
export function longSets(block: Block, given: Names): readonly Names[] {
  const groups = groupsOf(block);
  interface Here {
    readonly end: number;
    readonly names: Names;
    /** For each group its labels so far, for each other label how often it has happened: `null` if past the given. */
    readonly histories: readonly (readonly number[] | null)[];
    readonly counts: ReadonlyMap<number, number>;
  }
  const start: Here = { end: 0, names: [], histories: groups.map(() => []), counts: new Map() };
  const all = [start];
  const seen = new Set<string>();
  for (const here of all)
    for (const { from, label, to } of block.edges) {
      if (from !== here.end) continue;
      const g = groups.findIndex((labels) => labels.has(label));
      let next: Here;
      if (g >= 0) {
        const history = here.histories[g] && [...here.histories[g], label];
        const name = history && `<${history.join(' ')}>`;
        const isGiven = name && given.includes(name);
        const histories = here.histories.with(g, isGiven ? history : null);
        next = { ...here, end: to, histories, names: isGiven ? [...here.names, name] : here.names };
      } else {
        const count = (here.counts.get(label) ?? 0) + 1;
        const name = `${label}#${count}`;
        const isGiven = given.includes(name);
        const counts = isGiven ? new Map([...here.counts, [label, count]]) : here.counts;
        next = { ...here, end: to, counts, names: isGiven ? [...here.names, name] : here.names };
      }
      const key = `${to}|${[...next.names].sort()}|${next.histories.map((history) => history === null)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      all.push(next);
    }
  return [...new Map(all.map(({ names }) => [String([...names].sort()), names])).values()];
}

export const includesAll = (larger: Names, smaller: Names): boolean => smaller.every((name) => larger.includes(name));

/** All subsets, the empty one first. */
export const subsetsOf = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  items.reduce<readonly (readonly T[])[]>((all, item) => all.concat(all.map((set) => [...set, item])), [[]]);
