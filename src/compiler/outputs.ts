import type { Diagrams } from '../netkat/diagrams.js';

/**
 * A copy that leaves a switch (spec 1.4): the fields that are set, the port, and where in the policy the copy then is.
 */
export interface DiagramOutput {
  readonly port: number;
  /** The header fields that are set, by index, ascending. */
  readonly sets: readonly (readonly [field: number, value: number])[];
  /**
   * The number of the position at which the copy goes on, later the `pc` that stands for that position; undefined if it
   * leaves the network.
   */
  readonly next: number | undefined;
}

/**
 * What a switch does with packets that arrive at one port, as a diagram over `pc` (field 0) and header f (field f + 1).
 * A leaf is a set of outputs, or undefined for packets that cannot arrive there, for which any outputs will do.
 */
export type PlaceLeaf = readonly DiagramOutput[] | undefined;
export type PlaceDiagrams = Diagrams<PlaceLeaf>;

/** The field of `PlaceDiagrams` that is the packet's `pc`. */
export const pcField = 0;

export const outputKey = ({ port, sets, next }: DiagramOutput): string => `${port}|${sets.join(';')}|${next ?? ''}`;
