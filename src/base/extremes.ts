/** The greatest of some numbers, or `least` if none is greater; the list may be longer than a call has room for. */
export const greatest = (values: readonly number[], least = Number.NEGATIVE_INFINITY): number =>
  values.reduce((a, b) => Math.max(a, b), least);

/** The smallest of some numbers. */
export const smallest = (values: readonly number[]): number =>
  values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
