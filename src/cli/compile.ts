import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Argument, Option } from 'commander';
import { type CompileOptions, compile, showDiagnostics } from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus } from './exit-status.js';
import { makeFolder, readSource, wantsColour } from './files.js';
import { type Verb, wholeNumber } from './verb.js';

/** What commander hands over for `compile`. */
interface CompileFlags {
  readonly output: string;
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
      'where to write tables.json, openflow/, p4/, bmv2/, mininet.py and pictures (*.dot)',
      '.',
    )
    .option('--force', 'compile although the program is not locally determined')
    .addOption(
      new Option('--unroll <n>', 'bound on paths if the state can recur (default: 12)').argParser(
        wholeNumber(1, 10_000),
      ),
    )
    .action((file: string, flags: CompileFlags) => {
      const { output, force = false, unroll } = flags;
      end(runCompile(file, output, { force, ...(unroll === undefined ? {} : { unroll }) }));
    });
};

/** Writes `tables.json` and what the back ends made into a folder, which is made if need be, and gives the exit status. */
function runCompile(file: string, folder: string, options: CompileOptions): ExitStatus {
  const source = readSource(file);
  if ('problem' in source) return complain(source.problem);
  const { reading, rejected, compiled, limit } = compile(source.bytes, file, options);
  if (!reading.ok) {
    process.stdout.write(`${showDiagnostics(reading, { colour: wantsColour(process.stdout) })}\n`);
    return exitStatus.rejected;
  }
  if (rejected) {
    const place = rejected.line === null ? '' : `:${rejected.line}:${rejected.column}`;
    return complain(`${file}${place}: rejected [${rejected.code}]: ${rejected.message}`);
  }
  if (!compiled) return complain(`${file}: no tables: ${limit}`, exitStatus.unknown);

  const { files, leftOut } = compiled.backends;
  const target = path.join(folder, 'tables.json');
  const all = [{ path: 'tables.json', text: `${JSON.stringify(compiled.tables, null, 2)}\n` }, ...files];
  for (const file of all) {
    const place = path.join(folder, file.path);
    try {
      makeFolder(path.dirname(place));
      writeFileSync(place, file.text);
    } catch (error) {
      return complain(`cannot write ${place}: ${(error as Error).message}`);
    }
  }
  for (const why of leftOut) process.stderr.write(`snk-verify: left out ${why}\n`);
  const { guarded, shared, total } = compiled.rules;
  process.stdout.write(
    `${target}: ${guarded} rules to forward, ${shared} with shared tags; ${total} table entries in all\n`,
  );
  return exitStatus.ok;
}
