import type { Diagram } from '../netkat/diagram.js';
import { type HopAction, portField } from '../netkat/hop-diagrams.js';
import type { DiagramOutput, PlaceDiagrams } from './outputs.js';

/**
 * A copy that leaves by a port. `links` are the link occurrences that it crosses, ascending; none if it leaves the
 * network.
 */
export interface LinkedCopy extends Pick<DiagramOutput, 'port' | 'sets'> {
  readonly links: readonly number[];
}

/** The copy that an action makes of a packet that came in by a port. */
export function asCopy({ sets, link }: HopAction, port: number): LinkedCopy {
  const out = sets.find(([field]) => field === portField)?.[1] ?? port;
  const headers = sets.filter(([field]) => field !== portField);
  return {
    port: out,
    sets: headers.map(([field, value]) => [field - 1, value]),
    links: link === undefined ? [] : [link],
  };
}

/**
 * The outputs of a set of copies. Copies that leave by the same port with the same headers are one copy, at all their
 * positions (spec 1.4). If one copy sets a field that another leaves alone, it depends on the packet whether they are
 * the same; the diagram then tests that field first.
 */
export function separate(
  store: PlaceDiagrams,
  copies: readonly LinkedCopy[],
  finish: (copy: LinkedCopy) => DiagramOutput,
): Diagram {
  const split = (
    copies: readonly LinkedCopy[],
    equal: ReadonlyMap<number, number>,
    unequal: ReadonlySet<string>,
  ): Diagram => {
    const merged = new Map<string, LinkedCopy>();
    for (const copy of copies) {
      const key = `${copy.port}|${copy.sets.join(';')}`;
      const links = new Set([...(merged.get(key)?.links ?? []), ...copy.links]);
      merged.set(key, { ...copy, links: [...links].sort((a, b) => a - b) });
    }
    const distinct = [...merged.values()];
    for (const [i, a] of distinct.entries())
      for (const b of distinct.slice(0, i)) {
        const question = differsBy(a, b, equal, unequal);
        if (!question) continue;
        const [field, value] = question;
        const kept = distinct.map((copy) => ({
          ...copy,
          sets: copy.sets.filter(([f, v]) => f !== field || v !== value),
        }));
        const yes = split(kept, new Map([...equal, [field, value]]), unequal);
        const no = split(distinct, equal, new Set([...unequal, `${field}=${value}`]));
        return store.choose(field + 1, value, yes, no);
      }
    return store.leaf(distinct.map(finish));
  };
  return split(copies, new Map(), new Set());
}

/** A field and a value that help to decide whether two copies are the same; undefined if they certainly differ. */
function differsBy(
  a: LinkedCopy,
  b: LinkedCopy,
  equal: ReadonlyMap<number, number>,
  unequal: ReadonlySet<string>,
): readonly [number, number] | undefined {
  if (a.port !== b.port) return undefined;
  const [setsOfA, setsOfB] = [new Map(a.sets), new Map(b.sets)];
  let question: readonly [number, number] | undefined;
  for (const field of new Set([...setsOfA.keys(), ...setsOfB.keys()])) {
    const [x, y] = [setsOfA.get(field), setsOfB.get(field)];
    if (x !== undefined && y !== undefined) {
      if (x !== y) return undefined;
      continue;
    }
    const value = (x ?? y)!;
    const known = equal.get(field);
    if ((known !== undefined && known !== value) || unequal.has(`${field}=${value}`)) return undefined;
    question ??= [field, value];
  }
  return question;
}
