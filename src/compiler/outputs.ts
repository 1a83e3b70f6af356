import type { Diagrams } from '../netkat/diagram.js';

/** A copy that leaves a switch (spec 1.4): the fields that are set, the port, and where in the policy it then is. */
export interface DiagramOutput {
  readonly port: number;
  /** Header fields, by index, ascending. */
  readonly sets: readonly (readonly [field: number, value: number])[];
  /** A number for the position at which it continues, later the `pc` that stands for it; undefined if it leaves the network. */
  readonly next: number | undefined;
}

/**
 * What a switch does with packets that arrive at one port, as a diagram over `pc` (field 0) and header f (field f + 1). A
 * leaf is a set of outputs, or undefined for packets that cannot be there: any outputs will do for them.
 */
export type PlaceLeaf = readonly DiagramOutput[] | undefined;
export type PlaceDiagrams = Diagrams<PlaceLeaf>;

/** The field of `PlaceDiagrams` that is the packet's `pc`. */
export const pcField = 0;

export const outputKey = ({ port, sets, next }: DiagramOutput): string => `${port}|${sets.join(';')}|${next ?? ''}`;
