import { type ArgumentKind, assertArguments, objectWith } from '../../base/arguments.js';
import type { Reach } from '../../reach/shown.js';
import type { Rejection } from '../result/result.js';

/** What `reach` says of a program, as its JSON has it. */
export interface ReachDocument extends Partial<Reach> {
  readonly tool: { readonly name: 'snk-verify'; readonly version: string };
  readonly program: { readonly file: string; readonly sha256: string };
  readonly rejected: Rejection | null;
  /** Which limit was met: then nothing is known. */
  readonly why?: string;
}

const reachArgument: ArgumentKind = objectWith('what reach gives as its `document`', 'tool', 'program', 'rejected');

/**
 * Refuses a call with something that is not what `reach` says of a program.
 * @throws OptionError
 */
export const assertReach = (verb: string, document: unknown): void =>
  assertArguments(verb, { document: [document, reachArgument] });
