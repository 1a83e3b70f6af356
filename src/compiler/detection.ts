import { LimitReached, type Limits } from '../base/limits.js';
import { minimallyInconsistent } from '../events/conditions.js';
import { contains, type EventSet, members, minimalSets, singleton, withoutAll } from '../events/event-set.js';
import type { EventStructure } from '../events/event-structure.js';
import type { Formula } from '../events/formula.js';
import { causesOf } from '../events/relations.js';
import type { TransitionSystem } from '../events/transition-system.js';
import type { Location } from '../netkat/policy.js';
import type { PlaceHops } from './places.js';
import { type Rule, readRules } from './rules.js';

/** When a packet triggers an event at its place (rule SW with the repairs of spec 3.1). */
export interface EventDetection {
  readonly event: number;
  readonly at: Location;
  /** Rules that match headers. A rule without outputs makes an exception to the rules after it. */
  readonly matches: readonly Rule[];
  /**
   * The event happens if, for one of these, the switch has heard of all `required` events, and has neither heard of nor
   * just detected a `forbidden` one.
   */
  readonly conditions: readonly { readonly required: EventSet; readonly forbidden: EventSet }[];
}

/** If an event has more conditions than this, the structure is too large for tables. */
const maxConditions = 1_000;

/**
 * The detection rules of every event. What a switch has heard, K = E_n ∪ d, is an event-set, so `K ⊢ e` iff K contains
 * all events but e of some minimal event-set with e: these are the `required` sets. For e to be consistent with all
 * else, each minimally inconsistent set with e must lack another member: the minimal ways to choose these are the
 * `forbidden` sets. @throws LimitReached
 */
export function detections(
  hops: Pick<PlaceHops, 'store' | 'closed'>,
  system: TransitionSystem,
  structure: EventStructure,
  limits: Limits,
): EventDetection[] {
  const inconsistent = minimallyInconsistent(structure, limits);
  return structure.events.map(({ id, label, at }) => {
    const self = singleton(id);
    const causes = causesOf(structure, id);
    let forbiddens: EventSet[] = [self];
    for (const set of inconsistent) {
      if (!contains(set, id)) continue;
      const others = members(withoutAll(set, self));
      forbiddens = minimalSets(
        forbiddens.flatMap((f) => (others.some((e) => contains(f, e)) ? [f] : others.map((e) => f | singleton(e)))),
      );
      if (forbiddens.length > maxConditions) throw tooMany(id);
    }
    const conditions = causes.flatMap((required) =>
      forbiddens.filter((forbidden) => (required & forbidden) === 0n).map((forbidden) => ({ required, forbidden })),
    );
    if (conditions.length > maxConditions) throw tooMany(id);
    return { event: id, at, matches: matchesOf(hops, system.labels[label]!.formula), conditions };
  });
}

const tooMany = (event: number) =>
  new LimitReached(`more than ${maxConditions} conditions under which event ${event} happens`);

/** φ as rules, read off its diagram; a literal `f != v` becomes an exception. */
function matchesOf({ store, closed }: Pick<PlaceHops, 'store' | 'closed'>, formula: Formula): Rule[] {
  const yes = store.leaf([{ port: 0, sets: [], next: undefined }]);
  const no = store.leaf([]);
  const diagram = formula.reduceRight(
    (rest, { field, equal, value }) => store.choose(field + 1, value, equal ? rest : no, equal ? no : rest),
    yes,
  );
  return readRules(store, closed, diagram);
}
