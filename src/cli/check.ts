import { readFileSync } from 'node:fs';
import { escapeCharacter } from '../language/diagnostics.js';
import { type Checked, type CheckOptions, check, showDiagnostics, showResult } from '../workbench.js';
import { type ExitStatus, exitStatus, overallStatus, statusOf } from './exit-status.js';
import { progressLine } from './progress.js';

/** The verb `check`: prints what there is to say of each file, and gives the exit status. */
export function runCheck(files: readonly string[], options: CheckOptions, json: boolean): ExitStatus {
  const sources = files.map(read);
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

function read(file: string): { readonly file: string; readonly bytes: Uint8Array } | { readonly problem: string } {
  try {
    return { file, bytes: readFileSync(file) };
  } catch (error) {
    const reasons: Record<string, string> = {
      ENOENT: 'there is no such file',
      EISDIR: 'it is a folder, not a program',
      EACCES: 'you may not read it',
    };
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const name = Array.from(file, escapeCharacter).join('');
    return { problem: `cannot read ${name}: ${reasons[code] ?? code}` };
  }
}

/** Colour only on a terminal, and not where NO_COLOR is set to anything (no-color.org). */
const wantsColour = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
