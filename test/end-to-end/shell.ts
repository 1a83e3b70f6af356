import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { plainEnvironment } from './command-line.js';

const root = path.resolve(import.meta.dirname, '../..');

/** No command of a page may take longer. */
const timeout_ms = 100_000;

/**
 * A folder that is a reader's clone, as far as commands of the manual go: `./snk-verify`, `models/` and `proofs/`,
 * which they may change. `snk-verify` is on the PATH, as it is after `npm install --global`.
 */
export function cloneFolder(): { readonly folder: string; readonly remove: () => void } {
  const above = mkdtempSync(path.join(tmpdir(), 'snk-manual-'));
  const folder = path.join(above, 'clone');
  mkdirSync(path.join(above, 'bin'));
  mkdirSync(folder);
  for (const place of ['bin/snk-verify', 'clone/snk-verify'])
    symlinkSync(path.join(root, 'snk-verify'), path.join(above, place));
  for (const name of ['models', 'proofs']) cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  return { folder, remove: () => rmSync(above, { recursive: true, force: true }) };
}

/** What a command printed, on both streams as a terminal shows them, and how it ended; null if it was killed. */
export interface Ended {
  readonly output: string;
  readonly status: number | null;
}

/**
 * Runs a command by `sh` in a clone's folder. `$?` is `before`, the status of the command before it. As soon as its
 * output is all that is waited for (`until`) it gets a Ctrl-C, which goes to all of its processes.
 */
export function runInShell(
  command: string,
  {
    folder,
    before = 0,
    until,
  }: { readonly folder: string; readonly before?: number; readonly until?: (output: string) => boolean },
): Promise<Ended> {
  const bin = path.join(path.dirname(folder), 'bin');
  const PATH = `${bin}${path.delimiter}${process.env['PATH']}`;
  return new Promise((resolve, reject) => {
    // The trap is the shell's alone: it waits for what it has started, and ends as that ends.
    const child = spawn('sh', ['-c', `trap : INT; exec 2>&1; (exit ${before})\n${command}`], {
      cwd: folder,
      env: { ...plainEnvironment(), PATH },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const signal = (name: NodeJS.Signals) => void process.kill(-child.pid!, name);
    const timer = setTimeout(() => signal('SIGKILL'), timeout_ms);
    const heard: Buffer[] = [];
    child.stdout.on('data', (data: Buffer) => {
      heard.push(data);
      if (until?.(Buffer.concat(heard).toString())) signal('SIGINT');
    });
    child.once('error', reject);
    child.once('close', (status) => {
      clearTimeout(timer);
      resolve({ output: Buffer.concat(heard).toString(), status });
    });
  });
}
