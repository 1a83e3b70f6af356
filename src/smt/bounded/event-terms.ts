import { contains, type EventSet, members } from '../../events/event-set.js';
import type { EventStructure } from '../../events/event-structure.js';
import type { Formula } from '../../events/formula.js';
import { causesOf } from '../../events/relations.js';
import { allOf, and, anyOf, not, type Term } from '../solver/term.js';

/** A set of events whose members are not known yet: for each event, a term that says whether it is a member. */
export type SymbolicSet = readonly Term[];

/** `con(X)` (spec 2.3). */
export const consistent = ({ maximal, events }: EventStructure, x: SymbolicSet): Term =>
  anyOf(maximal.map((m) => allOf(events.filter(({ id }) => !contains(m, id)).map(({ id }) => not(x[id]!)))));

/** `X ⊢ e`, for an X that is consistent (spec 2.3). */
export const enabled = (structure: EventStructure, x: SymbolicSet, event: number): Term =>
  anyOf(causesOf(structure, event).map((y) => includes(x, y)));

export const includes = (x: SymbolicSet, set: EventSet): Term => allOf(members(set).map((e) => x[e]!));

export const equals = (x: SymbolicSet, set: EventSet): Term =>
  allOf(x.map((term, e) => (contains(set, e) ? term : not(term))));

/** Whether the set is an event-set. */
export const isSomeEventSet = ({ eventSets }: EventStructure, x: SymbolicSet): Term =>
  anyOf(eventSets.map((set) => equals(x, set)));

export const union = (...sets: readonly SymbolicSet[]): SymbolicSet => unionOfAll(sets);
/** Of lists that may be long. */
export const unionOfAll = (sets: readonly SymbolicSet[]): SymbolicSet =>
  sets[0]!.map((_, e) => anyOf(sets.map((set) => set[e]!)));

/** Whether headers satisfy φ (spec 1.5). */
export const satisfied = (headers: readonly (readonly Term[])[], formula: Formula): Term =>
  allOf(formula.map(({ field, equal, value }) => (equal ? headers[field]![value]! : not(headers[field]![value]!))));

/**
 * The events that happen where a packet arrives, one after the other in order of id: those that it matches, that are
 * not in `x`, that `x` enables, and that are consistent with what has been added before (spec 3.1 (a), 4.3, 4.4). For
 * each event of the structure a term: `no` if the event does not belong to this place.
 */
export function occurring(
  structure: EventStructure,
  x: SymbolicSet,
  matching: (label: number) => Term | undefined,
  define: (term: Term) => Term,
): SymbolicSet {
  const added: Term[] = structure.events.map(() => 'false');
  const isConsistent = define(consistent(structure, x));
  for (const { id, label } of structure.events) {
    const matches = matching(label);
    if (matches === undefined) continue;
    const grown = union(x, added).map((term, e) => (e === id ? 'true' : term));
    const enables = and(isConsistent, enabled(structure, x, id));
    added[id] = define(and(matches, not(x[id]!), enables, consistent(structure, grown)));
  }
  return added;
}

/**
 * The first event of a label, in order of id, that is not in `x`, that `x` enables, and that is consistent with `x`; or
 * none.
 */
export function occurringFirst(
  structure: EventStructure,
  x: SymbolicSet,
  label: number,
  define: (term: Term) => Term,
): SymbolicSet {
  const isConsistent = define(consistent(structure, x));
  const added: Term[] = structure.events.map(() => 'false');
  const passed: Term[] = [];
  for (const event of structure.eventsOf[label]!) {
    const grown = x.map((term, e) => (e === event ? 'true' : term));
    const enables = and(isConsistent, enabled(structure, x, event));
    const possible = define(and(not(x[event]!), enables, consistent(structure, grown)));
    added[event] = allOf([possible, ...passed.map(not)]);
    passed.push(possible);
  }
  return added;
}
