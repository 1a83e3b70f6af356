import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { check_spec_with_cfg, initSync } from 'tla-checker';

initSync({ module: readFileSync(createRequire(import.meta.url).resolve('tla-checker/tla_checker_bg.wasm')) });

/** The definitions that are only data. tla-checker computes a definition anew at each use, but a constant once. */
const data = ['Family', 'Maximal', 'Configured', 'Kinds', 'Entries', 'Events', 'LabelOf'];

/**
 * Whether the invariant `Inv` of a module holds, by npm's tla-checker. @throws what it says of a module that it cannot
 * check
 */
export function checkTla(module: string): 'holds' | 'violated' {
  let text = module;
  let configuration = 'SPECIFICATION Spec\nINVARIANT Inv\n';
  for (const name of data) {
    const [line, value] = new RegExp(`^${name} == (.*)$`, 'm').exec(text)!;
    text = text.replace(line, () => `CONSTANT ${name}`);
    configuration += `CONSTANT ${name} = ${value}\n`;
  }
  const maxStates = 1_000_000;
  const maxDepth = 10_000;
  const answer: unknown = JSON.parse(check_spec_with_cfg(text, configuration, '{}', maxStates, maxDepth, true, false));
  const { success, error_type, error_message } = answer as Record<string, unknown>;
  if (success === true) return 'holds';
  if (error_type === 'InvariantViolation') return 'violated';
  throw new Error(`tla-checker: ${error_type}: ${error_message}`);
}
