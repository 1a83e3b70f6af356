import type { Event, EventStructure } from '../../events/event-structure.js';
import type { Program } from '../../language/program.js';
import type { Location } from '../../netkat/policy.js';
import type { DetectionRule, Tables } from '../../tables/tables.js';
import { allOf, and, anyOf, no, not, or, type Term } from '../solver/term.js';
import { consistent, enabled, type SymbolicSet } from './event-terms.js';
import { indexOf } from './table-hops.js';

/** A packet that may arrive: whether it does, where, with what headers, and what the switch has then heard of. */
export interface ArrivingCopy {
  readonly on: Term;
  readonly at: Location;
  readonly headers: readonly (readonly Term[])[];
  readonly heard: SymbolicSet;
}

/** E' in `tagged`, by the compiled tables (see `DetectionRule`). */
export function detectedByTables(
  program: Program,
  { switches }: Tables,
  { on, at, headers, heard }: ArrivingCopy,
  define: (term: Term) => Term,
): SymbolicSet {
  const detected: Term[] = heard.map(() => no);
  const here = switches.find(({ id }) => id === at.switch)!.detection.filter(({ match }) => match.port === at.port);
  const applies = ({ match, required, forbidden }: DetectionRule): Term =>
    allOf([
      ...program.fields.map(({ name }, f) => {
        const value = indexOf(program, f, match.headers[name]);
        return value === undefined ? 'true' : headers[f]![value]!;
      }),
      ...required.map((e) => heard[e]!),
      ...forbidden.map((e) => not(or(heard[e]!, detected[e]!))),
    ]);
  for (const event of [...new Set(here.map((rule) => rule.event))].sort((a, b) => a - b)) {
    const rules = here.filter((rule) => rule.event === event).sort((a, b) => b.priority - a.priority);
    const conditions = rules.map((rule) => define(applies(rule)));
    const ways = rules.flatMap(({ detects }, i) =>
      detects
        ? [
            allOf([
              conditions[i]!,
              ...conditions
                .slice(0, i)
                .filter((_, j) => !rules[j]!.detects)
                .map(not),
            ]),
          ]
        : [],
    );
    detected[event] = define(and(on, anyOf(ways)));
  }
  return detected;
}

/** E' in `figure6`: `{e : (E_n ∪ d) ⊢ e and the packet matches e}` (spec 3.1). */
export function detectedByFigure6(
  structure: EventStructure,
  heard: SymbolicSet,
  matching: (event: Event) => Term,
  define: (term: Term) => Term,
): SymbolicSet {
  const isConsistent = define(consistent(structure, heard));
  return structure.events.map((event) => {
    const matches = matching(event);
    return matches === no ? no : define(and(matches, isConsistent, enabled(structure, heard, event.id)));
  });
}
