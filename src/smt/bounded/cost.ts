import { no, type Term } from '../solver/term.js';
import type { ExecutionGoal } from './goal.js';
import type { Network } from './network.js';
import { variants } from './variants.js';

/** What a term adds to the number of steps, if it holds. */
export interface Cost {
  readonly steps: number;
  readonly when: Term;
}

/**
 * The number of steps of an execution as it will be written down, without its INs: every SW, the LINKs and OUTs that go
 * with it, and what the controller does. A complete execution empties all queues, Q too; an incomplete one has only the
 * LINKs that its SWs need.
 */
export function costsOf(
  { problem, steps, controller, forwarding, told, chosen }: Network,
  { informs }: ExecutionGoal,
): Cost[] {
  const one = (when: Term): Cost => ({ steps: 1, when });
  const taken = steps.all.flatMap((step): Cost[] => {
    const { copy, on } = step;
    if (!copy) return [];
    const applied = forwarding.applied(step);
    const exits = copy.cases.map(({ rule }, i): Cost => {
      return { steps: rule.outputs.filter(({ finished }) => finished).length, when: applied[i]! };
    });
    return [{ steps: copy.parent ? 2 : 1, when: on }, ...(steps.complete ? exits : [])];
  });
  const sent = controller.sends.flatMap(({ step, on }) =>
    variants[problem.options.semantics].choosesEvent ? chosen(step).map(one) : [one(on)],
  );
  const received = steps.complete ? told.map(one) : controller.items.map((item) => one(item.received));
  const costs = [...taken, ...sent, ...received, ...informs.map(({ on }) => one(on))];
  return costs
    .filter(({ steps, when }) => steps > 0 && when !== no)
    .map(({ steps: n, when }) => ({ steps: n, when: steps.script.define('cost', when) }));
}
