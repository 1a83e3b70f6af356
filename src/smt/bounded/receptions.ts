import type { EventStructure } from '../../events/event-structure.js';
import { and, anyOf, equal } from '../solver/term.js';
import type { Controller, Item } from './controller.js';
import { occurringFirst, type SymbolicSet } from './event-terms.js';
import type { BoundedScript } from './script.js';

/** What CTRLRECVs do in `two-phase` and `best-effort`, where items are labels. */
export interface Receptions {
  /** R before an item is received. */
  readonly before: (item: Item) => SymbolicSet;
  /** The event that it adds to R, if any. */
  readonly adds: (item: Item) => SymbolicSet;
}

/**
 * CTRLRECV of a label adds to R the first event e in id order with that label, `R ⊢ e`, e ∉ R and `con(R ∪ {e})` (spec
 * 3.1).
 */
export function labelReceptions(
  script: BoundedScript,
  structure: EventStructure,
  { items, isEarlier }: Controller,
): Receptions {
  const known = new Map(items.map((item) => [item, structure.events.map(() => script.variable('R'))]));
  const added = new Map(
    items.map((item) => {
      const first = occurringFirst(structure, known.get(item)!, item.says, (term) => script.define('t', term));
      return [item, first.map((term) => script.define('adds', and(item.received, term)))];
    }),
  );
  for (const item of items)
    for (const [e, term] of known.get(item)!.entries()) {
      const earlier = items.filter((other) => other !== item && other.place !== item.place);
      script.require(equal(term, anyOf(earlier.map((other) => and(isEarlier(other, item), added.get(other)![e]!)))));
    }
  return { before: (item) => known.get(item)!, adds: (item) => added.get(item)! };
}
