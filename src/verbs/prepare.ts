import { defaultLimits, LimitReached } from '../base/limits.js';
import { type Analysis, analyse } from '../events/analysis.js';
import type { ExecutionOptions } from '../execution/execution.js';
import type { Setting } from '../execution/state.js';
import { type Reading, readProgram } from '../language/read-program.js';
import type { Rejection } from '../report/result/result.js';
import { deadlineOf, rejectProgram, rejectText } from './common.js';

type Readable = Extract<Reading, { ok: true }>;

/** A program ready to be run by the rules, or why it cannot be. */
export type Prepared =
  | { readonly kind: 'ready'; readonly reading: Readable; readonly analysis: Analysis; readonly setting: Setting }
  | { readonly kind: 'rejected'; readonly reading: Reading; readonly rejection: Rejection }
  | { readonly kind: 'limit'; readonly why: string };

/**
 * Reads and analyses a program, to be run in a variant of the rules. Never throws on account of the program. A program that is
 * not locally determined is run with `force` only.
 * @param unroll bound on the length of paths if the state can recur (spec 2.5)
 */
export function prepareProgram(
  source: Uint8Array | string,
  file: string,
  { semantics, controller }: Pick<ExecutionOptions, 'semantics' | 'controller'>,
  unroll: number,
  force: boolean,
): Prepared {
  const reading = readProgram(source, file);
  if (!reading.ok) return { kind: 'rejected', reading, rejection: rejectText(reading) };
  const { program } = reading;
  try {
    const analysis = analyse(program, unroll, { ...defaultLimits, deadline: deadlineOf({}) });
    const rejection = rejectProgram(reading, analysis, force);
    if (rejection) return { kind: 'rejected', reading, rejection };
    const { system, structure } = analysis;
    if (!structure) throw new Error('a program that is not rejected has no event structure');
    return { kind: 'ready', reading, analysis, setting: { program, system, structure, semantics, controller } };
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    return { kind: 'limit', why: error.message };
  }
}
