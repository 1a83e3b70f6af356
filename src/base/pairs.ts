/** Pairs of whole numbers, each as one number, by which a map finds them fast. */
export interface Pairs {
  /** The pair as one number; the order of these numbers is that of the pairs. @throws RangeError if it is none */
  readonly of: (first: number, second: number) => number;
  readonly first: (pair: number) => number;
  readonly second: (pair: number) => number;
}

/** Numbers from this one on are not told apart from their neighbours. */
const inexact = 2 ** 53;

/** Pairs whose second number is below `seconds`, and whose first is below 2^53 / `seconds`. Neither is negative. */
export function pairs(seconds: number): Pairs {
  const firsts = Math.floor(inexact / seconds);
  return {
    of: (first, second) => {
      // Two pairs that were taken for one would make a check hold that does not. (No comparison is true of NaN.)
      if (!(first >= 0 && first < firsts && second >= 0 && second < seconds))
        throw new RangeError(
          `internal error: ${first} and ${second} are no pair: they must be from 0 to ${firsts - 1} and ${seconds - 1}`,
        );
      return first * seconds + second;
    },
    first: (pair) => Math.floor(pair / seconds),
    second: (pair) => pair % seconds,
  };
}

/** As many ids as there may be of anything that is interned; memory ends long before. */
const idPairs = pairs(2 ** 26);

/** Pairs of smaller ids fit into numbers for which maps are faster. */
const smallBits = 15;
const small = 2 ** smallBits;

/** A function of two ids that computes each result once. */
export function rememberingPairs<Result>(compute: (a: number, b: number) => Result): (a: number, b: number) => Result {
  const ofSmall = new Map<number, Result>();
  const ofLarge = new Map<number, Result>();
  return (a, b) => {
    const isSmall = a >= 0 && a < small && b >= 0 && b < small;
    const results = isSmall ? ofSmall : ofLarge;
    const key = isSmall ? (a << smallBits) | b : idPairs.of(a, b);
    const known = results.get(key);
    if (known !== undefined) return known;
    const result = compute(a, b);
    results.set(key, result);
    return result;
  };
}
