import { and, no, not, or, type Term } from '../solver/term.js';
import type { BoundedScript } from './script.js';

/** A strict total order of places; each step has one place in it. */
export interface Order {
  /** A new place. */
  readonly place: () => number;
  /** Whether one place is before the other; a place is not before itself. */
  readonly before: (a: number, b: number) => Term;
  /** States that `before` is an order, once all places are there. The statement is cubic in their number. */
  readonly close: () => void;
  /** The places, sorted as a model orders them. */
  readonly sorted: (holds: (term: Term) => boolean) => number[];
  /** The variables that the order is made of. */
  readonly variables: () => readonly Term[];
}

/**
 * Any order, one Boolean for each pair: Z3 decides Booleans by propagation and learnt clauses, where an order of
 * integers would need arithmetic for each comparison; and the places are few.
 */
export function order(script: BoundedScript): Order {
  /** `rows[b][a]` for a < b: whether a is before b. */
  const rows: Term[][] = [];
  const before = (a: number, b: number): Term => {
    if (a === b) return no;
    return a < b ? rows[b]![a]! : not(rows[a]![b]!);
  };
  return {
    place: () => {
      const b = rows.length;
      rows.push(Array.from({ length: b }, (_, a) => script.variable(`before.${a}.${b}`)));
      return b;
    },
    before,
    close: () => {
      for (let c = 2; c < rows.length; c++)
        for (let b = 1; b < c; b++)
          for (let a = 0; a < b; a++) {
            // Three places must not be ordered in a circle, in either of its two directions.
            script.require(not(and(before(a, b), before(b, c), before(c, a))));
            script.require(or(before(a, b), before(b, c), before(c, a)));
          }
    },
    sorted: (holds) => {
      const places = [...rows.keys()];
      const earlier = (b: number) => places.filter((a) => a !== b && isBefore(a, b)).length;
      const isBefore = (a: number, b: number) => (a < b ? holds(rows[b]![a]!) : !holds(rows[a]![b]!));
      return places.sort((a, b) => earlier(a) - earlier(b));
    },
    variables: () => rows.flat(),
  };
}
