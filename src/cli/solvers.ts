import { execFile, spawnSync } from 'node:child_process';

/** A solver of SMT-LIB 2 from the PATH. */
export interface NativeSolver {
  /** Its name and version. */
  readonly name: string;
  /** What it says to a file of scripts, its complaints included. */
  readonly run: (file: string) => Promise<string>;
}

/** How each is asked about a file. */
const known: readonly { readonly command: string; readonly args: readonly string[]; readonly version: RegExp }[] = [
  { command: 'z3', args: ['-smt2'], version: /version (\S+)/ },
  { command: 'cvc5', args: ['--incremental', '--lang=smt2'], version: /cvc5 version (\S+)/ },
];

/** Those that are there. A solver that takes longer than `timeout_ms` for a file is stopped, which leaves answers out. */
export function nativeSolvers(timeout_ms: number): NativeSolver[] {
  return known.flatMap(({ command, args, version }) => {
    const { stdout, error } = spawnSync(command, ['--version'], { encoding: 'utf8' });
    if (error) return [];
    const run = (file: string): Promise<string> =>
      new Promise((resolve) => {
        const options = { timeout: timeout_ms, maxBuffer: 2 ** 28, encoding: 'utf8' as const };
        // It may well exit with a status of its own when a script has an error, which it has then written.
        execFile(command, [...args, file], options, (_, out, complaints) => resolve(out + complaints));
      });
    return [{ name: `${command} ${version.exec(stdout)?.[1] ?? 'of some version'}`, run }];
  });
}
