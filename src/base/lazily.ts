/**
 * A value that is computed when it is first asked for, and then kept. What the computation throws is thrown each time.
 */
export function lazily<Value>(compute: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: compute() };
    return made.value;
  };
}
