import type { Algebra } from './algebra.js';

/**
 * The events that occur where a packet arrives, by the causal definition: those that it matches, with `past ⊢ e`, not
 * in the past, each consistent with the past and what this arrival added before (spec 4.4).
 */
export function occursCausally<S, T, E>(a: Algebra<S, T, E>, past: S, matching: S): S {
  return a.candidates(past).reduce((added, e) => {
    const grown = a.with(a.union(past, added), e);
    const occurs = a.and(
      a.enables(past, e),
      a.contains(matching, e),
      a.not(a.contains(past, e)),
      a.isConsistent(grown),
    );
    return a.addIf(occurs, added, e);
  }, a.empty);
}

/**
 * The sets X that the paper's definition goes through where a packet arrives, from the X before it to the X after it,
 * by one event at a time in order of id (spec 4.3). `isOfConfiguration` says that the packet's tree is its tree under g
 * of the X before it.
 */
export function occursInPaper<S, T, E>(
  a: Algebra<S, T, E>,
  before: S,
  matching: S,
  isOfConfiguration: T,
): readonly S[] {
  const chain = [before];
  for (const e of a.candidates(before)) {
    const x = chain[chain.length - 1]!;
    const occurs = a.and(
      a.not(a.contains(before, e)),
      a.enables(before, e),
      a.contains(matching, e),
      a.isConsistent(a.with(x, e)),
      a.or(a.equals(before, a.empty), isOfConfiguration),
    );
    chain.push(a.addIf(occurs, x, e));
  }
  return chain;
}
