import { lazily } from '../base/lazily.js';
import { rememberingPairs } from '../base/pairs.js';
import { contains, type EventSet, emptySet, isSubset, members, singleton } from '../events/event-set.js';
import { type EventStructure, enables, isConsistent, isEventSet } from '../events/event-structure.js';
import type { Memory } from './memory.js';

/** A set of events as a small integer: equal sets have equal ids. 0 is the empty set. */
export type SetId = number;

export const nothing: SetId = 0;

/**
 * The event structure's relations over interned sets, each computed once: what switches, packets and the controller
 * know is one integer, so that states of the running network are short rows of integers.
 */
export interface Knowledge {
  readonly structure: EventStructure;
  readonly intern: (set: EventSet) => SetId;
  readonly set: (id: SetId) => EventSet;
  readonly union: (a: SetId, b: SetId) => SetId;
  readonly add: (a: SetId, event: number) => SetId;
  /** The events of `a` that are not in `b`. */
  readonly minus: (a: SetId, b: SetId) => SetId;
  readonly has: (a: SetId, event: number) => boolean;
  readonly includes: (a: SetId, b: SetId) => boolean;
  /** `con(X)` (spec 2.3). */
  readonly isConsistent: (a: SetId) => boolean;
  /** `X ⊢ e` (spec 2.3). */
  readonly enables: (a: SetId, event: number) => boolean;
  /**
   * The index in F of a set, or -1 if it is not in F: `g` is undefined for it, or it is past the bound on unrolled
   * loops, and then `truncated` becomes true.
   */
  readonly eventSetIndex: (a: SetId) => number;
  /**
   * The events of some labels, in order of id, for a switch or a definition that chooses from them, knowing the set
   * `known`. If `known` has reached the bound on unrolled loops, past which no events are listed, `truncated` becomes
   * true.
   */
  readonly eventsOf: (labels: readonly number[], known: SetId) => readonly number[];
  /**
   * Whether events or event-sets past the bound on unrolled loops were asked for, so that no check can be said to hold.
   */
  readonly truncated: () => boolean;
  readonly memory: Memory;
}

export function knowledge(structure: EventStructure): Knowledge {
  const sets: EventSet[] = [];
  const ids = new Map<EventSet, SetId>();
  const intern = (set: EventSet): SetId => {
    const known = ids.get(set);
    if (known !== undefined) return known;
    ids.set(set, sets.push(set) - 1);
    return sets.length - 1;
  };
  intern(emptySet);
  const set = (id: SetId): EventSet => sets[id]!;

  const union = rememberingPairs((a, b) => intern(set(a) | set(b)));
  const difference = rememberingPairs((a, b) => intern(set(a) & ~set(b)));
  const add = rememberingPairs((a, event) => intern(set(a) | singleton(event)));
  const consistent = rememberingPairs((a) => isConsistent(structure, set(a)));
  const enabling = rememberingPairs((a, event) => enables(structure, set(a), event));
  const numbers = lazily(() => new Map(structure.eventSets.map((one, i) => [one, i])));
  const index = rememberingPairs((a) => {
    const found = numbers().get(set(a));
    // A structure may list only those that executions can come to (events/partial-structures.ts).
    if (found === undefined && isEventSet(structure, set(a)))
      throw new Error(`the event-set {${members(set(a))}} was not expected to be reached`);
    return found ?? -1;
  });
  const atBound = rememberingPairs((a) => structure.frontier.some((frontier) => isSubset(frontier, set(a))));
  const ofLabels = new Map<string, readonly number[]>();
  let truncated = false;
  const memory: Memory = {
    save: () => ({ sets, truncated }),
    restore: (saved) => {
      const { sets, truncated: wasTruncated } = saved as { readonly sets: readonly EventSet[]; truncated: boolean };
      for (const set of sets) intern(set);
      truncated = wasTruncated;
    },
  };

  return {
    structure,
    intern,
    set,
    union: (a, b) => (a === b || b === nothing ? a : a === nothing ? b : union(a, b)),
    add,
    minus: (a, b) => (a === nothing || b === nothing ? a : difference(a, b)),
    has: (a, event) => contains(set(a), event),
    includes: (a, b) => b === nothing || a === b || union(a, b) === a,
    isConsistent: (a) => consistent(a, 0),
    enables: enabling,
    eventSetIndex: (a) => {
      const found = index(a, 0);
      if (found < 0 && atBound(a, 0)) truncated = true;
      return found;
    },
    eventsOf: (labels, known) => {
      if (structure.frontier.length > 0 && atBound(known, 0)) truncated = true;
      if (labels.length === 1) return structure.eventsOf[labels[0]!]!;
      const key = labels.join();
      const events = ofLabels.get(key) ?? labels.flatMap((label) => structure.eventsOf[label]!).sort((a, b) => a - b);
      ofLabels.set(key, events);
      return events;
    },
    truncated: () => truncated,
    memory,
  };
}
