import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { root } from '../../scripts/set-up.mjs';

/** Runs a program. @throws if it fails, with what it said */
function run(command: string, args: readonly string[], cwd: string, input?: Buffer): Buffer {
  const { error, status, stdout, stderr } = spawnSync(command, args, { cwd, input, maxBuffer: 2 ** 30 });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stderr}`);
  return stdout;
}

/** Builds the tool of a git revision in a folder, which is made. Returns its command line. @throws if it is none */
export function buildRevision(revision: string, folder: string): string {
  const files = run('git', ['archive', '--format=tar', revision], root);
  mkdirSync(folder, { recursive: true });
  run('tar', ['-x'], folder, files);
  // Dependencies are those of today if the lock file has not changed; else set-up installs its own.
  const lock = run('git', ['diff', '--name-only', revision, '--', 'package-lock.json'], root);
  if (lock.length === 0) symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  run(process.execPath, ['scripts/run.mjs', '--version'], folder);
  return path.join(folder, 'dist/cli/main.js');
}

/** The short name of a commit. @throws RangeError if there is none of that name */
export function commitOf(revision: string): string {
  const { status, stdout } = spawnSync('git', ['rev-parse', '--short', '--verify', '--quiet', `${revision}^{commit}`], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new RangeError(`--before takes a revision of this repository, not ${revision}`);
  return stdout.trim();
}
