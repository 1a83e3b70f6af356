import type { StateVector } from '../language/program.js';
import type { ShownHeaders } from '../netkat/fields.js';

/** A place in a text, as people count. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** A hop of a packet, or its exit, with the branches of the policy that brought it there. */
export interface TracedHop {
  readonly kind: 'hop' | 'exit';
  readonly at: string;
  readonly headers: ShownHeaders;
  /** Of an exit, the host that is there. */
  readonly host?: string | null;
  /** Where the branches begin that moved the packet; several if each would have. Empty where it enters. */
  readonly by: readonly Place[];
  /** The events that the arrival matches, with the states to which they lead. */
  readonly events: readonly { readonly formula: string; readonly at: string; readonly to: StateVector }[];
  readonly next: readonly TracedHop[];
  /** True where the tree goes on, but is too large to be written out. */
  readonly cut?: true;
}

/** What becomes of a packet; of `open` fields the values do not matter. */
export interface TracedPacket {
  readonly headers: ShownHeaders;
  readonly open: readonly string[];
  readonly tree: TracedHop;
}
