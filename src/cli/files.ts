import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { escapeCharacter } from '../language/diagnostics.js';

/** The bytes of a program, or why they cannot be had. */
export function readSource(
  file: string,
): { readonly file: string; readonly bytes: Uint8Array } | { readonly problem: string } {
  try {
    return { file, bytes: readFileSync(file) };
  } catch (error) {
    const reasons: Record<string, string> = {
      ENOENT: 'there is no such file',
      EISDIR: 'it is a folder, not a program',
      EACCES: 'you may not read it',
    };
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const name = Array.from(file, escapeCharacter).join('');
    return { problem: `cannot read ${name}: ${reasons[code] ?? code}` };
  }
}

/**
 * Makes a folder and those that it is in, as far as they are not there. (`mkdirSync` with `recursive` never comes back where
 * a file system says that a folder's parent is missing when it is not, as /proc does.)
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder);
}

/** Colour only on a terminal, and not where NO_COLOR is set to anything (no-color.org). */
export const wantsColour = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
