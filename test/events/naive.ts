import type { Edge, TransitionSystem } from '../../src/events/transition-system.js';

/** Sets of events by name, `label#occurrence` (spec 2.1), as sorted text. */
export type Names = readonly string[];

export interface NaivePath {
  readonly edges: readonly Edge[];
  readonly end: number;
}

/** Every path from the initial state of at most `length` edges; of any length, if there are no loops. */
export function pathsUpTo(system: TransitionSystem, length: number): readonly NaivePath[] {
  const all: NaivePath[] = [{ edges: [], end: 0 }];
  for (const path of all) {
    if (path.edges.length >= length) continue;
    for (const edge of system.edges)
      if (edge.from === path.end) all.push({ edges: [...path.edges, edge], end: edge.to });
  }
  return all;
}

/** `S(path)`: the j-th edge of the path that carries label ℓ is the event `ℓ#j` (spec 2.1). */
export function namesOf(edges: readonly Edge[]): Names {
  const count = new Map<number, number>();
  const names = edges.map(({ label }) => {
    count.set(label, (count.get(label) ?? 0) + 1);
    return `${label}#${count.get(label)}`;
  });
  return names.sort();
}

/**
 * The sets `S(path)` of paths of at most `length` edges, which may be long: of several paths to one state that collect
 * the same events only one is followed further, since what follows depends on state and events alone.
 */
export function setsUpTo(system: TransitionSystem, length: number): readonly Names[] {
  let last: NaivePath[] = [{ edges: [], end: 0 }];
  const all = new Map<string, Names>([['', []]]);
  for (let i = 0; i < length && last.length > 0; i++) {
    const next = new Map<string, NaivePath>();
    for (const path of last)
      for (const edge of system.edges) {
        if (edge.from !== path.end) continue;
        const edges = [...path.edges, edge];
        const names = namesOf(edges);
        all.set(String(names), names);
        next.set(`${edge.to}|${names}`, { edges, end: edge.to });
      }
    last = [...next.values()];
  }
  return [...all.values()];
}

/** Whether there is a path of one edge or more. */
export function leadsTo(system: TransitionSystem, from: number, to: number): boolean {
  const reached = new Set<number>();
  const visit = (state: number) => {
    for (const edge of system.edges) {
      if (edge.from !== state || reached.has(edge.to)) continue;
      reached.add(edge.to);
      visit(edge.to);
    }
  };
  visit(from);
  return reached.has(to);
}

export const includesAll = (larger: Names, smaller: Names): boolean => smaller.every((name) => larger.includes(name));

/** All subsets, the empty one first. */
export const subsetsOf = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  items.reduce<readonly (readonly T[])[]>((all, item) => all.concat(all.map((set) => [...set, item])), [[]]);
