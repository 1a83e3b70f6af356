import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import { guard } from './leftovers.js';

/** What a solver has said, its complaints included; if it was stopped, only what it had said by then. */
export interface SolverOutput {
  readonly text: string;
  readonly isStopped: boolean;
}

/** A solver of SMT-LIB 2 from the PATH. */
export interface NativeSolver {
  /** Its name and version. */
  readonly name: string;
  /** What it says to a file of scripts; past the time it is stopped, which leaves answers out. */
  readonly run: (file: string, timeout_ms: number) => Promise<SolverOutput>;
}

/** How each is asked about a file. */
const known: readonly { readonly command: string; readonly args: readonly string[]; readonly version: RegExp }[] = [
  { command: 'z3', args: ['-smt2'], version: /version (\S+)/ },
  { command: 'cvc5', args: ['--incremental', '--lang=smt2'], version: /cvc5 version (\S+)/ },
];

/** Time to say a version, in milliseconds. */
const versionTime_ms = 10_000;

/** Those that are there. */
export async function nativeSolvers(timeout_ms: number): Promise<NativeSolver[]> {
  const found = await Promise.all(
    known.map(async ({ command, args, version }): Promise<NativeSolver[]> => {
      const said = await ask(command, ['--version'], Math.min(timeout_ms, versionTime_ms));
      if (!said) return [];
      const name = `${command} ${version.exec(said.text)?.[1] ?? 'of some version'}`;
      const nothing: SolverOutput = { text: '', isStopped: true };
      // Who does not even say its version says nothing to scripts.
      const run: NativeSolver['run'] = async (file, left_ms) =>
        said.isStopped ? nothing : ((await ask(command, [...args, file], left_ms)) ?? nothing);
      return [{ name, run }];
    }),
  );
  return found.flat();
}

/**
 * What a command says, undefined if there is none. It may well exit with a status of its own when a script has an
 * error, which it has then written. It has a group of its own, so that what it has started ends with it.
 */
function ask(command: string, args: readonly string[], timeout_ms: number): Promise<SolverOutput | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    let isStopped = false;
    const release = guard(() => kill(child));
    const timer = setTimeout(() => {
      isStopped = true;
      kill(child);
    }, timeout_ms);
    const end = (said: SolverOutput | undefined): void => {
      clearTimeout(timer);
      release();
      resolve(said);
    };
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (said: string) => {
        text += said;
      });
    child.once('error', () => end(undefined));
    // A line that is not at its end was not said to the end.
    child.once('close', () => end({ text: isStopped ? text.slice(0, text.lastIndexOf('\n') + 1) : text, isStopped }));
  });
}

function kill({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
