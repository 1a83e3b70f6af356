import type { Counterexample } from '../execution/execution.js';

export const checkNames = ['lemma3', 'theorem1.paper', 'theorem1.causal'] as const;

/** What is checked of a program (spec 4; interface.md). */
export type CheckName = (typeof checkNames)[number];

/**
 * What kept an engine from a verdict; `unroll` is the bound on loops (spec 2.4), `size` a bound on what is built; `tables`: what
 * switches run does something else than the program, so that nothing that is found of the program is known of them.
 */
export type LimitName = 'max-states' | 'timeout' | 'memory' | 'unroll' | 'size' | 'tables';

/** What an engine found out about one check, within its bounds (spec 4.5). */
export type Verdict =
  | { readonly status: 'holds'; readonly states: number }
  | { readonly status: 'violated'; readonly states: number; readonly counterexample: Counterexample }
  | { readonly status: 'unknown'; readonly states: number; readonly limit: LimitName; readonly why: string };
