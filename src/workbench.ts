/** The library's face: the verbs of the command line as functions. They read no files and print nothing. */
export { readTables, type TablesReading } from './compiler/read-tables.js';
export type { RuleCounts, Tables } from './compiler/tables.js';
export type { Counterexample, Execution, Semantics, Step } from './execution/execution.js';
export type { Reading } from './language/read-program.js';
export { showDiagnostics } from './language/show-diagnostic.js';
export type { Rejection, Result, ShownCheck, ShownTablesCheck } from './report/result.js';
export { showResult } from './report/text.js';
export { readCertificate } from './smt/certificates/certificate.js';
export type { CheckName } from './theorems/verdict.js';
export { type Checked, check } from './verbs/check.js';
export type { CheckOptions } from './verbs/check-options.js';
export { CheckpointError, type CheckpointFolder } from './verbs/checkpoint.js';
export { version } from './verbs/common.js';
export { type CompileOptions, type CompileResult, compile } from './verbs/compile.js';
export { judgeAnswers, type ProveOptions, prove, recheck, solverVersion } from './verbs/prove.js';
