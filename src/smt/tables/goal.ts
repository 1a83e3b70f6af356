import type { EventSet } from '../../events/event-set.js';
import { showLocation } from '../../netkat/topology.js';
import type { Definitions } from '../solver/definitions.js';
import type { Obligation } from '../solver/obligation.js';
import { anyOf, type Term } from '../solver/term.js';
import type { Region } from './regions.js';

/** A claim about tables, and what would refute it. */
export interface TablesGoal extends Pick<Obligation, 'name' | 'claim'> {
  readonly switch: number;
  /** What a refutation speaks of; what else there is to know of its packet is in the values of the constants. */
  readonly about:
    | { readonly kind: 'stamping'; readonly at: Region['at']; readonly events: EventSet }
    | { readonly kind: 'forwarding'; readonly region: Region }
    | { readonly kind: 'events'; readonly at: Region['at'] }
    /** A claim about where packets can be, not about tables: it is refuted only where a claim about forwarding is. */
    | { readonly kind: 'regions' };
  /** A term whose satisfying assignments refute the claim. */
  readonly refutation: (head: Definitions) => Term;
}

/** The goals of one switch as one script, which is unsatisfiable iff none can be refuted. */
export function inOneScript(n: number, goals: readonly TablesGoal[], head: Definitions): Obligation {
  const wrong = anyOf(goals.map(({ refutation }) => head.define(refutation(head), 'Bool')));
  return {
    name: `tables/switch ${n}`,
    claim: `the tables of switch ${n} do what the rules say (${goals.length} claims)`,
    script: scriptOf(head, wrong),
  };
}

/** The obligation of one goal. If its script is satisfiable, the solver also gives the values that satisfy it. */
export function obligationOf({ name, claim, refutation }: TablesGoal, head: Definitions): Obligation {
  const wrong = refutation(head);
  const asked = head.constants();
  const values = asked.length === 0 ? '' : `\n(get-value (${asked.join(' ')}))`;
  return { name, claim, script: `${scriptOf(head, wrong)}${values}` };
}

const scriptOf = (head: Definitions, wrong: Term): string =>
  ['(set-logic QF_BV)', ...head.lines(), `(assert ${wrong})`, '(check-sat)'].join('\n');

/** A position in the names of obligations. */
export const showPosition = ({ at, position, pc }: Pick<Region, 'at' | 'position' | 'pc'>): string =>
  `${showLocation(at)}/position ${position.join('+')}${pc === 0 ? '' : `/pc ${pc}`}`;
