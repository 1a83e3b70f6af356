import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Document, document } from '../report/contract.js';
import { faultsOf } from '../report/rerun.js';
import { buildCommandLine, snkVerify, workFolder } from './command-line.js';

const work = workFolder();
beforeAll(() => {
  buildCommandLine();
  writeFileSync(path.join(work.folder, 'words.snk'), 'Dear network');
});
afterAll(work.remove);

const read = (file: string): string => readFileSync(path.join(work.folder, file), 'utf8');

/** Standard output holds one document and a line end, standard error nothing. */
async function jsonOf(...args: readonly string[]): Promise<{ readonly json: unknown; readonly status: number | null }> {
  const { stdout, stderr, status } = await snkVerify([...args, '--json'], { cwd: work.folder });
  expect(stderr).toBe('');
  expect(stdout.endsWith('\n')).toBe(true);
  return { json: JSON.parse(stdout), status };
}

describe('--json', () => {
  it.each<[number, string, ...string[]]>([
    [0, 'models/firewall.snk'],
    [1, 'models/firewall.snk', '--semantics', 'best-effort'],
    [1, 'models/port-knocking.snk', '--semantics', 'figure6', '--packets', '2'],
    [1, 'models/figure-2b-nonlocal.snk', '--force', '--packets', '2'],
    [2, 'models/figure-2b-nonlocal.snk'],
    [2, 'words.snk'],
    [3, 'models/firewall.snk', '--engine', 'explore', '--max-states', '10'],
    [0, 'models/firewall.snk', '--max-states', '10'],
    [3, 'models/firewall.snk', '--timeout', '0', '--semantics', 'two-phase', '--controller', 'off'],
  ])('exit status %i: %s', async (wanted, file, ...options) => {
    const { json, status } = await jsonOf(file, ...options);
    expect(status).toBe(wanted);
    document(json, '');
    const { program, rejected, checks } = json as Document;
    expect(program).toMatchObject({ file, sha256: createHash('sha256').update(read(file)).digest('hex') });
    expect(rejected !== null).toBe(wanted === 2);
    const statuses = Object.values(checks).map((check) => check?.status);
    expect(statuses.includes('violated')).toBe(wanted === 1);
    expect(statuses.includes('unknown')).toBe(wanted === 3);
    expect(faultsOf(JSON.stringify(json), read(file))).toEqual([]);
  });

  it('on one file is an object, on several an array in their order', async () => {
    const files = ['words.snk', 'models/firewall.snk', 'models/undetermined.snk', 'models/firewall.snk'];
    const { json, status } = await jsonOf(...files, '--packets', '1');
    expect(status).toBe(2);
    expect((json as Document[]).map(({ program }) => program.file)).toEqual(files);
    for (const one of json as Document[]) document(one, '');
  });

  it('names the options', async () => {
    const { json } = await jsonOf(
      'models/firewall.snk',
      '--packets',
      '1',
      '--controller',
      'off',
      '--semantics',
      'figure6',
    );
    expect((json as Document).options).toEqual({ semantics: 'figure6', packets: 1, controller: false });
  });

  it('points at the same place as the text does', async () => {
    for (const file of ['words.snk', 'models/undetermined.snk', 'models/figure-2b-nonlocal.snk']) {
      const { rejected } = (await jsonOf(file)).json as Document;
      const { stdout } = await snkVerify([file], { cwd: work.folder });
      expect(stdout).toContain(`${rejected!.line}:${rejected!.column}`);
    }
  });

  it('is the same every time', async () => {
    const args = ['models/learning-switch.snk', '--semantics', 'best-effort', '--packets', '2'];
    expect(await jsonOf(...args)).toEqual(await jsonOf(...args));
  });
});

describe('--version', () => {
  it.each(['--version', '-V'])('%s prints that of package.json', async (option) => {
    const { version } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8'));
    const { stdout, stderr, status } = await snkVerify([option], { cwd: work.folder });
    expect([stdout, stderr, status]).toEqual([`${version}\n`, '', 0]);
  });
});
