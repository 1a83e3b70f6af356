import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type CompileOptions, compile, showDiagnostics } from '../workbench.js';
import { type ExitStatus, exitStatus } from './exit-status.js';
import { readSource, wantsColour } from './files.js';

/** The verb `compile`: writes `tables.json` into a folder, which is made if need be, and gives the exit status. */
export function runCompile(file: string, folder: string, options: CompileOptions): ExitStatus {
  const complain = (message: string, status: ExitStatus): ExitStatus => {
    process.stderr.write(`snk-verify: ${message}\n`);
    return status;
  };
  const source = readSource(file);
  if ('problem' in source) return complain(source.problem, exitStatus.rejected);
  const { reading, rejected, compiled, limit } = compile(source.bytes, file, options);
  if (!reading.ok) {
    process.stdout.write(`${showDiagnostics(reading, { colour: wantsColour(process.stdout) })}\n`);
    return exitStatus.rejected;
  }
  if (rejected) {
    const place = rejected.line === null ? '' : `:${rejected.line}:${rejected.column}`;
    return complain(`${file}${place}: rejected [${rejected.code}]: ${rejected.message}`, exitStatus.rejected);
  }
  if (!compiled) return complain(`${file}: no tables: ${limit}`, exitStatus.unknown);

  const target = path.join(folder, 'tables.json');
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(target, `${JSON.stringify(compiled.tables, null, 2)}\n`);
  } catch (error) {
    return complain(`cannot write ${target}: ${(error as Error).message}`, exitStatus.rejected);
  }
  const { guarded, shared, total } = compiled.rules;
  process.stdout.write(
    `${target}: ${guarded} rules to forward, ${shared} with shared tags; ${total} table entries in all\n`,
  );
  return exitStatus.ok;
}
