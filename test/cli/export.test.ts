import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { root } from '../conformance/expectation.js';

const run = (...args: readonly string[]) => {
  const command = ['--import', 'tsx', 'src/cli/main.ts', 'export', ...args];
  const { status, stdout, stderr } = spawnSync('node', command, { cwd: root, encoding: 'utf8' });
  return { status, stdout, stderr };
};

describe('snk-verify export', () => {
  it.each([
    ['promela', '#define SEMANTICS TWO_PHASE\n'],
    ['tla', 'Semantics == "two-phase"\n'],
  ])('prints a model in %s, with what was asked for', (language, line) => {
    const { status, stdout, stderr } = run('models/firewall.snk', '--to', language, '--semantics', 'two-phase');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(line);
  });
  it('says why a program is rejected, with exit status 2', () => {
    const { status, stdout, stderr } = run('models/figure-2b-nonlocal.snk', '--to', 'tla');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^snk-verify: models\/figure-2b-nonlocal\.snk.*: rejected \[nonlocal\]: /);
  });
  it('says that loops were unrolled only so far', () => {
    const { status, stderr } = run('models/cyclic.snk', '--to', 'promela', '--packets', '1');
    expect(status).toBe(0);
    expect(stderr).toBe(
      'snk-verify: models/cyclic.snk: the state can recur; the model has paths up to --unroll only\n',
    );
  });
});
