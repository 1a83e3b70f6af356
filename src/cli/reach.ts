import { Argument, InvalidArgumentError, Option } from 'commander';
import { printable } from '../base/printable.js';
import { defaults, type ReachOptions, reach, reachPage, showReach } from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus, overallStatus } from './exit-status.js';
import { readSource, wantsColour } from './files.js';
import { refuse } from './refuse.js';
import { unrollOption } from './shared-options.js';
import { seconds, type Verb } from './verb.js';
import { writeFiles } from './write.js';

/** What commander hands over for `reach`. */
interface ReachFlags {
  readonly state?: readonly number[];
  readonly json?: true;
  readonly html?: string;
  readonly force?: boolean;
  readonly unroll?: number;
  readonly timeout?: number;
}

/** The numbers of a state: `1`, `0,1` or `[0, 1]`. */
export function stateVector(text: string): readonly number[] {
  const [, inside] = /^\s*\[(.*)\]\s*$/.exec(text) ?? [undefined, text];
  const numbers = inside!.split(',').map((one) => one.trim());
  if (!numbers.every((one) => /^\d{1,9}$/.test(one)))
    throw new InvalidArgumentError('The numbers of a state are wanted, such as 1 or 0,1.');
  return numbers.map(Number);
}

/** Time for all that comes before an answer. */
export const answerTimeout = (): Option =>
  new Option('--timeout <seconds>', `time at most (default: ${defaults.timeout_ms / 1000})`).argParser(seconds);

/** The verb `reach`. */
export const reachVerb: Verb = (program, end) => {
  program
    .command('reach')
    .description('say who reaches whom in each state, with the headers that decide, and what each event changes')
    .addArgument(new Argument('<file>', 'a Stateful NetKAT program (.snk)'))
    .addOption(new Option('--state <numbers>', 'the one state that is wanted, such as 0,1').argParser(stateVector))
    .option('--json', 'print one JSON document')
    .option('--html <file>', 'write a page')
    .option('--force', 'look although the program is not locally determined')
    .addOption(unrollOption('12'))
    .addOption(answerTimeout())
    .action((file: string, flags: ReachFlags) => end(runReach(file, flags)));
};

function runReach(file: string, flags: ReachFlags): ExitStatus {
  const source = readSource(file);
  if ('problem' in source) return complain(source.problem);
  const { document, refused } = reach(source.bytes, file, optionsOf(flags));
  const statuses: ExitStatus[] = [];
  const isShown = flags.json && refused?.kind !== 'impossible';
  if (isShown) process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  if (refused && !isShown) statuses.push(refuse(file, refused));
  else if (refused) statuses.push(refused.kind === 'limit' ? exitStatus.unknown : exitStatus.rejected);
  else if (!flags.json) process.stdout.write(`${showReach(document, { colour: wantsColour(process.stdout) })}\n`);
  if (flags.html !== undefined && !refused) {
    const problem = writeFiles([{ file: flags.html, content: reachPage(document) }]);
    if (problem === undefined) process.stderr.write(`${printable(flags.html)}\n`);
    else statuses.push(complain(problem));
  }
  return overallStatus(statuses);
}

const optionsOf = ({ state, force = false, unroll, timeout }: ReachFlags): ReachOptions => ({
  force,
  ...(state === undefined ? {} : { state }),
  ...(unroll === undefined ? {} : { unroll }),
  ...(timeout === undefined ? {} : { timeout_ms: timeout * 1000 }),
});
