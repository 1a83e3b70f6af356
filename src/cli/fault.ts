import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { printable } from '../base/printable.js';
import { phaseOf, version } from '../workbench.js';
import { sourcesRead } from './files.js';

const traceOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** What is wrong in one line. */
const headOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

const longest = 300;

/**
 * What to tell of a fault of ours: in the middle of what it was, how to report it, and where the bundle is that a
 * report needs: the inputs, the command, the version and the stack, which are nothing for the screen.
 */
export function tellFault(error: unknown, args: readonly string[]): string {
  const phase = phaseOf(error);
  const where = phase
    ? `${phase.doing} ${printable(phase.file)}`
    : `running \`${printable(args.join(' ')).slice(0, longest)}\``;
  const head = printable(headOf(error).replaceAll('\n', ' '));
  const lines = [
    `snk-verify ${version}: a fault of the tool itself, while ${where}`,
    `  ${head.length > longest ? `${head.slice(0, longest)}…` : head}`,
  ];
  try {
    const folder = writeBundle(error, args);
    lines.push(
      '  Nothing is known of the program. Please report it, with the folder',
      `  ${folder}`,
      '  which holds the inputs, the command, the version and where it happened; look through it before you send it.',
    );
  } catch (problem) {
    lines.push(
      `  No folder with what a report needs could be written: ${printable((problem as Error).message)}`,
      '  Nothing is known of the program. Please report it with the program, the command and the lines above.',
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Writes the bundle into a folder of its own, and gives its name. */
function writeBundle(error: unknown, args: readonly string[]): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'snk-verify-fault-'));
  const inputs = sourcesRead().map(({ file, bytes }, i) => ({
    file,
    kept: `input-${i + 1}-${path.basename(file)}`,
    bytes,
  }));
  for (const { kept, bytes } of inputs) writeFileSync(path.join(folder, kept), bytes);
  const fault = {
    version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    arguments: args,
    phase: phaseOf(error) ?? null,
    inputs: inputs.map(({ file, kept }) => ({ file, kept })),
    memory: process.memoryUsage(),
    stack: traceOf(error),
  };
  writeFileSync(path.join(folder, 'fault.json'), `${JSON.stringify(fault, null, 2)}\n`);
  return folder;
}
