import { defaultLimits, LimitReached } from '../base/limits.js';
import { analyse } from '../events/analysis.js';
import { modelOf } from '../export/model.js';
import { promela } from '../export/promela.js';
import { tla } from '../export/tla.js';
import { type Reading, readProgram } from '../language/read-program.js';
import type { Rejection } from '../report/result/result.js';
import type { CheckName } from '../theorems/checks.js';
import type { CheckOptions } from './check-options.js';
import { deadlineOf, rejectProgram, rejectText } from './common.js';

/** The languages of other model checkers: Promela for SPIN, TLA+ for TLC. */
export type ExportLanguage = 'promela' | 'tla';

/** What another model checker is to be asked; the defaults are those of `check`. */
export interface ExportOptions
  extends Pick<CheckOptions, 'semantics' | 'packets' | 'controller' | 'force' | 'unroll' | 'timeout_ms'> {
  /** Default `theorem1.causal`. */
  readonly check?: CheckName;
}

/** TLC wants the module in a file of this name. */
const moduleName = 'StatefulNetKAT';

/** A program in another model checker's language, or why there is none. */
export interface ExportResult {
  readonly reading: Reading;
  readonly rejected: Rejection | null;
  /** Absent if the program is rejected, or too large. */
  readonly text?: string;
  /** What is too large. */
  readonly limit?: string;
  /** Whether loops were unrolled only so far (spec 2.5): then `no violation` speaks of those paths alone. */
  readonly truncated?: boolean;
}

/** A program and a check in another model checker's language. Never throws on account of the program. */
export function exportModel(
  source: Uint8Array | string,
  file: string,
  language: ExportLanguage,
  options: ExportOptions = {},
): ExportResult {
  const { semantics = 'tagged', packets = 3, controller = true, check = 'theorem1.causal' } = options;
  const reading = readProgram(source, file);
  if (!reading.ok) return { reading, rejected: rejectText(reading) };
  const { program } = reading;
  const limits = { ...defaultLimits, deadline: deadlineOf(options) };
  try {
    const analysis = analyse(program, options.unroll ?? 4 * packets, limits);
    const { system, structure } = analysis;
    const rejected = rejectProgram(reading, analysis, options.force ?? false);
    if (rejected || !structure) return { reading, rejected };
    const model = modelOf({ program, system, structure, options: { semantics, packets, controller }, limits });
    const text = language === 'promela' ? promela(model, check, file) : tla(model, check, moduleName);
    return { reading, rejected: null, text, truncated: model.truncated };
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    return { reading, rejected: null, limit: error.message };
  }
}
