import { contains } from '../../events/event-set.js';
import { allOf, and, anyOf, implies, no, not, or } from '../solver/term.js';
import { occurring } from './event-terms.js';
import type { ExecutionGoal } from './goal.js';
import { occurrences, watch } from './history.js';
import { atFrontier, type Network } from './network.js';
import type { TreeOf } from './trees.js';

/** Theorem 1 against the causal definition (spec 4.4), in complete executions. */
export function causalGoal(network: Network, treeOf: TreeOf): ExecutionGoal {
  const { problem, steps, matches } = network;
  const { structure } = problem;
  const { script } = steps;
  const define = (term: string) => script.define('t', term);
  const history = occurrences(network, true, (step, past) =>
    step.copy ? occurring(structure, past, (label) => matches(step, label), define) : structure.events.map(() => no),
  );
  const { isWatched, isOver } = watch(network, true);

  const arrivals = (event: number) => steps.all.filter((step) => matches(step, structure.events[event]!.label));
  const occurs = structure.events.map(({ id }) =>
    define(anyOf(arrivals(id).map((step) => history.detected(step)[id]!))),
  );
  /** A: the events whose occurrence all located packets of the watched packet precede (≺). */
  const after = structure.events.map(({ id }) =>
    define(anyOf(arrivals(id).map((step) => and(history.detected(step)[id]!, isOver(step))))),
  );
  /** B: the events whose occurrence ≺ all located packets of the watched packet, that is, ≺ the first. */
  const entries = steps.all.filter(({ copy }) => !copy);
  const earlier = structure.events.map(({ id }) =>
    define(anyOf(entries.map((step) => and(step.on, isWatched[step.packet]!, history.eventSet(step)[id]!)))),
  );
  const isBlocked = structure.eventSets.map((set) =>
    define(
      anyOf(structure.events.map(({ id }) => (contains(set, id) ? or(not(occurs[id]!), after[id]!) : earlier[id]!))),
    ),
  );
  const violated = isWatched.map((watched, packet) =>
    implies(watched, allOf(isBlocked.map((blocked, set) => implies(treeOf(packet, set), blocked)))),
  );
  const asked = steps.all.map((step) => {
    const matched = anyOf(structure.events.map(({ label }) => matches(step, label) ?? no));
    return matched === no ? no : and(matched, atFrontier({ problem }, history.heard(step)));
  });
  return { violated: allOf(violated), informs: [], lost: [], beyond: anyOf(asked) };
}
