import { objectWith } from '../../base/taken.js';
import type { MulticastGroup } from '../../targets/bmv2/bmv2.js';

/** What one switch is started with. */
export interface SwitchSetup {
  readonly id: number;
  /** BMv2 JSON, as a document. */
  readonly program: unknown;
  readonly groups: readonly MulticastGroup[];
  /** Every port that a host or a link is at. */
  readonly ports: readonly number[];
}

export interface Leaving {
  readonly port: number;
  readonly frame: Uint8Array;
}

/** What a switch did with a frame: everything that left, and what its log says. */
export interface Observation {
  readonly outputs: readonly Leaving[];
  readonly log: readonly string[];
}

/** Switches that run. */
export interface Fleet {
  /**
   * A frame comes in at a port; answers when everything that it makes the switch send has left. @throws SwitchFailed
   */
  readonly take: (switchId: number, port: number, frame: Uint8Array) => Promise<Observation>;
  /** Stops everything and takes away what it left. Never fails, and may be asked again. */
  readonly stop: () => Promise<void>;
}

/**
 * Registers what must be removed, at once and without waiting, if the process ends before the returned function is
 * called. Only the command line has a guard, for it alone knows how the process ends.
 */
export type Guard = (remove: () => void) => () => void;

/** A kind of switch. */
export interface Driver {
  /** The switches in words, with their version, as the verdict names them. */
  readonly name: string;
  /** @throws SwitchFailed */
  readonly start: (setups: readonly SwitchSetup[]) => Promise<Fleet>;
}

/** What functions of the library take for a driver. */
export const aDriver = objectWith('a driver, what findSwitch gives', 'name', 'start');

/** A switch that could not be started, died, or did not answer: a message for people. */
export class SwitchFailed extends Error {
  constructor(
    message: string,
    readonly log: readonly string[] = [],
  ) {
    super(message);
  }
}
