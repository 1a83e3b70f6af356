import { Argument, type Command, Option } from 'commander';
import { printable } from '../base/printable.js';
import {
  type Comparison,
  type DiffOptions,
  defaults,
  diff,
  diffMarkdown,
  diffPage,
  type NamedProgram,
  showDiff,
} from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus, overallStatus } from './exit-status.js';
import { readSource, wantsColour } from './files.js';
import { refuse } from './refuse.js';
import { unrollOption } from './shared-options.js';
import { seconds, type Verb } from './verb.js';
import { writeFiles } from './write.js';

/** What commander hands over for `diff`. */
interface DiffFlags {
  readonly all?: boolean;
  readonly json?: true;
  readonly markdown?: true;
  readonly html?: string;
  readonly force?: boolean;
  readonly unroll?: number;
  readonly timeout?: number;
}

/** The verb `diff`. */
export const diffVerb: Verb = (program, end) => {
  program
    .command('diff')
    .description('say what an edit of a program changes: in the network, in what becomes of packets, in events')
    .addArgument(new Argument('<old>', 'a Stateful NetKAT program (.snk)'))
    .addArgument(new Argument('<new>', 'another one, or the same after an edit'))
    .option('--all', 'list every difference, one for each pair of states and host (default: the nearest one)')
    .option('--json', 'print one JSON document')
    .option('--markdown', 'print it for a pull request')
    .option('--html <file>', 'write a page, with trees side by side')
    .option('--force', 'compare although a program is not locally determined')
    .addOption(unrollOption('12'))
    .addOption(
      new Option(
        '--timeout <seconds>',
        `time for each program, and for comparing them (default: ${defaults.timeout_ms / 1000})`,
      ).argParser(seconds),
    )
    .action((before: string, after: string, flags: DiffFlags, command: Command) => {
      if (flags.json && flags.markdown) command.error('error: --json and --markdown are two formats: choose one');
      end(runDiff(before, after, flags));
    });
};

function runDiff(before: string, after: string, flags: DiffFlags): ExitStatus {
  const sources = [before, after].map((file) => readSource(file));
  const programs: NamedProgram[] = [];
  const problems: string[] = [];
  for (const source of sources)
    if ('problem' in source) problems.push(source.problem);
    else programs.push({ file: source.file, source: source.bytes });
  const [old, now] = programs;
  if (!old || !now || problems.length > 0) return complain(problems);
  const { comparison, refused } = diff(old, now, optionsOf(flags));
  const statuses = [statusOf[comparison.status]];
  const isDocument = flags.json || flags.markdown;
  if (isDocument || refused.length === 0) process.stdout.write(`${show(comparison, flags)}\n`);
  // One file, compared with itself, is refused once.
  else
    for (const { file, why } of new Map(refused.map((one) => [one.file, one])).values())
      statuses.push(refuse(file, why));
  if (flags.html !== undefined) {
    const problem = writeFiles([{ file: flags.html, content: diffPage(comparison) }]);
    if (problem === undefined) process.stderr.write(`${printable(flags.html)}\n`);
    else statuses.push(complain(problem));
  }
  return overallStatus(statuses);
}

const optionsOf = ({ all = false, force = false, unroll, timeout }: DiffFlags): DiffOptions => ({
  all,
  force,
  ...(unroll === undefined ? {} : { unroll }),
  ...(timeout === undefined ? {} : { timeout_ms: timeout * 1000 }),
});

const statusOf: Readonly<Record<Comparison['status'], ExitStatus>> = {
  same: exitStatus.ok,
  different: exitStatus.violated,
  rejected: exitStatus.rejected,
  unknown: exitStatus.unknown,
};

function show(comparison: Comparison, { json, markdown }: DiffFlags): string {
  if (json) return JSON.stringify(comparison, null, 2);
  return markdown ? diffMarkdown(comparison) : showDiff(comparison, { colour: wantsColour(process.stdout) });
}
