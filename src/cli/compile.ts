import path from 'node:path';
import { Argument } from 'commander';
import { type CompileOptions, compile } from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus } from './exit-status.js';
import { readSource } from './files.js';
import { refuse } from './refuse.js';
import { unrollOption } from './shared-options.js';
import type { Verb } from './verb.js';
import { writeFiles } from './write.js';

/** What commander hands over for `compile`. */
interface CompileFlags {
  readonly output?: string;
  readonly force?: true;
  readonly unroll?: number;
}

/** The verb `compile`. */
export const compileVerb: Verb = (program, end) => {
  program
    .command('compile')
    .description('compile a program to the tables that switches run')
    .addArgument(new Argument('<file>', 'a Stateful NetKAT program (.snk)'))
    .option(
      '-o, --output <folder>',
      'where to write tables.json, openflow/, p4/, bmv2/, mininet.py and pictures (*.dot) (default: a folder named after the program)',
    )
    .option('--force', 'compile although the program is not locally determined')
    .addOption(unrollOption('12'))
    .action((file: string, flags: CompileFlags) => {
      const { output = folderFor(file), force = false, unroll } = flags;
      end(runCompile(file, output, { force, ...(unroll === undefined ? {} : { unroll }) }));
    });
};

/** A folder in the current one, named after a program; never the name of the program's own file. */
function folderFor(file: string): string {
  const { name, ext } = path.parse(file);
  return ext === '.snk' && !/^\.*$/.test(name) ? name : `${path.basename(file)}-tables`;
}

/**
 * Writes `tables.json` and what the back ends made into a folder, which is made if need be, and gives the exit status.
 */
function runCompile(file: string, folder: string, options: CompileOptions): ExitStatus {
  const source = readSource(file);
  if ('problem' in source) return complain(source.problem);
  const compiled = compile(source.bytes, file, options);
  if (!compiled.ok) return refuse(file, compiled);

  const { files, leftOut } = compiled.backends;
  const tables = { path: 'tables.json', text: `${JSON.stringify(compiled.tables, null, 2)}\n` };
  const problem = writeFiles(
    [tables, ...files].map((one) => ({ file: path.join(folder, one.path), content: one.text })),
  );
  if (problem !== undefined) return complain(problem);
  for (const why of leftOut) process.stderr.write(`snk-verify: left out ${why}\n`);
  const { guarded, shared, total } = compiled.rules;
  process.stdout.write(
    `${path.join(folder, 'tables.json')}: ${guarded} rules to forward, ${shared} with shared tags; ${total} table entries in all\n`,
  );
  return exitStatus.ok;
}
