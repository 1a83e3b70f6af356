import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { holdPrinted } from '../schema.js';

const root = path.resolve(import.meta.dirname, '../..');

/** The bundled command line. */
export const entry = path.join(root, 'dist/cli/main.js');

/** What a run of the command line left behind. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** Null if it was killed. */
  readonly status: number | null;
  readonly duration_ms: number;
}

/** No run of a test may take longer. */
const timeout_ms = 60_000;

/** Builds `dist/cli/main.js` if it is missing or stale, as `./snk-verify` does. */
export const buildCommandLine = (): void =>
  void execFileSync(process.execPath, [path.join(root, 'scripts/run.mjs'), '--version'], { stdio: 'pipe' });

/**
 * A new folder in which `models` and `programs` lead to the project's, so that file names are short and the same
 * everywhere.
 */
export function workFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'snk-verify-'));
  symlinkSync(path.join(root, 'models'), path.join(folder, 'models'));
  symlinkSync(path.join(root, 'test/conformance/programs'), path.join(folder, 'programs'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** An environment without variables that ask for colours or forbid them. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { NO_COLOR: _, FORCE_COLOR: __, COLORTERM: ___, CI: ____, ...rest } = process.env;
  return { ...rest, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' };
}

/** Runs a program and waits for it, however it ends. Fails if it prints results that break docs/result.schema.json. */
export function run(
  file: string,
  args: readonly string[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Outcome> {
  const start = performance.now();
  const options = { cwd, env: { ...plainEnvironment(), ...env }, timeout: timeout_ms, maxBuffer: 2 ** 28 } as const;
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, { ...options, killSignal: 'SIGKILL' }, (_error, stdout, stderr) => {
      try {
        // A process that was killed may have printed half of a document.
        if (child.exitCode !== null) holdPrinted(stdout);
        resolve({ stdout, stderr, status: child.exitCode, duration_ms: performance.now() - start });
      } catch (error) {
        reject(error as Error);
      }
    });
    child.stdin?.end();
  });
}

/** Runs the command line. */
export const snkVerify = (args: readonly string[], options: Parameters<typeof run>[2]): Promise<Outcome> =>
  run(process.execPath, [entry, ...args], options);
