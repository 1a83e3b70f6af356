import { defaultLimits, LimitReached } from '../base/limits.js';
import { countRules, tablesOf } from '../compiler/artefact.js';
import { compileTables } from '../compiler/compile.js';
import { analyse } from '../events/analysis.js';
import type { TransitionSystem } from '../events/transition-system.js';
import { type Reading, readProgram } from '../language/read-program.js';
import type { Rejection } from '../report/result/result.js';
import type { RuleCounts, Tables } from '../tables/tables.js';
import { bmv2 } from '../targets/bmv2/files.js';
import type { GeneratedFile } from '../targets/generated-file.js';
import { graphviz } from '../targets/graphviz.js';
import { mininet } from '../targets/mininet.js';
import { openflow } from '../targets/openflow/openflow.js';
import type { CheckOptions } from './check-options.js';
import { deadlineOf, rejectProgram, rejectText, sha256 } from './common.js';

/** What the compiler made of a program, or why it made nothing. */
export interface CompileResult {
  readonly reading: Reading;
  readonly rejected: Rejection | null;
  /** Absent if the program is rejected, or needs more than switches have. */
  readonly compiled?: { readonly tables: Tables; readonly rules: RuleCounts; readonly backends: Backends };
  /** What it needs more of. */
  readonly limit?: string;
}

/** What the back ends made of the tables. */
export interface Backends {
  readonly files: readonly GeneratedFile[];
  /** What could not be made, in words: by back end, with the reason. */
  readonly leftOut: readonly string[];
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
    const backends = runBackends(tables, analysis.system);
    return { reading, rejected: null, compiled: { tables, rules: countRules(compiled), backends } };
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    return { reading, rejected: null, limit: error.message };
  }
}

function runBackends(tables: Tables, system: TransitionSystem): Backends {
  const files: GeneratedFile[] = graphviz(tables, system);
  const leftOut: string[] = [];
  for (const [name, backend] of Object.entries({ openflow, mininet, bmv2 })) {
    const generated = backend(tables);
    if (generated.kind === 'files') files.push(...generated.files);
    else leftOut.push(...generated.why.map((why) => `${name}: ${why}`));
  }
  return { files, leftOut };
}
