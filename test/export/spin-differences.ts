import type { Problem } from '../../src/engines/engine.js';
import type { Semantics } from '../../src/execution/execution.js';
import { rerunSteps } from '../../src/execution/validate.js';
import { modelOf } from '../../src/export/model.js';
import { promela } from '../../src/export/promela.js';
import { replayTrail } from '../../src/export/trail.js';
import { explore } from '../../src/search/explorer.js';
import { checkNames, type TheoremName, theorems } from '../../src/theorems/checks.js';
import { judgeCausal, judgeLemma3, judgePaper } from '../../src/theorems/index.js';
import { budget, problemOf } from '../search/differential.js';
import { type SpinVerdict, type Verifier, verdictOf, verifier } from './spin.js';

const semantics: readonly Semantics[] = ['tagged', 'figure6', 'two-phase', 'best-effort'];
const judges = { lemma3: judgeLemma3, 'theorem1.paper': judgePaper, 'theorem1.causal': judgeCausal } as const;

/** The problem that a program poses, with loops unrolled up to paths of 8 edges. @throws if it is rejected */
export const problem = (source: string, runs: Semantics, packets: number): Problem => {
  const posed = problemOf({ source, semantics: runs, controller: true, packets, unroll: 8 });
  if (typeof posed === 'string') throw new Error(posed);
  return posed;
};

/**
 * How SPIN's verdict differs from the explorer's, or why SPIN's trail is no execution that breaks the check; undefined
 * if all is well.
 */
function disagreement(posed: Problem, check: TheoremName, verdict: SpinVerdict): string | undefined {
  const { status } = explore(posed, theorems[check], budget);
  if (status !== verdict.kind) return `explorer ${status}, SPIN ${verdict.kind}`;
  if (verdict.kind === 'holds') return undefined;
  const setting = { ...posed, ...posed.options };
  const replayed = replayTrail(modelOf(posed), setting, verdict.trail);
  if (replayed.kind === 'impossible') return `action ${replayed.action} of the trail: ${replayed.why}`;
  const validation = rerunSteps(setting, replayed.steps);
  if (validation.kind === 'impossible') return `step ${validation.step} of the trail: ${validation.why}`;
  const judged = judges[check](validation.run);
  return judged.kind === 'violated' ? undefined : `the definitions find the trail ${judged.kind}`;
}

/** A program in Promela; its semantics and check are chosen when it is run. */
export const promelaOf = (source: string, packets: number): string =>
  promela(modelOf(problem(source, 'tagged', packets)), theorems.lemma3, 'a program');

/** Where SPIN, run on this Promela, and the explorer disagree on a program: every semantics, every check. */
export function disagreements(source: string, packets: number, text = promelaOf(source, packets)): string[] {
  const spin = verifier(text);
  try {
    return compareAll(source, packets, spin.run);
  } finally {
    spin.remove();
  }
}

/** The same of each semantics and check as it is exported: with room and types for it alone. */
export const disagreementsAsExported = (source: string, packets: number): string[] =>
  compareAll(source, packets, (s, c) =>
    verdictOf(promela(modelOf(problem(source, semantics[s]!, packets)), theorems[checkNames[c]!], 'a program')),
  );

function compareAll(source: string, packets: number, spin: Verifier['run']): string[] {
  return semantics.flatMap((runs, s) => {
    const posed = problem(source, runs, packets);
    return checkNames.flatMap((check, c) => {
      const found = disagreement(posed, check, spin(s, c));
      return found === undefined ? [] : [`${runs}, ${check}: ${found}`];
    });
  });
}
