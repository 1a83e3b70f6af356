import type { Ast, PropertyDeclaration } from './ast.js';
import { checkPolicy } from './check-policy.js';
import { checkProperties, propertiesOf } from './check-property.js';
import { createLog, type Diagnostic, type Report } from './diagnostics.js';
import { elaborate, type PlacedProperty } from './elaborate.js';
import { parseProgram, parseProperties } from './parse-program.js';
import type { Program } from './program.js';
import type { RuleCode } from './rules.js';
import { declare, type Scope } from './scope.js';
import { decodeSource, positionsOf } from './source.js';

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

/** A text and the name of its file, which is shown; nothing is opened. */
export interface SourceFile {
  readonly source: Uint8Array | string;
  readonly file: string;
}

/**
 * Reads a `.snk` file (spec 1.1, 1.2), with the properties of a file beside it if there is one (spec 6.3). Never
 * throws, whatever the input: all errors of a file come back as diagnostics in one run, those of the program first.
 * `file` is the name that is shown; nothing is opened. Linear in the text and its expansion.
 */
export function readProgram(source: Uint8Array | string, file: string, beside?: SourceFile): Reading {
  const decoded = decodeSource(source);
  const { text } = decoded;
  const log = createLog();
  const { ast, isComplete } = parseProgram(decoded, log);
  const report = isComplete ? log.report : withoutConsequences(log.report);
  const scope = declare(ast, report);
  checkPolicy(ast, scope, report);
  const own = propertiesOf(ast);
  checkProperties(own, scope, report);
  if (log.count() > 0) return { ok: false, file, text, ...log.finish(text) };
  const more = beside && readBeside(beside, scope, own);
  if (more && 'ok' in more) return more;
  const program = elaborate(ast, scope, [...placed(own, text, file), ...(more ?? [])]);
  return { ok: true, file, text, program, ast };
}

/** The properties of a file beside a program, or why they are none. */
function readBeside(
  { source, file }: SourceFile,
  scope: Scope,
  own: readonly PropertyDeclaration[],
): readonly PlacedProperty[] | Extract<Reading, { ok: false }> {
  const decoded = decodeSource(source);
  const { text } = decoded;
  const log = createLog();
  const found = parseProperties(decoded, log);
  checkProperties(found, scope, log.report, new Set(own.map(({ name }) => name.text)));
  return log.count() > 0 ? { ok: false, file, text, ...log.finish(text) } : placed(found, text, file);
}

function placed(declarations: readonly PropertyDeclaration[], text: string, file: string): PlacedProperty[] {
  const positions = positionsOf(
    text,
    declarations.map(({ span }) => span.start),
  );
  return declarations.map((declaration) => {
    const { line, column } = positions.get(declaration.span.start)!;
    return { declaration, place: { file, line, column } };
  });
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
  'SNK113',
  'SNK201',
  'SNK202',
]);

const withoutConsequences =
  (report: Report): Report =>
  (rule, span, message, remarks) => {
    if (!mayBeConsequence.has(rule)) report(rule, span, message, remarks);
  };
