import { Argument, Option } from 'commander';
import { checkNames, type ExportLanguage, type ExportOptions, exportModel } from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus } from './exit-status.js';
import { readSource } from './files.js';
import { refuse } from './refuse.js';
import { controllerOption, packetsAtMost, packetsOption, semanticsOption, unrollOption } from './shared-options.js';
import type { Verb } from './verb.js';

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
    .addOption(semanticsOption())
    .addOption(new Option('--check <name>', 'what is checked').choices(checkNames).default('theorem1.causal'))
    .addOption(packetsOption(packetsAtMost, { least: 1, most: 30 }))
    .addOption(controllerOption())
    .option('--force', 'export although the program is not locally determined')
    .addOption(unrollOption())
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
