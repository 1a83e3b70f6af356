import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCommandLine, entry, type Outcome, run, snkVerify, workFolder } from './command-line.js';

const work = workFolder();
const slow = 'slow.snk';
beforeAll(() => {
  buildCommandLine();
  // Port knocking takes seconds with more packets than it can be explored with.
  writeFileSync(path.join(work.folder, slow), readFileSync(path.join(work.folder, 'models/port-knocking.snk')));
});
afterAll(work.remove);

const esc = '\u001b';
const violated = ['models/firewall.snk', '--semantics', 'best-effort', '--packets', '2'];
const words = ['no-words.snk'];
beforeAll(() => writeFileSync(path.join(work.folder, words[0]!), 'Dear network'));

/** The program's name; knip takes a literal at its call for a dependency. */
const script = 'script';

/** util-linux's `script` lends a program a pseudo-terminal: its arguments differ on other systems. */
const hasScript = spawnSync(script, ['-qec', 'true', '/dev/null'], { stdio: 'ignore' }).status === 0;

/** Runs a command of a shell on a terminal of 80 columns; both streams of it come out in `stdout`. */
const onTerminal = (args: readonly string[], env: NodeJS.ProcessEnv = {}, redirect = ''): Promise<Outcome> =>
  run(script, ['-qec', `stty cols 80; ${[process.execPath, entry, ...args].join(' ')} ${redirect}`, '/dev/null'], {
    cwd: work.folder,
    env,
  });

describe('into a pipe', () => {
  it.each([[violated], [words], [['--help']]])('nothing is coloured: %s', async (args) => {
    const { stdout, stderr } = await snkVerify(args, { cwd: work.folder });
    expect(stdout + stderr).not.toContain(esc);
  });

  // To do in src/cli/check.ts: `isTTY` of a pipe is undefined, which picocolors takes for "decide yourself", and it
  // colours whenever CI or FORCE_COLOR is set. Then this is an `it`.
  it('nothing is coloured in CI either', async () => {
    const { stdout } = await snkVerify(violated, { cwd: work.folder, env: { CI: 'true' } });
    expect(stdout).not.toContain(esc);
  });

  it('there is no progress, however long it takes', async () => {
    const outcome = await snkVerify([slow, '--packets', '9', '--engine', 'explore', '--timeout', '1.5'], {
      cwd: work.folder,
    });
    expect(outcome.stderr).toBe('');
    // It took at least as long as it was allowed to, which is longer than a terminal is left without a word.
    expect(outcome).toMatchObject({ status: 3, stdout: expect.stringContaining('the time limit was met') });
  });

  // To do in src/cli: an EPIPE of standard output ends in a stack trace, and in the status of a violation. Then this is
  // an `it`.
  it('that is closed early, it stops in silence', async () => {
    const args = Array.from({ length: 60 }, () => violated[0]!);
    for (const flags of [[], ['--json']])
      for (const lines of [0, 1, 5]) {
        const { stderr, left } = await readLines([...args, ...violated.slice(1), ...flags], lines);
        expect(stderr).toBe('');
        expect(left).toBe(true);
      }
  });
});

/** Reads so many lines of what the command line prints, then closes the pipe. `left` is whether it ended by itself. */
function readLines(args: readonly string[], lines: number): Promise<{ stderr: string; left: boolean }> {
  const child = spawn(process.execPath, [entry, ...args], { cwd: work.folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  if (lines === 0) child.stdout.destroy();
  child.stdout.on('data', (data) => {
    stdout += data;
    if (stdout.split('\n').length > lines) child.stdout.destroy();
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
    child.on('close', (_status, signal) => {
      clearTimeout(timer);
      resolve({ stderr, left: signal === null || signal === 'SIGPIPE' });
    });
  });
}

if (!hasScript) console.warn('Left out: there is no `script -qec` (util-linux) here, so no pseudo-terminal.');

describe.runIf(hasScript)('on a terminal', () => {
  it.each([[violated], [words]])('there are colours: %s', async (args) => {
    const { stdout } = await onTerminal(args);
    expect(stdout).toContain(`${esc}[31m`);
    const plain = await snkVerify(args, { cwd: work.folder });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are made of them
    expect(stdout.replaceAll(/\u001b\[\d+m/g, '').replaceAll('\r\n', '\n')).toBe(plain.stdout);
  });

  it.each([{ NO_COLOR: '1' }, { NO_COLOR: 'false' }, { TERM: 'dumb' }])('there are none with %o', async (env) => {
    for (const args of [violated, words, ['--help']]) {
      const { stdout } = await onTerminal(args, env);
      expect(stdout).not.toContain(esc);
      expect(stdout.length).toBeGreaterThan(20);
    }
  });

  it('an empty NO_COLOR forbids nothing (no-color.org)', async () => {
    expect((await onTerminal(violated, { NO_COLOR: '' })).stdout).toContain(`${esc}[31m`);
  });

  it('the exit status is the same', async () => {
    expect((await onTerminal(violated)).status).toBe(1);
    expect((await onTerminal(words)).status).toBe(2);
  });

  it('what takes long shows how far it has come, on standard error, and takes that away again', async () => {
    const { stdout: seen } = await onTerminal([slow, '--packets', '9', '--timeout', '1.5'], {}, '> report.txt');
    const shown = seen.split(`\r${esc}[K`);
    // How often it speaks is a matter of the clock, which test/cli/progress.test.ts has in its hands.
    expect(shown.length).toBeGreaterThan(2);
    expect(shown[0]).toBe('');
    expect(shown.at(-1)).toBe('');
    for (const line of shown.slice(1, -1)) {
      expect(line).toMatch(
        /^slow\.snk: (lemma3|theorem1\.\w+): [\d,]+ states( \([\d,]+ a second\))?, packet \d, [1-9]\d* s$/,
      );
      expect(line.length).toBeLessThan(80);
    }
    expect(readFileSync(path.join(work.folder, 'report.txt'), 'utf8')).not.toContain(esc);
  });
});
