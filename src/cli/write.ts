import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { printable } from '../base/printable.js';

/** A file to write. */
export interface Written {
  readonly file: string;
  readonly content: string | Uint8Array;
}

/** Why the system does not let us write, in words, by its code. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EDQUOT: 'you may not use more of the disk',
  EEXIST: 'it is a file, not a folder',
  EFBIG: 'it is too large for the file system',
  EIO: 'the disk does not answer',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'there is no such folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'what it would be in is a file, not a folder',
  EPERM: 'you may not write there',
  EPIPE: 'nobody reads it any more',
  EROFS: 'it can only be read',
};

/** What could not be written, and why, in a line. */
export function unwritable(place: string, error: unknown, besides: Readonly<Record<string, string>> = {}): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return `cannot write ${printable(place)}: ${{ ...reasons, ...besides }[code] ?? printable(message)}`;
}

/** Writes a file into a folder that is there; else says why not. */
export function writeFile(file: string, content: string | Uint8Array): string | undefined {
  try {
    writeFileSync(file, content);
    return undefined;
  } catch (error) {
    return unwritable(file, error);
  }
}

/** Writes files, in folders that are made if need be, and says which one could not be written, and why: the first. */
export function writeFiles(files: readonly Written[]): string | undefined {
  for (const { file, content } of files) {
    try {
      makeFolder(path.dirname(file));
    } catch (error) {
      return unwritable(path.dirname(file), error, { ENOENT: 'no folder can be made there' });
    }
    const problem = writeFile(file, content);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/**
 * Makes a folder and those that it is in, as far as they are not there. (`mkdirSync` with `recursive` never comes back
 * where a file system says that a folder's parent is missing when it is not, as /proc does.)
 */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder);
}
