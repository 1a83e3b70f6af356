import { readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { CheckpointError, type CheckpointFolder } from '../workbench.js';
import { complain } from './complain.js';
import { unwritable, writeFiles } from './write.js';

/** The checkpoints in a folder, one file for each check; the folder is made when there is something to keep. */
export function checkpointFolder(folder: string): CheckpointFolder & { readonly hasFailed: () => boolean } {
  let hasFailed = false;
  const fileOf = (check: string): string => path.join(folder, `${check}.checkpoint`);
  return {
    read: (check) => {
      try {
        return readFileSync(fileOf(check));
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code === 'ENOENT') return undefined;
        throw new CheckpointError(message);
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
