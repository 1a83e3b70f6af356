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

/** A run that ended in no verdict, and why; `limit` if its time ran out. */
export interface Stopped {
  readonly stopped: string;
}

/** A run that takes longer, in CPU time, is stopped, for it is no benchmark any more. */
const limit_s = 60;

/** Where a command line is, what it finds there, and how long it may take. */
export interface Run {
  readonly folder: string;
  readonly entry: string;
  /** CPU time, so that what else the machine does does not matter. */
  readonly limit_s: number;
  /** Where the command line finds programs. */
  readonly path?: string | undefined;
}

/** Another machine's load may make a run so many times slower than its CPU time before it is taken to hang. */
const patience = 5;

/**
 * Code that lets a process report, on file descriptor 3, what it has used when it ends: Node.js cannot ask its children
 * for that.
 */
const report = `
import { writeSync } from 'node:fs';
process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())));`;

/**
 * Runs `snk-verify` with some arguments. @param path where it finds programs @throws if it ends in no verdict: the tool
 * or the arguments are at fault
 */
export function measure(args: readonly string[], path = process.env['PATH']): Cost {
  const cost = attempt(args, { folder: root, entry: cli_entry, limit_s, path });
  if ('stopped' in cost) throw new Error(`snk-verify ${args.join(' ')}: ${cost.stopped}`);
  return cost;
}

/** Runs a command line, and says what that cost or why it ended without a verdict. */
export function attempt(args: readonly string[], { folder, entry, limit_s, path }: Run): Cost | Stopped {
  const began_ms = performance.now();
  const node = ['--import', `data:text/javascript,${encodeURIComponent(report)}`, entry, ...args];
  const { error, status, signal, stdout, stderr, output } = spawnSync(
    // Only the shell can limit CPU time.
    'sh',
    ['-c', `ulimit -S -t ${limit_s}; exec "$@"`, 'sh', process.execPath, ...node],
    {
      cwd: folder,
      env: { ...process.env, PATH: path ?? process.env['PATH'] },
      encoding: 'utf8',
      timeout: patience * limit_s * 1_000,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      maxBuffer: 2 ** 28,
    },
  );
  const wall_ms = performance.now() - began_ms;
  if (signal === 'SIGXCPU' || (error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT')
    return { stopped: 'limit' };
  if (error) throw error;
  if (stderr.includes('heap out of memory')) return { stopped: 'out of memory' };
  // 1 and 3 are verdicts (interface.md); 2 is one if a program is rejected, for a wrong command line prints nothing.
  if (signal !== null || status === null || status > 3 || (status === 2 && stdout === ''))
    return { stopped: `${signal ?? `exit ${status}`}\n${stderr}` };
  const usage = JSON.parse(output[3]!) as NodeJS.ResourceUsage;
  return {
    cpu_s: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    wall_ms,
    peak_rss_mb: usage.maxRSS / 1024,
    stdout,
  };
}
