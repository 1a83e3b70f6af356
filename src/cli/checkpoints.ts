import { readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { printable } from '../base/printable.js';
import { CheckpointError, type CheckpointFolder } from '../workbench.js';
import { complain } from './complain.js';
import { unwritable, writeFiles } from './write.js';

/** The checkpoints in a folder, one file for each check; the folder is made when there is something to keep. */
export function checkpointFolder(folder: string): CheckpointFolder & { readonly hasFailed: () => boolean } {
  let hasFailed = false;
  const reasons: Readonly<Record<string, string>> = {
    ENOTDIR: `${printable(folder)} is a file, and --resume takes a folder, which it makes if there is none`,
    EACCES: `you may not read what is in ${printable(folder)}`,
  };
  const fileOf = (check: string): string => path.join(folder, `${check}.checkpoint`);
  return {
    read: (check) => {
      try {
        return readFileSync(fileOf(check));
      } catch (error) {
        const { code = '' } = error as NodeJS.ErrnoException;
        if (code === 'ENOENT') return undefined;
        const why = reasons[code] ?? `${printable(fileOf(check))} cannot be read (${code})`;
        throw new CheckpointError(why);
      }
    },
    write: (check, bytes) => {
      const file = fileOf(check);
      // Renamed when it is whole: whatever ends this process, there is a checkpoint.
      const problem = writeFiles([{ file: `${file}.tmp`, content: bytes }]);
      if (problem !== undefined) return problem;
      try {
        renameSync(`${file}.tmp`, file);
        return undefined;
      } catch (error) {
        return unwritable(file, error);
      }
    },
    onProblem: (message) => {
      // What keeps one check's from being written keeps the others' too.
      if (!hasFailed) complain(`no checkpoints are kept: ${message}`);
      hasFailed = true;
    },
    hasFailed: () => hasFailed,
  };
}
