import { Argument } from 'commander';
import { printable } from '../base/printable.js';
import { type Result, showResult } from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, overallStatus, statusOf } from './exit-status.js';
import { readText, wantsColour } from './files.js';
import { documentOf, type Format, formatOption } from './format.js';
import { resultsIn } from './results-in.js';
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
    const source = readText(file);
    const read = 'problem' in source ? source : resultsIn(file, source.text);
    if ('problem' in read) problems.push(read.problem);
    else {
      for (const one of uncheckedIn(file, read.results)) problems.push(one);
      for (const result of read.results) results.push(result);
    }
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

/** A result without a verdict must not pass for one that holds. */
function uncheckedIn(file: string, results: readonly Result[]): string[] {
  const unchecked = results.filter(
    ({ rejected, error, checks }) => !rejected && !error && Object.keys(checks).length === 0,
  );
  return unchecked.map(
    ({ program }) => `${printable(file)}: ${printable(program.file)} is neither rejected nor checked`,
  );
}
