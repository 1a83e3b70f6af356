import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCommandLine, type Outcome, snkVerify, workFolder } from './command-line.js';
import { inputs } from './inputs.js';

/** What takes longer than this is as good as a hang for whoever waits; the limit below is what is asked of the tool. */
const bound_ms = 60_000;
/** Where a limit may be met (3), it is a short one, and must be kept wherever the time goes. */
const limitFor = (statuses: readonly number[]): readonly string[] => (statuses.includes(3) ? ['--timeout', '1'] : []);

const work = workFolder();
beforeAll(buildCommandLine);
afterAll(work.remove);

/** A trace of a call stack, or what Node.js says when it dies. */
const faults = /^\s+at .+:\d+:\d+|RangeError|TypeError|heap out of memory|UnhandledPromise|fault of the tool/m;
// A terminal obeys what comes after these, whatever file they come from (but a tab and a line end are harmless).
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

function expectSober({ stdout, stderr, status, duration_ms }: Outcome, statuses: readonly number[]): void {
  expect(stderr).not.toMatch(faults);
  expect(stdout).not.toMatch(faults);
  expect(stdout).not.toMatch(controls);
  expect(duration_ms).toBeLessThan(bound_ms);
  expect(statuses).toContain(status);
  expect(stderr).toBe('');
}

describe.each(Object.entries(inputs))('%s', (name, { text, statuses }) => {
  const file = `${name.replaceAll(/\W+/g, '-')}.snk`;
  beforeAll(() => writeFileSync(path.join(work.folder, file), text));

  it(`ends with status ${statuses.join(' or ')}`, { timeout: 2 * bound_ms }, async () => {
    const outcome = await snkVerify([file, '--packets', '1', ...limitFor(statuses)], { cwd: work.folder });
    expectSober(outcome, statuses);
    // However much is wrong with it, what is said stays readable.
    expect(outcome.stdout.length).toBeLessThan(100_000);
    expect(outcome.stdout.length).toBeGreaterThan(20);
  });
});

describe('arguments', () => {
  const oddNames = ['-', './-x.snk', '日本.snk', ' ', 'a'.repeat(300)];
  it('no name of a file does harm', async () => {
    for (const name of [...oddNames, '\u001b[31mred.snk', 'new\nline.snk']) {
      const { stdout, stderr, status } = await snkVerify(['--', name], { cwd: work.folder });
      expect([status, stdout], name).toEqual([2, '']);
      expect(stderr, name).not.toMatch(faults);
      expect(stderr, name).toMatch(/^snk-verify: cannot read /);
    }
  });

  it('names of files are shown so that no terminal obeys them', async () => {
    for (const name of [...oddNames, '\u001b[31mred.snk', 'new\nline.snk']) {
      const { stderr } = await snkVerify(['--', name], { cwd: work.folder });
      expect(stderr, name).toMatch(/^snk-verify: cannot read .*\n$/);
      expect(stderr, name).not.toMatch(controls);
      if (name === ' ' || name.includes('/') || name.length > 200) continue;
      writeFileSync(path.join(work.folder, name), 'policy true');
      const { stdout } = await snkVerify(['--', name], { cwd: work.folder });
      expect(stdout, name).not.toMatch(controls);
    }
  });

  it('the same file many times is checked many times', async () => {
    const { stdout, status } = await snkVerify(
      ['--json', '--packets', '0', ...Array.from({ length: 200 }, () => 'models/firewall.snk')],
      { cwd: work.folder },
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toHaveLength(200);
  });
});
