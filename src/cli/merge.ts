import { Argument } from 'commander';
import { type Result, readResults, showResult } from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, overallStatus, statusOf } from './exit-status.js';
import { readSource, wantsColour } from './files.js';
import { documentOf, type Format, formatOption } from './format.js';
import type { Verb } from './verb.js';

/** The verb `merge`: what several machines have checked (`--shard`), as one report. */
export const mergeVerb: Verb = (program, end) => {
  program
    .command('merge')
    .description('join the JSON results of several runs, as of --shard, into one report')
    .addArgument(new Argument('<file...>', 'what `check --json` has printed'))
    .addOption(formatOption())
    .action((files: string[], { format }: { readonly format: Format }) => {
      end(runMerge(files, format));
    });
};

function runMerge(files: readonly string[], format: Format): ExitStatus {
  const results: Result[] = [];
  const problems: string[] = [];
  for (const file of files) {
    const source = readSource(file);
    const read = 'problem' in source ? source.problem : resultsIn(source.bytes);
    if (typeof read === 'string') problems.push(`${file}: ${read}`);
    else for (const one of read) results.push(one);
  }
  // A part that is missing is a part that nobody has checked: half a report would pass for a whole one.
  if (problems.length > 0) return complain(problems);
  const sorted = results.sort((a, b) =>
    a.program.file < b.program.file ? -1 : a.program.file > b.program.file ? 1 : 0,
  );
  const colour = wantsColour(process.stdout);
  const text =
    format === 'text'
      ? sorted.map((result) => showResult(result, { colour })).join('\n\n')
      : documentOf(sorted, format, true);
  process.stdout.write(`${text}\n`);
  return overallStatus(sorted.map(statusOf));
}

/** The results in a file, or why it has none. A result without a verdict must not pass for one that holds. */
function resultsIn(bytes: Uint8Array): readonly Result[] | string {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    return `this is not JSON: ${(error as Error).message}`;
  }
  const read = readResults(json);
  if (typeof read === 'string') return read;
  const unchecked = read.find(({ rejected, error, checks }) => !rejected && !error && Object.keys(checks).length === 0);
  return unchecked ? `${unchecked.program.file} is neither rejected nor checked` : read;
}
