import { countRules, tablesOf } from '../compiler/artefact.js';
import { type BackendFile, bmv2Files } from '../compiler/backends/files.js';
import { compile as compileTables } from '../compiler/compile.js';
import type { RuleCounts, Tables } from '../compiler/tables.js';
import { analyse } from '../events/analysis.js';
import { type Reading, readProgram } from '../language/read-program.js';
import { defaultLimits, LimitReached } from '../netkat/limits.js';
import type { Rejection } from '../report/result.js';
import type { CheckOptions } from './check.js';
import { deadlineOf, rejectProgram, rejectText, sha256 } from './common.js';

/** What the compiler made of a program, or why it made nothing. */
export interface CompileResult {
  readonly reading: Reading;
  readonly rejected: Rejection | null;
  /** Absent if the program is rejected, or needs more than switches have. */
  readonly compiled?: {
    readonly tables: Tables;
    readonly rules: RuleCounts;
    /** What back ends make of the tables. */
    readonly files: readonly BackendFile[];
    /** Back ends that cannot, each with why. */
    readonly withoutFiles: readonly string[];
  };
  /** What it needs more of. */
  readonly limit?: string;
}

/** How to compile a program. */
export type CompileOptions = Pick<CheckOptions, 'force' | 'unroll' | 'timeout_ms'>;

/**
 * Compiles a program to the tables that switches run (paper §1, §4.1, §5.3). Never throws on account of the program.
 * `unroll` is 12 by default, as in `check` with its 3 packets.
 */
export function compile(source: Uint8Array | string, file: string, options: CompileOptions = {}): CompileResult {
  const reading = readProgram(source, file);
  if (!reading.ok) return { reading, rejected: rejectText(reading) };
  const limits = { ...defaultLimits, deadline: deadlineOf(options) };
  const { program } = reading;
  try {
    const analysis = analyse(program, options.unroll ?? 12, limits);
    const rejected = rejectProgram(reading, analysis, options.force ?? false);
    if (rejected || !analysis.structure) return { reading, rejected };
    const compiled = compileTables({ program, system: analysis.system, structure: analysis.structure, limits });
    const tables = tablesOf(compiled, { file, sha256: sha256(source) });
    return { reading, rejected: null, compiled: { tables, rules: countRules(compiled), ...filesOf(tables) } };
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    return { reading, rejected: null, limit: error.message };
  }
}

/** Tables that one kind of switch cannot run are tables all the same. */
function filesOf(tables: Tables): { readonly files: readonly BackendFile[]; readonly withoutFiles: readonly string[] } {
  try {
    return { files: bmv2Files(tables, 'tagged'), withoutFiles: [] };
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    return { files: [], withoutFiles: [`BMv2 cannot run these tables, which need ${error.message}`] };
  }
}
