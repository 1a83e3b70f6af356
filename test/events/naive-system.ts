import type { Program, StateVector } from '../../src/language/program.js';
import { extract, holds } from './figure3.js';
import { packetsOf } from './stateful.js';

export interface NaiveEdge {
  readonly from: string;
  readonly to: string;
  /** The satisfying packets and the place: what makes a label (spec 1.5). */
  readonly label: string;
  readonly literals: readonly string[];
  readonly occurrence: number;
}

export interface NaiveSystem {
  /** The reachable vectors, each with its breadth-first distance. */
  readonly distances: ReadonlyMap<string, number>;
  readonly edges: readonly NaiveEdge[];
}

/** What makes a label: the packets that satisfy a conjunction, and a place (spec 1.5). */
export const labelOf = (program: Program, literals: readonly string[], at: string): string =>
  `${packetsOf(program.fields)
    .filter((packet) => holds(literals, packet))
    .join(' ')} @${at}`;

/** The reachable states and their edges by the literal Figure 3, round by round. */
export function naive(program: Program): NaiveSystem {
  const distances = new Map([[String(program.initial), 0]]);
  const edges: NaiveEdge[] = [];
  for (const [from, distance] of distances) {
    const state: StateVector = from.split(',').map(Number);
    for (const text of extract(program.policy, program.fields, state, []).edges) {
      const [, formula, at, to, occurrence] = /^(.*) @(\S+) -> (\S+) by (\d+)$/.exec(text)!;
      const literals = formula === '' ? [] : formula!.split(' & ');
      const label = labelOf(program, literals, at!);
      edges.push({ from, to: to!, label, literals, occurrence: Number(occurrence) });
      if (!distances.has(to!)) distances.set(to!, distance + 1);
    }
  }
  return { distances, edges };
}
