import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCommandLine, entry, type Outcome, run, snkVerify, workFolder } from '../end-to-end/command-line.js';

const { folder, remove } = workFolder();
const at = (name: string): string => path.join(folder, name);
const quick = ['models/firewall.snk', '--packets', '1', '--engine', 'explore'];
beforeAll(async () => {
  buildCommandLine();
  const args = ['models/firewall.snk', '--semantics', 'best-effort', '--packets', '2', '--json'];
  writeFileSync(at('bad.json'), (await snkVerify(args, { cwd: folder })).stdout);
  writeFileSync(at('file'), '');
  mkdirSync(at('taken/firewall.html'), { recursive: true });
  mkdirSync(at('taken/tables.json'), { recursive: true });
  mkdirSync(at('taken/firewall.smt2'), { recursive: true });
  mkdirSync(at('taken/lemma3.checkpoint.tmp'), { recursive: true });
  mkdirSync(at('taken/theorem1.paper/1.1-4.1.pcap'), { recursive: true });
});
afterAll(remove);

/** What each verb that writes is told to write into a folder, and what it still says of the program, if it does. */
const writers: Readonly<Record<string, { args: (place: string) => string[]; still?: RegExp }>> = {
  'check --html': { args: (place) => [...quick, '--html', place], still: /Lemma 3 +holds/ },
  'check --resume': { args: (place) => [...quick, '--resume', place], still: /Lemma 3 +holds/ },
  compile: { args: (place) => ['compile', 'models/firewall.snk', '-o', place] },
  prove: { args: (place) => ['prove', 'models/firewall.snk', '-o', place], still: /Lemma 3 +proved/ },
  report: { args: (place) => ['report', 'bad.json', '-o', place] },
  'replay --pcap': { args: (place) => ['replay', 'bad.json', '--pcap', place], still: /confirmed on/ },
};

/** Files that a verb writes by name. */
const files: typeof writers = {
  'convert -o': { args: (place) => ['convert', 'bad.json', '--to', 'markdown', '-o', place] },
};

function expectTold(
  { stdout, stderr, status, duration_ms }: Outcome,
  place: string,
  why: string,
  still?: RegExp,
): void {
  expect(status).toBe(2);
  expect(stderr).toContain(`cannot write ${place}`);
  expect(stderr).toContain(`: ${why}\n`);
  expect(stderr).not.toMatch(/\n {4}at |E[A-Z]{4,}/);
  if (still) expect(stdout).toMatch(still);
  expect(duration_ms).toBeLessThan(30_000);
}

describe.runIf(existsSync('/proc/self'))('what cannot be written is told', () => {
  it.each(Object.entries(writers))('%s into a folder that cannot be made', async (_, { args, still }) => {
    const outcome = await snkVerify(args('/proc/x/y'), { cwd: folder });
    expectTold(outcome, '/proc/x/y', 'no folder can be made there', still);
  });

  it.each(Object.entries(writers).filter(([name]) => name !== 'check --resume'))(
    '%s into a folder that is a file',
    async (_, { args, still }) =>
      expectTold(
        await snkVerify(args('file'), { cwd: folder }),
        'file',
        'what it would be in is a file, not a folder',
        still,
      ),
  );

  it.each(Object.entries(writers))('%s where a folder is in the way', async (_, { args, still }) =>
    expectTold(await snkVerify(args('taken'), { cwd: folder }), 'taken', 'it is a folder', still),
  );

  it.each(Object.entries(files))('%s', async (_, { args }) => {
    for (const [place, why] of [
      ['taken', 'it is a folder'],
      ['file/x', 'what it would be in is a file, not a folder'],
      ['no/such', 'there is no such folder'],
      ['/proc/x', 'there is no such folder'],
    ])
      expectTold(await snkVerify(args(place!), { cwd: folder }), place!, why!);
  });
});

describe.runIf(existsSync('/dev/full'))('on a disk that is full', () => {
  const onto = (args: readonly string[], redirect: string): Promise<Outcome> =>
    run('sh', ['-c', `${[process.execPath, entry, ...args].join(' ')} ${redirect}`], { cwd: folder });

  it.each([
    [quick],
    [[...quick, '--json']],
    [['export', 'models/firewall.snk', '--to', 'tla']],
    [['convert', 'bad.json', '--to', 'itf']],
    [['validate', 'bad.json']],
    [['merge', 'bad.json']],
    [['conform', 'models/firewall.snk', '--executions', '2']],
    [['compile', 'models/firewall.snk', '-o', 'out']],
    [['--help']],
  ])('standard output of %j', async (args) => {
    const { stderr, status } = await onto(args, '> /dev/full');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'snk-verify: cannot write standard output: the disk is full\n',
    });
  });

  it('standard error', async () => {
    expect((await onto(['none.snk'], '2> /dev/full')).status).toBe(2);
    expect((await onto(['export', 'models/cyclic.snk', '--to', 'tla', '--packets', '1'], '2> /dev/full')).status).toBe(
      2,
    );
  });

  it('a file', async () => {
    const outcome = await snkVerify(['convert', 'bad.json', '--to', 'itf', '-o', '/dev/full'], { cwd: folder });
    expectTold(outcome, '/dev/full', 'the disk is full');
  });
});

describe('a reader that has gone', () => {
  it.each([
    ['check', 1, ['models/firewall.snk', '--semantics', 'best-effort', '--packets', '2', '--json']],
    ['export', 0, ['export', 'models/firewall.snk', '--to', 'tla']],
    ['compile', 0, ['compile', 'models/firewall.snk', '-o', 'out']],
  ])('changes nothing of the exit status of %s', async (_, status, args) => {
    // The shell says the status of the first, on standard error.
    const command = `{ ${[process.execPath, entry, ...args].join(' ')}; echo "$?" >&2; } | true`;
    expect((await run('sh', ['-c', command], { cwd: folder })).stderr).toBe(`${status}\n`);
  });
});
