import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../conformance/expectation.js';

const folder = mkdtempSync(path.join(tmpdir(), 'snk-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: readonly string[]) =>
  spawnSync('node', ['--import', 'tsx', 'src/cli/main.ts', ...args], { cwd: root, encoding: 'utf8' });

describe('snk-verify report', () => {
  it('makes of the JSON the page that check --html makes', () => {
    const [json, a, b] = ['result.json', 'a', 'b'].map((name) => path.join(folder, name)) as [string, string, string];
    const checked = run('models/firewall.snk', '--semantics', 'best-effort', '--json', '--html', a);
    expect(checked.status).toBe(1);
    writeFileSync(json, checked.stdout);
    const { status, stderr } = run('report', json, '-o', b);
    expect({ status, stderr }).toEqual({ status: 0, stderr: `${path.join(b, 'firewall.html')}\n` });
    const [first, second] = [a, b].map((made) => readFileSync(path.join(made, 'firewall.html'), 'utf8'));
    expect(first === second).toBe(true);
  });
  it('refuses what is no result, with exit status 2', () => {
    const file = path.join(folder, 'other.json');
    for (const text of ['{', '[1]', '[]', '{"tool": {"name": "another"}}']) {
      writeFileSync(file, text);
      const { status, stderr } = run('report', file, '-o', folder);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^snk-verify: .*other\.json/);
    }
  });
  it('says of a file that is not there what every verb says', () => {
    const { status, stderr } = run('report', 'nosuch.json');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'snk-verify: cannot read nosuch.json: there is no such file\n',
    });
  });
});
