import { Argument, Option } from 'commander';
import { type Checked, type CheckOptions, check, report, showDiagnostics, showResult } from '../workbench.js';
import { type ExitStatus, exitStatus, overallStatus, statusOf } from './exit-status.js';
import { readSource, wantsColour } from './files.js';
import { progressLine } from './progress.js';
import { writePages } from './report.js';
import { seconds, type Verb, wholeNumber } from './verb.js';

/** What commander hands over for `check`, by the names of the options. */
interface CheckFlags {
  readonly semantics: NonNullable<CheckOptions['semantics']>;
  readonly spec: NonNullable<CheckOptions['spec']>;
  readonly packets: number;
  readonly controller: 'on' | 'off';
  readonly force?: true;
  readonly unroll?: number;
  readonly maxStates?: number;
  readonly timeout?: number;
  readonly json?: true;
  readonly html?: string;
}

/** The verb `check`, which may be left out. */
export const checkVerb: Verb = (program, end) => {
  program
    .command('check', { isDefault: true })
    .description('check Lemma 3 and Theorem 1 (this verb may be left out)')
    .addArgument(new Argument('<file...>', 'Stateful NetKAT programs (.snk)'))
    .addOption(
      new Option('--semantics <name>', 'how the network runs')
        .choices(['tagged', 'figure6', 'two-phase', 'best-effort'])
        .default('tagged'),
    )
    .addOption(
      new Option('--spec <name>', 'which definition of Theorem 1').choices(['paper', 'causal', 'both']).default('both'),
    )
    .addOption(new Option('--packets <n>', 'how many packets enter at most').argParser(wholeNumber(0, 1000)).default(3))
    .addOption(
      new Option('--controller <state>', 'whether the controller informs switches')
        .choices(['on', 'off'])
        .default('on'),
    )
    .addOption(
      new Option(
        '--engine <name>',
        'explore: exhaustively, within bounds; all: every engine there is, which is that one',
      )
        .choices(['explore', 'all'])
        .default('all'),
    )
    .option('--force', 'check although the program is not locally determined')
    .addOption(
      new Option('--unroll <n>', 'bound on paths if the state can recur (default: 4 for each packet)').argParser(
        wholeNumber(1, 10_000),
      ),
    )
    .addOption(
      new Option('--max-states <n>', 'states to visit for one check at most (default: 20,000,000)').argParser(
        wholeNumber(1, 1_000_000_000),
      ),
    )
    .addOption(new Option('--timeout <seconds>', 'time for one check at most (default: 600)').argParser(seconds))
    .option('--json', 'print one JSON document')
    .option('--html <folder>', 'write a page for each file into a folder')
    .action(async (files: string[], flags: CheckFlags) => {
      const {
        semantics,
        spec,
        packets,
        controller,
        force = false,
        unroll,
        maxStates,
        timeout,
        json = false,
        html,
      } = flags;
      const options: CheckOptions = {
        semantics,
        spec,
        packets,
        controller: controller === 'on',
        force,
        ...(unroll === undefined ? {} : { unroll }),
        ...(maxStates === undefined ? {} : { maxStates }),
        ...(timeout === undefined ? {} : { timeout_ms: timeout * 1000 }),
      };
      end(await runCheck(files, options, json, html));
    });
};

/** Prints what there is to say of each file, and gives the exit status. */
async function runCheck(
  files: readonly string[],
  options: CheckOptions,
  json: boolean,
  html: string | undefined,
): Promise<ExitStatus> {
  const sources = files.map((file) => readSource(file));
  const unreadable = sources.filter((source) => 'problem' in source);
  for (const { problem } of unreadable) process.stderr.write(`snk-verify: ${problem}\n`);

  const colour = wantsColour(process.stdout);
  const results: Checked['result'][] = [];
  for (const source of sources) {
    if ('problem' in source) continue;
    const progress = progressLine(source.file);
    const checked = await check(source.bytes, source.file, { ...options, onProgress: progress.report });
    progress.clear();
    if (!json) process.stdout.write(`${results.length > 0 ? '\n' : ''}${inText(checked, colour)}\n`);
    results.push(checked.result);
  }
  // What can be read is reported all the same; of several files, as an array.
  if (json && results.length > 0)
    process.stdout.write(`${JSON.stringify(files.length === 1 ? results[0] : results, null, 2)}\n`);
  const statuses = results.map(statusOf);
  if (html !== undefined) statuses.push(writePages(await report(results), html));
  return overallStatus(unreadable.length > 0 ? [...statuses, exitStatus.rejected] : statuses);
}

const inText = ({ reading, result }: Checked, colour: boolean): string =>
  reading.ok ? showResult(result, { colour }) : showDiagnostics(reading, { colour });
