import type { Counterexample } from '../execution/execution.js';

/**
 * What kept an engine from a verdict; `unroll` is the bound on loops (spec 2.5), and `size` a bound on what is built.
 * `tables` says that the tables do something other than the program, so that what is found of the program says nothing
 * of the switches that run them.
 */
export type LimitName = 'max-states' | 'timeout' | 'memory' | 'unroll' | 'size' | 'tables';

/** What an exploration has been through to its end. */
export interface Covered {
  /** Every execution with at most this many packets was explored. */
  readonly packets: number;
  /** The greatest number of steps, counted as in counterexamples, that a shortest way to any state takes. */
  readonly depth: number;
  /** The number of steps from all states, including steps that lead to states already known. */
  readonly transitions: number;
  /** The memory that visited states take up, in bytes, in the search that needs most. */
  readonly bytes: number;
  /**
   * Whether more packets could show anything new. They cannot if no event can ever happen (then there is one
   * configuration, and nothing to know), nor if one more packet has led to no new state.
   */
  readonly more: 'nothing new' | 'not known';
}

/** What an engine found out about one check, within its bounds (spec 4.5). */
export type Verdict =
  | {
      readonly status: 'holds';
      readonly states: number;
      readonly covered?: Covered;
      /** Of a property: that nothing of which it demands anything occurs in any of these executions (spec 6.4). */
      readonly vacuous?: true;
      /** Of a property: that no packet can break it under the configuration of any event-set, whatever happens. */
      readonly always?: true;
    }
  | { readonly status: 'violated'; readonly states: number; readonly counterexample: Counterexample }
  | {
      readonly status: 'unknown';
      readonly states: number;
      readonly limit: LimitName;
      readonly why: string;
      /** Up to how many packets every execution was explored all the same; undefined if not even those without any. */
      readonly reached?: number;
    };
