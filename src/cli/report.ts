import path from 'node:path';
import { Argument } from 'commander';
import { printable } from '../base/printable.js';
import { type Page, type Result, report } from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus, overallStatus } from './exit-status.js';
import { readText } from './files.js';
import { resultsIn } from './results-in.js';
import type { Verb } from './verb.js';
import { writeFiles } from './write.js';

/** The verb `report`. */
export const reportVerb: Verb = (program, end) => {
  program
    .command('report')
    .description('write an HTML page from results of `check --json`; several of one program are compared')
    .addArgument(new Argument('<result...>', 'what `check --json` printed'))
    .option('-o, --output <folder>', 'where to write the pages', '.')
    .action(async (files: string[], { output }: { readonly output: string }) => {
      end(await runReport(files, output));
    });
};

async function runReport(files: readonly string[], folder: string): Promise<ExitStatus> {
  const results: Result[] = [];
  for (const file of files) {
    const source = readText(file);
    if ('problem' in source) return complain(source.problem);
    const read = resultsIn(file, source.text);
    if ('problem' in read) return complain(read.problem);
    for (const one of read.results) results.push(one);
  }
  if (results.length === 0) return complain(`there is no result to draw in ${files.map(printable).join(', ')}`);
  const unread = results.flatMap(({ error }) => (error ? [error.message] : []));
  const status = unread.length > 0 ? complain(unread) : exitStatus.ok;
  return overallStatus([status, writePages(await report(results.filter(({ error }) => !error)), folder)]);
}

/** Writes pages into a folder, which is made if need be, and says on standard error which. */
export function writePages(pages: readonly Page[], folder: string): ExitStatus {
  for (const { name, html } of pages) {
    const target = path.join(folder, name);
    const problem = writeFiles([{ file: target, content: html }]);
    if (problem !== undefined) return complain(problem);
    process.stderr.write(`${printable(target)}\n`);
  }
  return exitStatus.ok;
}
