import { Argument, Option } from 'commander';
import {
  checkNames,
  defaults,
  type ExportLanguage,
  type ExportOptions,
  exportModel,
  semanticsNames,
} from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus } from './exit-status.js';
import { readSource } from './files.js';
import { refuse } from './refuse.js';
import { type Verb, wholeNumber } from './verb.js';

/** What commander hands over for `export`. */
interface ExportFlags {
  readonly to: ExportLanguage;
  readonly semantics: NonNullable<ExportOptions['semantics']>;
  readonly check: NonNullable<ExportOptions['check']>;
  readonly packets: number;
  readonly controller: 'on' | 'off';
  readonly force?: true;
  readonly unroll?: number;
}

/** The verb `export`. */
export const exportVerb: Verb = (program, end) => {
  program
    .command('export')
    .description('print a program and a check in the language of another model checker')
    .addArgument(new Argument('<file>', 'a Stateful NetKAT program (.snk)'))
    .addOption(
      new Option('--to <language>', 'promela: for SPIN; tla: for TLC')
        .choices(['promela', 'tla'])
        .makeOptionMandatory(),
    )
    .addOption(new Option('--semantics <name>', 'how the network runs').choices(semanticsNames).default('tagged'))
    .addOption(new Option('--check <name>', 'what is checked').choices(checkNames).default('theorem1.causal'))
    .addOption(
      new Option('--packets <n>', 'how many packets enter at most')
        .argParser(wholeNumber(1, 30))
        .default(defaults.packets),
    )
    .addOption(
      new Option('--controller <state>', 'whether the controller informs switches')
        .choices(['on', 'off'])
        .default('on'),
    )
    .option('--force', 'export although the program is not locally determined')
    .addOption(
      new Option(
        '--unroll <n>',
        'paths of loops, if the state can recur; never shorter than conditions ask (default: 4 for each packet)',
      ).argParser(wholeNumber(1, 10_000)),
    )
    .action((file: string, flags: ExportFlags) => {
      const { to, semantics, check, packets, controller, force = false, unroll } = flags;
      const options = { semantics, check, packets, controller: controller === 'on', force };
      end(runExport(file, to, { ...options, ...(unroll === undefined ? {} : { unroll }) }));
    });
};

/** Prints the model, or says on standard error why there is none, and gives the exit status. */
function runExport(file: string, language: ExportLanguage, options: ExportOptions): ExitStatus {
  const source = readSource(file);
  if ('problem' in source) return complain(source.problem);
  const exported = exportModel(source.bytes, file, language, options);
  if (!exported.ok) return refuse(file, exported);
  process.stdout.write(exported.text);
  if (exported.truncated)
    return complain(`${file}: the state can recur; the model has paths up to --unroll only`, exitStatus.ok);
  return exitStatus.ok;
}
