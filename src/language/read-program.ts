import type { Ast } from './ast.js';
import { checkPolicy } from './check-policy.js';
import { createLog, type Diagnostic, type Report } from './diagnostics.js';
import { elaborate } from './elaborate.js';
import { parseProgram } from './parse-program.js';
import type { Program } from './program.js';
import type { RuleCode } from './rules.js';
import { declare } from './scope.js';
import { decodeSource } from './source.js';

/**
 * A program, or why a text is none. All spans are offsets into `text`, which is decoded and without a byte order mark.
 */
export type Reading =
  | { readonly ok: true; readonly file: string; readonly text: string; readonly program: Program; readonly ast: Ast }
  | {
      readonly ok: false;
      readonly file: string;
      readonly text: string;
      /** What is wrong: at least one and at most 100 diagnostics, sorted by position. */
      readonly diagnostics: readonly Diagnostic[];
      /** How many more diagnostics there were; if `maxCounted` was reached, there may be even more. */
      readonly omitted: number;
    };

/**
 * Reads a `.snk` file (spec 1.1, 1.2). Never throws, whatever the input: all errors of the file come back as
 * diagnostics in one run. `file` is the name that is shown; nothing is opened. Linear in the text and its expansion.
 */
export function readProgram(source: Uint8Array | string, file: string): Reading {
  const decoded = decodeSource(source);
  const { text } = decoded;
  const log = createLog();
  const { ast, isComplete } = parseProgram(decoded, log);
  const report = isComplete ? log.report : withoutConsequences(log.report);
  const scope = declare(ast, report);
  checkPolicy(ast, scope, report);
  if (log.count() > 0) return { ok: false, file, text, ...log.finish(text) };
  return { ok: true, file, text, program: elaborate(ast, scope), ast };
}

/**
 * If a declaration is broken, what breaks one of these rules may only do so because it is not known what is declared
 * there.
 */
const mayBeConsequence: ReadonlySet<RuleCode> = new Set([
  'SNK012',
  'SNK101',
  'SNK103',
  'SNK104',
  'SNK111',
  'SNK201',
  'SNK202',
]);

const withoutConsequences =
  (report: Report): Report =>
  (rule, span, message, remarks) => {
    if (!mayBeConsequence.has(rule)) report(rule, span, message, remarks);
  };
