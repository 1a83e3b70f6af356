import process from 'node:process';
import { Command, CommanderError } from 'commander';
import { version } from '../workbench.js';
import { checkVerb } from './check.js';
import { compileVerb } from './compile.js';
import { conformVerb } from './conform.js';
import { convertVerb } from './convert.js';
import { type ExitStatus, exitStatus } from './exit-status.js';
import { exploreVerb } from './explore.js';
import { exportVerb } from './export.js';
import { mergeVerb } from './merge.js';
import { proveVerb } from './prove.js';
import { replayVerb } from './replay.js';
import { reportVerb } from './report.js';
import { upVerb } from './up.js';
import { validateVerb } from './validate.js';
import type { Verb } from './verb.js';

/** In the order in which the help lists them; the first is the one that may be left out. */
const verbs: readonly Verb[] = [
  checkVerb,
  compileVerb,
  proveVerb,
  mergeVerb,
  reportVerb,
  validateVerb,
  convertVerb,
  exploreVerb,
  replayVerb,
  conformVerb,
  upVerb,
  exportVerb,
];

async function main(args: readonly string[]): Promise<ExitStatus> {
  let status: ExitStatus = exitStatus.ok;
  const program = new Command('snk-verify')
    .description(
      'Verifies Stateful NetKAT programs: does the network that runs one keep what the paper promises of it?',
    )
    .version(version)
    .exitOverride()
    .showHelpAfterError('(snk-verify --help lists what there is)');
  for (const verb of verbs)
    verb(program, (ended) => {
      status = ended;
    });
  program.addHelpText('after', () => `\n${program.commands[0]!.helpInformation()}`);
  try {
    await program.parseAsync(args);
  } catch (error) {
    // Commander has said what is wrong; asking for help or the version is not.
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitStatus.ok : exitStatus.rejected;
  }
  return status;
}

// The reader of our output may stop reading (`| head`): that does not change the verdict.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// The exit status is set, instead of exiting at once, so that all that was written to a pipe gets through.
try {
  process.exitCode = await main(process.argv);
} catch (error) {
  const trace = error instanceof Error ? error.stack : String(error);
  process.stderr.write(
    `snk-verify ${version}: this is a fault of the tool itself; please report it with the program:\n${trace}\n`,
  );
  process.exitCode = exitStatus.fault;
}
