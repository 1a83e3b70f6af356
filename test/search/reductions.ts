import type { Budget, Problem } from '../../src/engines/engine.js';
import {
  allReductions,
  noReductions,
  type Reductions,
  reductionNames,
  showReductions,
} from '../../src/network/reductions/reductions.js';
import { exploring } from '../../src/search/explorer.js';
import { checkNames, type TheoremName, theorems } from '../../src/theorems/checks.js';
import { fewest } from './differential.js';

/** The choices of reductions: none, each alone, all but one, and all. */
const everyChoice: readonly Reductions[] = [
  noReductions,
  ...reductionNames.map((name): Reductions => new Set([name])),
  ...reductionNames.map((name): Reductions => new Set(reductionNames.filter((other) => other !== name))),
  allReductions,
];

/** The reductions that have been relied on for longest. */
export const established: Reductions = new Set(['packets', 'partial-order', 'history'] as const);

/**
 * What is compared: the first of some choices that comes to a verdict, with all others that reduce at least as much.
 */
export interface Compared {
  readonly first: readonly Reductions[];
  readonly choices: readonly Reductions[];
}

/**
 * The unreduced search against all other choices; where it would take too much, the established reductions against
 * those that reduce more.
 */
const everything: Compared = { first: [noReductions, established], choices: everyChoice };

/** A verdict with the fewest packets and steps, as `violated 2/14`; undefined where a limit was met. */
function verdictOf(problem: Problem, check: TheoremName, reductions: Reductions, budget: Budget): string | undefined {
  const verdict = exploring(reductions)(problem, theorems[check], budget);
  if (verdict.status === 'violated') return `violated ${fewest(verdict)}/${verdict.counterexample.steps.length}`;
  // `unknown` because of the bound on loops counts as a verdict here: no reduction may hide that the bound was met.
  if (verdict.status === 'unknown') return verdict.limit === 'unroll' ? 'unknown (unroll)' : undefined;
  return verdict.status;
}

/** The checks that every choice of reductions decides alike, and one on which two of them differ, in words. */
export function disagreement(
  problem: Problem,
  budget: Budget,
  { first: firsts = everything.first, choices = everything.choices }: Partial<Compared> = {},
): { readonly agreed: readonly string[]; readonly difference: string | undefined } {
  const agreed: string[] = [];
  for (const check of checkNames) {
    const first = firsts.find((some) => verdictOf(problem, check, some, budget) !== undefined);
    if (!first) continue;
    const plain = verdictOf(problem, check, first, budget);
    for (const reductions of choices) {
      if (![...first].every((name) => reductions.has(name))) continue;
      const reduced = verdictOf(problem, check, reductions, budget);
      if (reduced === plain) continue;
      const difference = `${check}: ${plain} with ${showReductions(first)}, ${reduced ?? 'undecided'} with ${showReductions(reductions)}`;
      return { agreed, difference };
    }
    agreed.push(`${check} ${plain}`);
  }
  return { agreed, difference: undefined };
}
