import { allOf, and, anyOf, equal, implies, no, not, or, type Term } from '../solver/term.js';
import { equals, isSomeEventSet, occurring, type SymbolicSet } from './event-terms.js';
import type { ExecutionGoal } from './goal.js';
import { occurrences, watch } from './history.js';
import { atFrontier, type Network } from './network.js';
import { before, canBeTogether, type PossibleStep } from './steps.js';
import type { TreeOf } from './trees.js';

/** Theorem 1 against the paper's definition (paper §2, "Correct Network Traces"; spec 4.3), in complete executions. */
export function paperGoal(network: Network, treeOf: TreeOf): ExecutionGoal {
  const { problem, steps, matches } = network;
  const { structure } = problem;
  const { events, eventSets } = structure;
  const { script } = steps;
  const define = (term: Term) => script.define('t', term);
  const arrivals = steps.all.filter((step) => events.some(({ label }) => matches(step, label)));

  // X, the set before each located packet that may trigger an event, in the order of the trace.
  const chainAt = new Map<PossibleStep, SymbolicSet>(
    arrivals.map((step) => [step, events.map(() => script.variable('chain'))]),
  );
  const history = occurrences(network, false, (step) => {
    const x = chainAt.get(step);
    if (!x) return events.map(() => no);
    const ofConfiguration = eventSets.map((set, i) => and(equals(x, set), treeOf(step.packet, i)));
    const mayOccur = define(anyOf([allOf(x.map(not)), ...ofConfiguration]));
    const matching = (label: number) => {
      const matched = matches(step, label);
      return matched && and(matched, mayOccur);
    };
    return occurring(structure, x, matching, define);
  });
  for (const [step, x] of chainAt)
    for (const [e, term] of x.entries()) {
      const earlier = arrivals.filter((other) => canBeTogether(other, step) && other !== step);
      script.require(
        equal(term, anyOf(earlier.map((other) => and(before(steps, other, step), history.detected(other)[e]!)))),
      );
    }

  const occursAt = (event: number) => arrivals.filter((step) => matches(step, events[event]!.label));
  const occurs = events.map(({ id }) => define(anyOf(occursAt(id).map((step) => history.detected(step)[id]!))));
  /**
   * For each event that occurs, the set of the chain that ends with it: the event, those that occurred earlier in the
   * trace, and those of a lower id that occurred at the same place.
   */
  const upTo = events.map(({ id, label }) =>
    events.map((other) => {
      if (other.id === id) return occurs[id]!;
      const at = arrivals.filter((step) => matches(step, label));
      return define(
        anyOf([
          ...at.map((step) => {
            const first = other.id < id ? history.detected(step)[other.id]! : no;
            return and(history.detected(step)[id]!, or(chainAt.get(step)![other.id]!, first));
          }),
        ]),
      );
    }),
  );

  const { isWatched, isOver } = watch(network, false);
  const watchedTree = eventSets.map((_, set) =>
    define(anyOf(isWatched.map((watched, packet) => and(watched, treeOf(packet, set))))),
  );
  const explains = (x: SymbolicSet): Term =>
    define(anyOf(eventSets.map((set, i) => and(equals(x, set), watchedTree[i]!))));
  const atFirst = watchedTree[0]!;
  const afterEvent = upTo.map(explains);
  const entries = steps.all.filter(({ copy }) => !copy);

  /** Whether the packet has the tree of no event-set of the chain before e. */
  const unexplainedBefore = (e: number): Term =>
    allOf([
      not(atFirst),
      ...events.map(({ id }) => implies(and(id === e ? no : upTo[e]![id]!, occurs[id]!), not(afterEvent[id]!))),
    ]);
  /** Whether the packet has the tree of no event-set of the chain that contains e. */
  const unexplainedFrom = (e: number): Term =>
    allOf(events.map(({ id }) => implies(and(occurs[id]!, upTo[id]![e]!), not(afterEvent[id]!))));

  const mixture = allOf([not(atFirst), ...events.map(({ id }) => implies(occurs[id]!, not(afterEvent[id]!)))]);
  const tooEarly = events.map(({ id }) => {
    const isAfter = anyOf(occursAt(id).map((step) => and(history.detected(step)[id]!, isOver(step))));
    return and(isAfter, unexplainedBefore(id));
  });
  const tooLate = events.map(({ id }) => {
    const isEarlier = anyOf(entries.map((step) => and(step.on, isWatched[step.packet]!, history.eventSet(step)[id]!)));
    return and(isEarlier, unexplainedFrom(id));
  });
  const asked = arrivals.map((step) => and(step.on, atFrontier({ problem }, chainAt.get(step)!)));
  const broken = upTo.map((x, e) => and(occurs[e]!, not(isSomeEventSet(structure, x)), atFrontier({ problem }, x)));
  return {
    violated: anyOf([mixture, ...tooEarly, ...tooLate]),
    informs: [],
    lost: [],
    beyond: anyOf([...asked, ...broken]),
  };
}
