import { type Checked, type CheckOptions, check, showDiagnostics, showResult } from '../workbench.js';
import { type ExitStatus, exitStatus, overallStatus, statusOf } from './exit-status.js';
import { readSource, wantsColour } from './files.js';
import { progressLine } from './progress.js';

/** The verb `check`: prints what there is to say of each file, and gives the exit status. */
export function runCheck(files: readonly string[], options: CheckOptions, json: boolean): ExitStatus {
  const sources = files.map(readSource);
  const unreadable = sources.filter((source) => 'problem' in source);
  for (const { problem } of unreadable) process.stderr.write(`snk-verify: ${problem}\n`);

  const colour = wantsColour(process.stdout);
  const results: Checked['result'][] = [];
  for (const source of sources) {
    if ('problem' in source) continue;
    const progress = progressLine(source.file);
    const checked = check(source.bytes, source.file, { ...options, onProgress: progress.report });
    progress.clear();
    if (!json) process.stdout.write(`${results.length > 0 ? '\n' : ''}${inText(checked, colour)}\n`);
    results.push(checked.result);
  }
  // What can be read is reported all the same; of several files, as an array.
  if (json && results.length > 0)
    process.stdout.write(`${JSON.stringify(files.length === 1 ? results[0] : results, null, 2)}\n`);
  const statuses = results.map(statusOf);
  return overallStatus(unreadable.length > 0 ? [...statuses, exitStatus.rejected] : statuses);
}

const inText = ({ reading, result }: Checked, colour: boolean): string =>
  reading.ok ? showResult(result, { colour }) : showDiagnostics(reading, { colour });
