import { and, anyOf, implies, no, not } from '../solver/term.js';
import { consistent, isSomeEventSet, type SymbolicSet, union, unionOfAll } from './event-terms.js';
import type { ExecutionGoal } from './goal.js';
import { knownAtEnd, type Network } from './network.js';
import { inDataPlane, variants } from './variants.js';

/**
 * Lemma 3 and its companions in the last state of an execution (spec 4.2): every state is the last one of some
 * execution. At its very end a switch may be informed once more.
 *
 * In `tagged` and `figure6`, some switch has known all that Q, R and digests hold. So the union of all knowledge is the
 * union of what steps have added to their switches.
 * @param at the switches whose E_n is looked at; if undefined, all of them and the union too
 */
export function lemma3Goal(network: Network, at?: readonly number[]): ExecutionGoal {
  const { problem, steps, knowledge } = network;
  const { program, structure, options } = problem;
  const variant = variants[options.semantics];
  const none: SymbolicSet = structure.events.map(() => no);
  const define = (set: SymbolicSet) => set.map((term) => steps.script.define('end', term));
  const known = define(knownAtEnd(network));
  const switches = at ?? program.topology.switches;

  const informs: ExecutionGoal['informs'][number][] = [];
  const ends = switches.map((n) => {
    const here = steps.all.filter((step) => step.at.switch === n);
    const before = unionOfAll([none, ...here.map(knowledge.gained)]);
    if (!options.controller) return define(before);
    if (!variant.choosesEvent) {
      const on = steps.script.variable('informed');
      informs.push({ switch: n, event: undefined, on });
      return define(
        union(
          before,
          known.map((term) => and(on, term)),
        ),
      );
    }
    const chosen = known.map((term, event) => {
      const on = steps.script.variable('informed');
      steps.script.require(implies(on, term));
      informs.push({ switch: n, event, on });
      return on;
    });
    return define(union(before, chosen));
  });
  const everywhere = inDataPlane(variant) ? define(unionOfAll([none, ...steps.all.map(knowledge.gained)])) : known;
  const isInconsistent = at ? no : not(consistent(structure, everywhere));
  const lost = ends.map((end, i) => ({
    switch: switches[i]!,
    on: steps.script.define('lost', not(isSomeEventSet(structure, end))),
  }));
  return { violated: anyOf([isInconsistent, ...lost.map(({ on }) => on)]), informs, lost, beyond: no };
}
