/** Gives equal values one small integer; the first one interned gets 0. */
export interface Interner<Value> {
  readonly id: (value: Value) => number;
  readonly value: (id: number) => Value;
}

/** An interner of plain data: values are equal iff their JSON is. */
export function interner<Value>(first: Value): Interner<Value> {
  const values: Value[] = [];
  const ids = new Map<string, number>();
  const id = (value: Value): number => {
    const key = JSON.stringify(value);
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, values.push(value) - 1);
    return values.length - 1;
  };
  id(first);
  return { id, value: (i) => values[i]! };
}
