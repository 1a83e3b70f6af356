import type { ShownHeaders } from '../netkat/fields.js';

/** A packed tag; in hexadecimal if it is no exact number in JSON. */
export type ShownTag = number | string;

/** A frame at a port of a switch, in the program's terms. */
export interface ShownFrame {
  readonly port: number;
  /** Undefined if the bytes are no frame of the program. */
  readonly headers: ShownHeaders | undefined;
  /** What switches tell each other about the packet; null in a frame to a host. */
  readonly shim: { readonly tag: ShownTag; readonly pc: number; readonly digest: readonly number[] } | null;
  /** The bytes of the frame, in hexadecimal. */
  readonly bytes: string;
}

/** What switches did with an execution, compared with what the rules of spec 3 predict. */
export type ReplayVerdict =
  | {
      /** Every step did what was predicted, byte for byte. */
      readonly verdict: 'confirmed';
      readonly switches: string;
      readonly steps: number;
    }
  | {
      readonly verdict: 'diverged';
      readonly switches: string;
      /** The index of the first step that did something else. */
      readonly step: number;
      /** The differences in words, field by field. */
      readonly differences: readonly string[];
      readonly predicted: readonly ShownFrame[];
      readonly observed: readonly ShownFrame[];
      /**
       * The forwarding rule that should have applied, in words; null if there is none, or if the step forwards nothing.
       */
      readonly rule: string | null;
      /** What the switch's own log says of the step. */
      readonly log: readonly string[];
    }
  | { readonly verdict: 'not replayable'; readonly switches: string; readonly why: string };
