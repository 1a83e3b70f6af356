import { readdirSync, readFileSync } from 'node:fs';
import { printable } from '../base/printable.js';

/** What this process has been given to read. */
const read = new Map<string, { readonly file: string; readonly bytes: Uint8Array }>();
export const sourcesRead = (): readonly { readonly file: string; readonly bytes: Uint8Array }[] => [...read.values()];

/** The bytes of a file, a program by default, or why they cannot be had. */
export function readSource(
  file: string,
  what = 'a program',
): { readonly file: string; readonly bytes: Uint8Array } | { readonly problem: string } {
  try {
    const source = { file, bytes: readFileSync(file) };
    read.set(file, source);
    return source;
  } catch (error) {
    return unreadable(file, error, { ENOENT: 'there is no such file', EISDIR: `it is a folder, not ${what}` });
  }
}

/** Why a file or a folder cannot be read: in words, where there are some for the system's code. */
function unreadable(place: string, error: unknown, reasons: Readonly<Record<string, string>>): { problem: string } {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const why = { EACCES: 'you may not read it', ...reasons }[code] ?? code;
  return { problem: `cannot read ${printable(place)}: ${why}` };
}

/** The names of what is in a folder, or why they cannot be had. */
export function readFolder(folder: string): { readonly names: readonly string[] } | { readonly problem: string } {
  try {
    return { names: readdirSync(folder) };
  } catch (error) {
    return unreadable(folder, error, { ENOENT: 'there is no such folder', ENOTDIR: 'it is a file, not a folder' });
  }
}

/** The text of a file, a result by default, or why it cannot be had. */
export function readText(file: string, what = 'a result'): { readonly text: string } | { readonly problem: string } {
  const source = readSource(file, what);
  if ('problem' in source) return source;
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(source.bytes) };
  } catch {
    return { problem: `cannot read ${printable(file)}: it is not UTF-8` };
  }
}

/** Colour only on a terminal, and not where NO_COLOR is set to anything (no-color.org). */
export const wantsColour = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';

/** Whether a terminal of this locale (POSIX: LC_ALL, then LC_CTYPE, then LANG) shows more than ASCII. */
export function showsUnicode(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return /utf-?8/i.test(locale);
}
