import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { cli_entry, root } from '../scripts/set-up.mjs';

/** What one run of the command line cost, in a process of its own. */
export interface Cost {
  /** User and system time. */
  readonly cpu_s: number;
  readonly wall_ms: number;
  /** The most memory that the process has held at once. */
  readonly peak_rss_mb: number;
  readonly stdout: string;
}

/** A run that takes longer is stopped, for it is no benchmark any more. */
const timeout_ms = 60_000;

/**
 * Code that lets a process report, on file descriptor 3, what it has used when it ends: Node.js cannot ask its children
 * for that.
 */
const report = `
import { writeSync } from 'node:fs';
process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())));`;

/**
 * Runs `snk-verify` with some arguments. @param path where it finds programs @throws if its exit status says that the
 * tool or the arguments are at fault
 */
export function measure(args: readonly string[], path = process.env['PATH']): Cost {
  const began_ms = performance.now();
  const { status, signal, stdout, stderr, output } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(report)}`, cli_entry, ...args],
    {
      cwd: root,
      env: { ...process.env, PATH: path },
      encoding: 'utf8',
      timeout: timeout_ms,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      maxBuffer: 2 ** 28,
    },
  );
  const wall_ms = performance.now() - began_ms;
  // 1 and 3 are verdicts (interface.md).
  if (status !== 0 && status !== 1 && status !== 3)
    throw new Error(`snk-verify ${args.join(' ')}: ${signal ?? `status ${status}`}\n${stderr}`);
  const usage = JSON.parse(output[3]!) as NodeJS.ResourceUsage;
  return {
    cpu_s: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    wall_ms,
    peak_rss_mb: usage.maxRSS / 1024,
    stdout,
  };
}
