import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Guard } from './driver.js';

/** A folder that does not outlive us. */
export interface TemporaryFolder {
  readonly path: string;
  readonly remove: () => void;
}

/**
 * A script that waits until its input ends, as it does when our process ends, and removes the folder; it does so twice,
 * for switches that are just ending may still write.
 */
const caretaker = 'cat > /dev/null; rm -rf -- "$1"; sleep 0.2; rm -rf -- "$1"';

/**
 * Makes a folder for the files of switches. No process can clean up after its own SIGKILL, so another one does: a shell
 * that sees its input end. It is in a session of its own, for Ctrl-C is sent to all processes of ours. Where there is
 * no shell, the guard alone removes the folder.
 */
export function temporaryFolder(guard: Guard): TemporaryFolder {
  const folder = mkdtempSync(path.join(tmpdir(), 'snk-replay-'));
  const shell = spawn('sh', ['-c', caretaker, 'sh', folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  const removeAtOnce = (): void => rmSync(folder, { recursive: true, force: true });
  const release = guard(removeAtOnce);
  return {
    path: folder,
    remove: () => {
      removeAtOnce();
      shell.kill('SIGKILL');
      release();
    },
  };
}
