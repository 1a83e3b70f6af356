import type { Leaving } from './driver.js';

/** A way for packets into and out of one simple_switch that runs. */
export interface Wire {
  /** Frames come in at their ports, in this order. */
  readonly send: (frames: readonly Leaving[]) => void;
  /** Looks for frames that have left, on a wire that does not announce them. */
  readonly poll: () => void;
  /** How often to look, in milliseconds. */
  readonly pollInterval_ms: number;
  readonly close: () => void;
}

/** What hears of frames that leave. */
export interface Listener {
  readonly left: (leaving: Leaving) => void;
  readonly closed: () => void;
}

/** A wire that is laid before the switch is started, and connected when it runs. */
export interface LaidWire {
  /** What simple_switch is to be told. */
  readonly options: readonly string[];
  /** @throws Error if the switch is not there yet */
  readonly connect: (listener: Listener) => Promise<Wire>;
  /** Takes away what was laid, if it was never connected. */
  readonly abandon: () => void;
}

/** A kind of wire. */
export interface WireKind {
  /** In words, after the name of the switch; empty for the usual one. */
  readonly name: string;
  /** @param base the path of the wire's files, up to their endings @param ports where frames come in */
  readonly lay: (base: string, ports: readonly number[]) => LaidWire;
}
