import { assertName, assertOptions, assertProgram, nameAmong } from '../base/options.js';
import { modelOf } from '../export/model.js';
import { promela } from '../export/promela.js';
import { tla } from '../export/tla.js';
import { checkNames, type TheoremName, theorems } from '../theorems/checks.js';
import { type CheckOptions, checkOptions } from './check-options.js';
import { executionOptions, load, type NotReached, withinLimits } from './load.js';

/** The languages of other model checkers: Promela for SPIN, TLA+ for TLC. */
export type ExportLanguage = 'promela' | 'tla';

/** What another model checker is to be asked; the defaults are those of `check`. */
export interface ExportOptions
  extends Pick<CheckOptions, 'semantics' | 'packets' | 'controller' | 'force' | 'unroll' | 'timeout_ms'> {
  /** Default `theorem1.causal`. */
  readonly check?: TheoremName;
}

const exportOptions = {
  semantics: checkOptions.semantics,
  packets: checkOptions.packets,
  controller: checkOptions.controller,
  force: checkOptions.force,
  unroll: checkOptions.unroll,
  timeout_ms: checkOptions.timeout_ms,
  check: nameAmong(checkNames),
};

/** TLC wants the module in a file of this name. */
const moduleName = 'StatefulNetKAT';

/** A program in another model checker's language. */
export interface ExportResult {
  readonly ok: true;
  readonly text: string;
  /** Whether loops were unrolled only so far (spec 2.5): then `no violation` speaks of those paths alone. */
  readonly truncated: boolean;
}

/**
 * A program and a check in another model checker's language. Never throws on account of the program.
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { exportModel } from 'snk-verify';
 *
 * const file = 'models/firewall.snk';
 * const source = readFileSync(file, 'utf8');
 * const exported = exportModel(source, file, 'tla', { packets: 1 });
 * console.log(exported.ok && exported.text.split('\n')[0]); // ---- MODULE StatefulNetKAT ----
 * ```
 */
export function exportModel(
  source: Uint8Array | string,
  file: string,
  language: ExportLanguage,
  options: ExportOptions = {},
): ExportResult | NotReached {
  assertProgram('exportModel', source, file);
  assertName('exportModel', 'language', language, ['promela', 'tla']);
  assertOptions('exportModel', options, exportOptions);
  const { check = 'theorem1.causal' } = options;
  const loaded = load(source, file, options);
  if (!loaded.ok) return loaded;
  const { program, system, structure, limits } = loaded;
  const exported = withinLimits(() => {
    const model = modelOf({ program, system, structure, options: executionOptions(options), limits });
    const text =
      language === 'promela' ? promela(model, theorems[check], file) : tla(model, theorems[check], moduleName);
    return { ok: true, text, truncated: model.truncated } as const;
  });
  return exported.ok ? exported : { ...exported, why: `no model: ${exported.why}` };
}
