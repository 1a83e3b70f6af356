import type { Memory } from '../../network/memory.js';

/** Gives equal values one small integer; the first one interned gets 0. */
export interface Interner<Value> {
  readonly id: (value: Value) => number;
  readonly value: (id: number) => Value;
  readonly memory: Memory;
}

/** An interner of plain data: values are equal iff their JSON is. */
export function interner<Value>(first: Value): Interner<Value> {
  let values: Value[] = [];
  const ids = new Map<string, number>();
  const id = (value: Value): number => {
    const key = JSON.stringify(value);
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, values.push(value) - 1);
    return values.length - 1;
  };
  id(first);
  const restore = (saved: readonly Value[]): void => {
    values = [];
    ids.clear();
    for (const value of saved) id(value);
  };
  return {
    id,
    value: (i) => values[i]!,
    memory: { save: () => values, restore: (saved) => restore(saved as readonly Value[]) },
  };
}
