/** The library's face: the verbs of the command line as functions. They read no files and print nothing. */
export { readTables, type TablesReading } from './compiler/read-tables.js';
export type { RuleCounts, Tables } from './compiler/tables.js';
export type { Counterexample, Execution, Semantics, Step } from './execution/execution.js';
export type { Reading } from './language/read-program.js';
export { showDiagnostics } from './language/show-diagnostic.js';
export type { Rejection, Result, ShownCheck } from './report/result.js';
export { showResult } from './report/text.js';
export type { CheckName } from './theorems/verdict.js';
export { type Checked, type CheckOptions, check } from './verbs/check.js';
export { version } from './verbs/common.js';
export { type CompileOptions, type CompileResult, compile } from './verbs/compile.js';
export { type ExportLanguage, type ExportOptions, type ExportResult, exportModel } from './verbs/export.js';
