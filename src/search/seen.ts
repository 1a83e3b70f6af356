import type { Budget, Problem } from '../engines/engine.js';
import type { EventSet } from '../events/event-set.js';
import { knowledge } from '../network/knowledge.js';
import { type Reductions, reductionNames } from '../network/reductions/reductions.js';
import type { NetworkState } from '../network/state.js';
import { variants } from '../network/variants/variants.js';
import { checks } from '../theorems/checks.js';
import { type Hunt, huntsFor, machineOf } from './hunts.js';
import { search } from './search.js';

/** What has happened in executions within the bounds, as far as a switch or the controller knows of it. */
export interface Seen {
  /** By which event-sets switches go. */
  readonly eventSets: readonly EventSet[];
  readonly events: EventSet;
  /** Whether every execution within the bounds was explored; else there may be more. */
  readonly isComplete: boolean;
}

/**
 * What need not be explored here: packets that behave alike, and orders of steps that lead to the same states. What
 * nobody will know any more, or what is like something else by its name, is not left out: it is what is looked for.
 */
const reductions: Reductions = new Set(reductionNames.filter((name) => ['packets', 'partial-order'].includes(name)));

/** Explores all executions within the bounds, and notes what switches know. @throws LimitReached */
export function seenWithin(problem: Problem, budget: Budget): Seen {
  const { options, structure } = problem;
  const k = knowledge(structure);
  const variant = variants[options.semantics](k);
  const check = checks.find(({ kind }) => kind === 'lemma3')!;
  const [hunt] = huntsFor({ problem, check, k, variant, reductions }) as [Hunt];
  const network = machineOf(
    problem,
    { ...hunt, tables: undefined, endsEarly: false, namesMatter: true },
    k,
    variant,
    reductions,
  );
  const seen = new Set<number>();
  const heard = new Set<number>();
  const note = ({ eventSets, versions }: NetworkState): boolean => {
    for (const set of eventSets) seen.add(set);
    for (const { set } of versions) heard.add(set);
    return false;
  };
  const found = search(network, options.packets, note, budget);
  const events = [...seen, ...heard].map(k.set).reduce((all, set) => all | set, 0n);
  return { eventSets: [...seen].map(k.set), events, isComplete: found.kind === 'none' && !k.truncated() };
}
