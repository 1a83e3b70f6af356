import type { Counterexample, ExecutionOptions, ShownEventSet } from '../../execution/execution.js';
import type { ReplayVerdict } from '../../execution/replay-verdict.js';
import type { StateVector } from '../../language/program.js';
import type { ShownEvent } from '../result/result.js';
import type { ShownNetwork } from './lanes.js';

/** Where something is drawn, from 0 to 1 in both directions. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An execution that a page can step through. */
export interface ShownExecution extends Omit<Counterexample, 'kind'> {
  /** An identifier that no other execution of the page has. */
  readonly id: string;
  readonly options: ExecutionOptions;
  /** What is to be said of it, in a few words: the checks that it breaks, or what it is shown for. */
  readonly title: string;
  /** What is broken; null if nothing is. */
  readonly kind: Counterexample['kind'] | null;
  /** What switches did with it, if it was replayed. */
  readonly replayed?: readonly ReplayVerdict[];
  /**
   * What is known of the remaining steps, if the execution is too long to be shown whole; then `steps` is its
   * beginning.
   */
  readonly rest?: Rest;
}

/** What is known on a page of the steps of an execution that it does not show. */
export interface Rest {
  /** How many steps, and how many packets that enter, the whole execution has. */
  readonly steps: number;
  readonly packets: number;
  /** The last steps in sentences, with their packets. */
  readonly last: readonly { readonly packet?: number; readonly sentences: readonly string[] }[];
}

/** What the page's script needs to draw executions: it stands in the page as JSON. */
export interface PageData {
  readonly network: ShownNetwork;
  /** Where switches and hosts are drawn, by `switchKey` and `hostKey`. */
  readonly layout: Readonly<Record<string, Point>>;
  /** The drawing's width divided by its height. */
  readonly aspect: number;
  readonly events: readonly ShownEvent[];
  readonly eventSets: readonly ShownEventSet[];
  /** `g(X)` of each event-set, as a state of the program; empty if unknown. */
  readonly states: readonly StateVector[];
  readonly executions: readonly ShownExecution[];
}

/** The names by which layouts know the nodes of a network. */
export const switchKey = (n: number | string): string => `s${n}`;
export const hostKey = (name: string): string => `h${name}`;
