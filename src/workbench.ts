/** The library's face: the verbs of the command line as functions. They read no files and print nothing. */

export { OptionError } from './base/arguments.js';
export { nearestName } from './base/nearest-name.js';
export type { ShowOptions } from './base/options.js';
export { phaseOf } from './base/phase.js';
export type { Counterexample, Execution, Semantics, Step } from './execution/execution.js';
export { capabilities, semanticsNames } from './execution/semantics.js';
export { pcapBytes } from './frames/pcap.js';
export type { Reading } from './language/read-program.js';
export { showDiagnostics } from './language/show-diagnostic.js';
export { type Reductions, readReductions, reductionNames } from './network/reductions/reductions.js';
export type { Driver } from './replay/drivers/driver.js';
export { findSwitch, type SwitchChoice } from './replay/find-switch.js';
export type { Comparison } from './report/difference/document.js';
export { diffMarkdown } from './report/difference/markdown.js';
export { diffPage } from './report/difference/page.js';
export { showDiff } from './report/difference/text.js';
export {
  type Converted,
  type ConvertOptions,
  convert,
  type FormatName,
  formatNames,
} from './report/executions/convert.js';
export { showJUnit } from './report/machines/junit.js';
export { sarifOf } from './report/machines/sarif.js';
export type { ReachDocument } from './report/reach/document.js';
export { reachPage } from './report/reach/page.js';
export { showReach } from './report/reach/text.js';
export { showTrace, type TraceDocument } from './report/reach/trace-text.js';
export { type DocumentsReading, type ExecutionDocument, readDocuments } from './report/read/document.js';
export { readResults } from './report/read/read-results.js';
export type { Rejection, Result, ShownCheck, ShownTablesCheck } from './report/result/result.js';
export { showReplay } from './report/text/replay-text.js';
export { showResult } from './report/text/text.js';
export { type ShownValidation, showValidation } from './report/text/validation.js';
export { readCertificate } from './smt/certificates/certificate.js';
export { readTables, type TablesReading } from './tables/read-tables.js';
export type { RuleCounts, Tables } from './tables/tables.js';
export { type CheckName, checkNames, checks, type TheoremName } from './theorems/checks.js';
export { type Checked, check, unread } from './verbs/check.js';
export type { CheckOptions } from './verbs/check-options.js';
export { CheckpointError, type CheckpointFolder } from './verbs/checkpoint.js';
export { version } from './verbs/common.js';
export { type CompileOptions, type CompileResult, compile } from './verbs/compile.js';
export { type Conformed, type ConformOptions, conform } from './verbs/conform.js';
export { crossCheckNames } from './verbs/cross-check.js';
export { type Diffed, type DiffOptions, diff, type NamedProgram } from './verbs/diff.js';
export { type Exploration, type ExploreOptions, type Opened, openExploration } from './verbs/explore.js';
export { type ExportLanguage, type ExportOptions, type ExportResult, exportModel } from './verbs/export.js';
export { type Accepted, defaults, type Hindered as Impossible, type NotReached as Refused } from './verbs/load.js';
export { judgeAnswers, type ProveOptions, prove, recheck, solverVersion } from './verbs/prove.js';
export { type ReachOptions, type ReachOutcome, reach } from './verbs/reach.js';
export { type Replayed, replay } from './verbs/replay.js';
export { gallery, type Page, report } from './verbs/report.js';
export { type Traced, type TraceOptions, trace } from './verbs/trace.js';
export { type Up, type UpOutcome, up } from './verbs/up.js';
export { type Validated, validateExecutions } from './verbs/validate.js';
