import type { StateVector } from '../language/program.js';
import type { ShownHeaders, Value } from '../netkat/fields.js';
import type { Which } from './joint-fields.js';

/** A label as documents write it. */
export interface ShownLabel {
  readonly formula: string;
  readonly at: string;
}

/** A tree of hops (spec 1.4), written out. */
export interface ShownHop {
  readonly kind: 'hop' | 'exit';
  readonly at: string;
  readonly headers: ShownHeaders;
  /** Of an exit, the host that is there. */
  readonly host?: string;
  readonly next: readonly ShownHop[];
  /** True where the tree goes on, but is too large to be written out. */
  readonly cut?: true;
}

/** Where two programs are after the same events: how they came there, and the state of each. */
interface AtPair {
  readonly path: readonly ShownLabel[];
  readonly states: Readonly<Record<Which, StateVector>>;
}

/** A packet: all its headers, and the fields among them that may have any other value that both programs have. */
interface Witness {
  readonly headers: ShownHeaders;
  readonly open: readonly string[];
}

/** A host as a program declares it. */
export interface ShownHost {
  readonly at: string;
  /** Null where none is declared. */
  readonly ip: string | null;
  readonly mac: string | null;
}

/** One difference of two programs (spec 7). */
export type Difference =
  | { readonly kind: 'host'; readonly host: string; readonly old: ShownHost | null; readonly new: ShownHost | null }
  | { readonly kind: 'link'; readonly from: string; readonly to: string; readonly only: Which }
  | { readonly kind: 'switch'; readonly switch: number; readonly only: Which }
  /** Values with which only one program has packets, since the other declares a domain without them. */
  | { readonly kind: 'packets'; readonly field: string; readonly values: readonly Value[]; readonly only: Which }
  | (AtPair &
      Witness & {
        /** A packet of a host whose trees differ. */
        readonly kind: 'tree';
        readonly host: string;
        readonly trees: Readonly<Record<Which, ShownHop>>;
      })
  | (AtPair &
      Witness & {
        /** An event that can come next in one program alone. */
        readonly kind: 'event';
        readonly only: Which;
        readonly event: ShownLabel;
        /** An event of the other program that shares packets with it, if all its packets match such ones. */
        readonly overlaps: ShownLabel | null;
        /** Whose event the packet matches. */
        readonly matches: Which;
      });

/** What two programs differ in. */
export interface Differences {
  /** What comes first: hosts, links, switches, packets; then by the length of the path. */
  readonly differences: readonly Difference[];
  /** How many more there are that are not listed; null if they were not counted. */
  readonly more: number | null;
  /** How many pairs of states were compared. */
  readonly pairs: number;
}
