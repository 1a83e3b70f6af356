/** A set of events as a bit mask: bit `id` is set iff the event is a member. */
export type EventSet = bigint;

export const emptySet: EventSet = 0n;

export const singleton = (event: number): EventSet => 1n << BigInt(event);

export const contains = (set: EventSet, event: number): boolean => ((set >> BigInt(event)) & 1n) === 1n;

export const isSubset = (a: EventSet, b: EventSet): boolean => (a & ~b) === 0n;

export const withoutAll = (set: EventSet, removed: EventSet): EventSet => set & ~removed;

/** The members, ascending: how event-sets are written in JSON (interface.md). */
export function members(set: EventSet): number[] {
  const ids: number[] = [];
  for (let rest = set, id = 0; rest !== 0n; rest >>= 1n, id++) if ((rest & 1n) === 1n) ids.push(id);
  return ids;
}

export const setOf = (events: Iterable<number>): EventSet => {
  let set = emptySet;
  for (const event of events) set |= singleton(event);
  return set;
};

/** Of these sets, those that have no other within them, in their order. */
export function minimalSets(sets: readonly EventSet[]): EventSet[] {
  const distinct = [...new Set(sets)];
  const bySize = distinct.map((set) => ({ set, size: members(set).length })).sort((a, b) => a.size - b.size);
  const minimal: EventSet[] = [];
  for (const { set } of bySize) if (!minimal.some((less) => isSubset(less, set))) minimal.push(set);
  const kept = new Set(minimal);
  return distinct.filter((set) => kept.has(set));
}

/** Orders lists of numbers by length, then lexicographically (interface.md). */
export function compareNumberLists(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (const [i, x] of a.entries()) if (x !== b[i]) return x - b[i]!;
  return 0;
}
