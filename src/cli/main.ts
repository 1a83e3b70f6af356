import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { type CheckOptions, version } from '../workbench.js';
import { runCheck } from './check.js';
import { runCompile } from './compile.js';
import { type ExitStatus, exitStatus } from './exit-status.js';

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
}

/** What commander hands over for `compile`. */
interface CompileFlags {
  readonly output: string;
  readonly force?: true;
  readonly unroll?: number;
}

const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const n = Number(text);
    if (!/^\d+$/.test(text) || n < least || n > most)
      throw new InvalidArgumentError(`A whole number from ${least} to ${most} is wanted.`);
    return n;
  };

const seconds = (text: string): number => {
  const n = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || n > 1e6) throw new InvalidArgumentError('A number of seconds is wanted.');
  return n;
};

function main(args: readonly string[]): ExitStatus {
  let status: ExitStatus = exitStatus.ok;
  const program = new Command('snk-verify')
    .description(
      'Verifies Stateful NetKAT programs: does the network that runs one keep what the paper promises of it?',
    )
    .version(version)
    .exitOverride()
    .showHelpAfterError('(snk-verify --help lists what there is)');
  const checkCommand = program
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
    .action((files: string[], flags: CheckFlags) => {
      const { semantics, spec, packets, controller, force = false, unroll, maxStates, timeout, json = false } = flags;
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
      status = runCheck(files, options, json);
    });
  program
    .command('compile')
    .description('compile a program to the tables that switches run')
    .addArgument(new Argument('<file>', 'a Stateful NetKAT program (.snk)'))
    .option('-o, --output <folder>', 'where to write tables.json', '.')
    .option('--force', 'compile although the program is not locally determined')
    .addOption(
      new Option('--unroll <n>', 'bound on paths if the state can recur (default: 12)').argParser(
        wholeNumber(1, 10_000),
      ),
    )
    .action((file: string, flags: CompileFlags) => {
      const { output, force = false, unroll } = flags;
      status = runCompile(file, output, { force, ...(unroll === undefined ? {} : { unroll }) });
    });
  program.addHelpText('after', () => `\n${checkCommand.helpInformation()}`);
  try {
    program.parse(args);
  } catch (error) {
    // Commander has said what is wrong; asking for help or the version is not.
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitStatus.ok : exitStatus.rejected;
  }
  return status;
}

// Whoever reads our output may stop reading (`| head`): that changes nothing of the verdict.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// Set rather than exited with, so that what was written to a pipe gets through.
try {
  process.exitCode = main(process.argv);
} catch (error) {
  const trace = error instanceof Error ? error.stack : String(error);
  process.stderr.write(
    `snk-verify ${version}: this is a fault of the tool itself; please report it with the program:\n${trace}\n`,
  );
  process.exitCode = exitStatus.fault;
}
