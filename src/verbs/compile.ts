import { assertOptions, assertProgram } from '../base/options.js';
import { countRules } from '../compiler/artefact.js';
import type { TransitionSystem } from '../events/transition-system.js';
import type { RuleCounts, Tables } from '../tables/tables.js';
import { bmv2 } from '../targets/bmv2/files.js';
import type { GeneratedFile } from '../targets/generated-file.js';
import { graphviz } from '../targets/graphviz.js';
import { mininet } from '../targets/mininet.js';
import { openflow } from '../targets/openflow/openflow.js';
import { type CheckOptions, checkOptions } from './check-options.js';
import { compiled, load, type NotReached } from './load.js';

/** What the compiler made of a program. */
export interface CompileResult {
  readonly ok: true;
  readonly tables: Tables;
  readonly rules: RuleCounts;
  readonly backends: Backends;
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
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { compile } from 'snk-verify';
 *
 * const file = 'models/firewall.snk';
 * const source = readFileSync(file, 'utf8');
 * const compiled = compile(source, file);
 * if (compiled.ok) console.log(compiled.rules.guarded, compiled.rules.shared, compiled.rules.total); // 6 4 9
 * ```
 */
export function compile(
  source: Uint8Array | string,
  file: string,
  options: CompileOptions = {},
): CompileResult | NotReached {
  const { force, unroll, timeout_ms } = checkOptions;
  assertProgram('compile', source, file);
  assertOptions('compile', options, { force, unroll, timeout_ms });
  const program = load(source, file, options);
  if (!program.ok) return program;
  const made = compiled(program);
  if (!made.ok) return { ...made, why: `no tables: ${made.why}` };
  const { tables, compilation, system } = made;
  return { ok: true, tables, rules: countRules(compilation), backends: runBackends(tables, system) };
}

function runBackends(tables: Tables, system: TransitionSystem): Backends {
  const files: GeneratedFile[] = graphviz(tables, system);
  const leftOut: string[] = [];
  for (const [name, backend] of Object.entries({ openflow, mininet, bmv2 })) {
    const generated = backend(tables);
    if (generated.kind === 'files') for (const one of generated.files) files.push(one);
    else for (const one of generated.why.map((why) => `${name}: ${why}`)) leftOut.push(one);
  }
  return { files, leftOut };
}
