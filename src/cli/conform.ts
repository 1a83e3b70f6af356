import { Argument, Option } from 'commander';
import { type Conformed, type ConformOptions, conform, type Result, showReplay } from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus } from './exit-status.js';
import { readSource } from './files.js';
import { refuse } from './refuse.js';
import { packetsOption, semanticsOption } from './shared-options.js';
import { chosenSwitch, type SwitchFlags, withSwitches } from './switches.js';
import { type Verb, wholeNumber } from './verb.js';

/** What commander hands over for `conform`. */
interface ConformFlags extends SwitchFlags {
  readonly semantics: Result['options']['semantics'];
  readonly packets: number;
  readonly executions?: number;
  readonly all?: true;
  readonly seed: number;
  readonly json?: true;
}

/** The verb `conform`. */
export const conformVerb: Verb = (program, end) => {
  withSwitches(program.command('conform'))
    .description('play executions of the rules on BMv2 switches: does the compiled program do the same?')
    .addArgument(new Argument('<file>', 'a Stateful NetKAT program (.snk)'))
    .addOption(semanticsOption())
    .addOption(packetsOption('how many packets enter each time'))
    .option(
      '--all',
      'every execution, with one packet of each kind that the network can tell apart, instead of random ones',
    )
    .addOption(
      new Option('--executions <n>', 'how many executions at most (default: 200, with --all 10000)').argParser(
        wholeNumber(1, 1_000_000),
      ),
    )
    .addOption(new Option('--seed <n>', 'of the random choices').argParser(wholeNumber(0, 2 ** 32 - 1)).default(1))
    .option('--json', 'print one JSON document')
    .action(async (file: string, flags: ConformFlags) => {
      end(await runConform(file, flags));
    });
};

async function runConform(file: string, flags: ConformFlags): Promise<ExitStatus> {
  const source = readSource(file);
  if ('problem' in source) return complain(source.problem);
  const driver = chosenSwitch(flags);
  if ('missing' in driver) return complain(driver.missing);
  const { semantics, packets, executions, all = false, seed } = flags;
  const which: ConformOptions['which'] = all
    ? { kind: 'all', limit: executions ?? 10_000 }
    : { kind: 'random', executions: executions ?? 200, seed };
  const conformed = await conform(source.bytes, file, { semantics, packets, which }, driver);
  if (!conformed.ok) return refuse(file, conformed);
  const { ok: _, ...shown } = conformed;
  process.stdout.write(
    flags.json ? `${JSON.stringify({ ...shown, which }, null, 2)}\n` : inText(file, which, conformed),
  );
  if (conformed.diverged > 0) return exitStatus.violated;
  return conformed.confirmed > 0 ? exitStatus.ok : exitStatus.unknown;
}

function inText(
  file: string,
  which: ConformOptions['which'],
  { switches, executions, steps, confirmed, notReplayable, first, coverage, isAll }: Conformed,
): string {
  const chosen =
    which.kind === 'random'
      ? `${executions} random executions (seed ${which.seed})`
      : isAll
        ? `all ${executions} executions`
        : `the first ${executions} executions, of more`;
  const lines = [
    `${file}: ${chosen}, ${steps} steps, on ${switches}`,
    `  confirmed ${confirmed}, with a packet that no wire carries ${notReplayable}, diverged ${first ? 1 : 0}`,
    ...Object.entries(coverage).map(([kind, { used, total, unused }]) => {
      const few = unused.slice(0, 5).join(', ');
      return `  ${kind.padEnd(10)} ${used} of ${total}${few && `; not: ${few}${unused.length > 5 ? ', …' : ''}`}`;
    }),
  ];
  if (first) lines.push(showReplay(file, { steps: first.execution }, first.verdict));
  return `${lines.join('\n')}\n`;
}
