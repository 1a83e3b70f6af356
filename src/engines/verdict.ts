import type { Counterexample } from '../execution/execution.js';

/**
 * What kept an engine from a verdict; `unroll` is the bound on loops (spec 2.5), `size` a bound on what is built; `tables`: what
 * switches run does something else than the program, so that nothing that is found of the program is known of them.
 */
export type LimitName = 'max-states' | 'timeout' | 'memory' | 'unroll' | 'size' | 'tables';

/** What an exploration has covered, to the end. */
export interface Covered {
  /** Up to how many packets every execution was explored. */
  readonly packets: number;
  /** The most steps that a shortest way to a state has, as counterexamples count them. */
  readonly depth: number;
  /** Steps from all states, those that lead to states known already among them. */
  readonly transitions: number;
  /** Memory that visited states take up, of the search that needs most. */
  readonly bytes: number;
  /**
   * Whether more packets could show anything new: not if no event can ever happen (then there is one configuration, and nothing to
   * know), nor if one packet more has led to no new state.
   */
  readonly more: 'nothing new' | 'not known';
}

/** What an engine found out about one check, within its bounds (spec 4.5). */
export type Verdict =
  | { readonly status: 'holds'; readonly states: number; readonly covered?: Covered }
  | { readonly status: 'violated'; readonly states: number; readonly counterexample: Counterexample }
  | { readonly status: 'unknown'; readonly states: number; readonly limit: LimitName; readonly why: string };
