/** The library's face: the verbs of the command line as functions. They read no files and print nothing. */
export { readTables, type TablesReading } from './compiler/read-tables.js';
export type { RuleCounts, Tables } from './compiler/tables.js';
export type { Counterexample, Execution, Semantics, Step } from './execution/execution.js';
export { pcapBytes } from './frames/pcap.js';
export type { Reading } from './language/read-program.js';
export { showDiagnostics } from './language/show-diagnostic.js';
export { type Reductions, readReductions, reductionNames } from './network/reductions.js';
export type { Driver } from './replay/drivers/driver.js';
export { findSwitch, type SwitchChoice } from './replay/find-switch.js';
export { type DocumentsReading, type ExecutionDocument, readDocuments } from './report/document.js';
export {
  type Converted,
  type ConvertOptions,
  convert,
  type FormatName,
  formatNames,
} from './report/formats/convert.js';
export { showJUnit } from './report/junit.js';
export { readResults } from './report/read-results.js';
export { showReplay } from './report/replay-text.js';
export type { Rejection, Result, ShownCheck, ShownTablesCheck } from './report/result.js';
export { sarifOf } from './report/sarif.js';
export { showResult } from './report/text.js';
export { type ShownValidation, showValidation } from './report/validation.js';
export { readCertificate } from './smt/certificates/certificate.js';
export { type CheckName, checkNames } from './theorems/checks.js';
export { type Checked, check } from './verbs/check.js';
export type { CheckOptions } from './verbs/check-options.js';
export { CheckpointError, type CheckpointFolder } from './verbs/checkpoint.js';
export { version } from './verbs/common.js';
export { type CompileOptions, type CompileResult, compile } from './verbs/compile.js';
export { type Conformed, type ConformOptions, conform } from './verbs/conform.js';
export { type Exploration, type ExploreOptions, type Opened, openExploration } from './verbs/explore.js';
export { type ExportLanguage, type ExportOptions, type ExportResult, exportModel } from './verbs/export.js';
export { judgeAnswers, type ProveOptions, prove, recheck, solverVersion } from './verbs/prove.js';
export { type Replayed, replay } from './verbs/replay.js';
export { gallery, type Page, report } from './verbs/report.js';
export { type Up, type UpOutcome, up } from './verbs/up.js';
export { type Validated, validateExecutions } from './verbs/validate.js';
