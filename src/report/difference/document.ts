import { type ArgumentKind, assertArguments, objectWith } from '../../base/arguments.js';
import type { Which } from '../../difference/joint-fields.js';
import type { Differences } from '../../difference/shown.js';
import type { Rejection } from '../result/result.js';

/** What `diff` says of two programs (spec 7), as its JSON has it. */
export interface Comparison extends Partial<Differences> {
  readonly tool: { readonly name: 'snk-verify'; readonly version: string };
  readonly old: ComparedProgram;
  readonly new: ComparedProgram;
  /** `same`: they mean the same; `different`; `rejected`: one of them has no meaning; `unknown`: a limit was met. */
  readonly status: 'same' | 'different' | 'rejected' | 'unknown';
  /** Which limit was met. */
  readonly why?: string;
}

/** One of the two programs. */
export interface ComparedProgram {
  readonly file: string;
  readonly sha256: string;
  readonly rejected: Rejection | null;
}

/** What the two programs are called where they stand side by side. */
export const titles: Readonly<Record<Which, string>> = { old: 'OLD', new: 'NEW' };

const comparisonArgument: ArgumentKind = objectWith('what diff gives as its `comparison`', 'old', 'new', 'status');

/**
 * Refuses a call with something that is no comparison, such as what `diff` gives whole.
 * @throws OptionError
 */
export const assertComparison = (verb: string, comparison: unknown): void =>
  assertArguments(verb, { comparison: [comparison, comparisonArgument] });
