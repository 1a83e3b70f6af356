import type { Tables } from '../tables/tables.js';

/** A cable, given by the two ports at its ends. */
export type Cable = readonly [string, string];

/**
 * The cables for some links, or the reasons why there are none. A cable carries both directions: a link, and the link
 * back if there is one. A port can be at the end of only one cable.
 */
export function cablesOf(links: Tables['links']): {
  readonly cables: readonly Cable[];
  readonly why: readonly string[];
} {
  const cables: Cable[] = [];
  const other = new Map<string, string>();
  const why: string[] = [];
  for (const { from, to } of links) {
    if (other.get(from) === to && other.get(to) === from) continue;
    for (const [a, b] of [
      [from, to],
      [to, from],
    ] as const)
      if (other.has(a)) why.push(`port ${a} has links with ${other.get(a)} and with ${b}, which no one cable does`);
    other.set(from, to).set(to, from);
    cables.push([from, to]);
  }
  return { cables, why };
}
