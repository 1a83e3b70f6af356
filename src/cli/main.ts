import process from 'node:process';
import { Command, CommanderError } from 'commander';
import { version } from '../workbench.js';
import { checkVerb } from './check.js';
import { compileVerb } from './compile.js';
import { complain } from './complain.js';
import { conformVerb } from './conform.js';
import { convertVerb } from './convert.js';
import { diffVerb } from './diff.js';
import { addExamples } from './examples.js';
import { type ExitStatus, exitStatus, overallStatus } from './exit-status.js';
import { exploreVerb } from './explore.js';
import { exportVerb } from './export.js';
import { tellFault } from './fault.js';
import { mergeVerb } from './merge.js';
import { proveVerb } from './prove.js';
import { reachVerb } from './reach.js';
import { replayVerb } from './replay.js';
import { reportVerb } from './report.js';
import { traceVerb } from './trace.js';
import { unknownVerb } from './unknown-verb.js';
import { upVerb } from './up.js';
import { validateVerb } from './validate.js';
import type { Verb } from './verb.js';
import { unwritable } from './write.js';

/** In the order in which the help lists them; the first is the one that may be left out. */
const verbs: readonly Verb[] = [
  checkVerb,
  compileVerb,
  proveVerb,
  diffVerb,
  reachVerb,
  traceVerb,
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
  for (const command of program.commands)
    command.showHelpAfterError(`(snk-verify ${command.name()} --help lists what there is)`);
  // Last, so that examples end the help, whatever a verb has added to it.
  program.commands.forEach(addExamples);
  program.addHelpText('after', () => `\n${program.commands[0]!.helpInformation()}`);
  const names = [...program.commands.map((command) => command.name()), 'help'];
  const [, , first] = args;
  const refuseUnknown = (word: string | undefined): void => {
    const wrong = unknownVerb(word, names);
    if (wrong !== undefined) program.error(`error: ${wrong}`);
  };
  // Options may come before the files; what follows `--` is a file, whatever it looks like.
  if (!args.includes('--') && first?.startsWith('-'))
    program.hook('preAction', (_, { args: files }) => refuseUnknown(files[0]));
  try {
    if (first !== undefined && !names.includes(first)) refuseUnknown(first);
    await program.parseAsync(args);
  } catch (error) {
    // Commander has said what is wrong; asking for help or the version is not.
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitStatus.ok : exitStatus.rejected;
  }
  return status;
}

/** The exit status for what could not be said, if there is such. */
let unsaid: ExitStatus | undefined;

// The reader of our output may stop reading (`| head`): that does not change the verdict. A disk that is full does:
// nobody has the verdict, whatever it is.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' || unsaid !== undefined) return;
  unsaid = complain(unwritable('standard output', error));
  process.exitCode = unsaid;
});
// If nobody can read our complaints, the exit status alone tells of them.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  unsaid = exitStatus.rejected;
  process.exitCode = unsaid;
});

// The exit status is set, instead of exiting at once, so that all that was written to a pipe gets through.
try {
  const status = await main(process.argv);
  process.exitCode = overallStatus(unsaid === undefined ? [status] : [status, unsaid]);
} catch (error) {
  process.stderr.write(tellFault(error, process.argv.slice(2)));
  process.exitCode = exitStatus.fault;
}
