import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildCommandLine } from '../end-to-end/command-line.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'snk-verify-test-'));
beforeAll(buildCommandLine, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: readonly string[], env: Readonly<Record<string, string>>) =>
  spawnSync(process.execPath, ['dist/cli/main.js', ...args], { encoding: 'utf8', env: { ...process.env, ...env } });

it('a fault says what was done to which file, and where the bundle is; the stack is in the bundle alone', () => {
  // The search hashes states by it.
  const plant = `data:text/javascript,Math.imul = () => { throw new RangeError('planted'); };`;
  const { status, stderr } = run(['models/firewall.snk'], {
    NODE_OPTIONS: `--import=${encodeURI(plant)}`,
    TMPDIR: folder,
  });
  expect(status).toBe(70);
  expect(stderr).toContain('while deciding the checks of models/firewall.snk\n  RangeError: planted\n');
  expect(stderr).not.toMatch(/\n\s+at /);
  const bundle = /(\S*snk-verify-fault-\S+)/.exec(stderr)![1]!;
  expect(readFileSync(path.join(bundle, 'input-1-firewall.snk'))).toEqual(readFileSync('models/firewall.snk'));
  const fault = JSON.parse(readFileSync(path.join(bundle, 'fault.json'), 'utf8'));
  expect(fault).toMatchObject({ arguments: ['models/firewall.snk'], stack: expect.stringContaining('planted') });
}, 60_000);

it('where no bundle can be written, a fault says why, and has no stack', () => {
  const plant = `data:text/javascript,Math.imul = () => { throw new RangeError('planted'); };`;
  const { status, stderr } = run(['models/firewall.snk'], {
    NODE_OPTIONS: `--import=${encodeURI(plant)}`,
    TMPDIR: path.join(folder, 'nowhere'),
  });
  expect(status).toBe(70);
  expect(stderr).toContain('while deciding the checks of models/firewall.snk\n  RangeError: planted\n');
  expect(stderr).toMatch(/No folder with what a report needs could be written: ENOENT: .*nowhere/);
  expect(stderr).not.toMatch(/\n\s+at /);
}, 60_000);

it('a solver that never answers is stopped with all that it has started, and costs its line', () => {
  writeFileSync(path.join(folder, 'cvc5'), '#!/bin/sh\nsleep 4711\n');
  chmodSync(path.join(folder, 'cvc5'), 0o755);
  const env = { PATH: `${folder}:${process.env['PATH']}` };
  const checked = run(['prove', '--check', 'models/firewall.snk', '--timeout', '10'], env);
  expect(checked.stdout).toMatch(
    /not checked to the end\n {2}cvc5 .* did not answer within the time limit for tables\/switch 1/,
  );
  expect(checked.status).toBe(3);

  const certificates = path.join(folder, 'proofs');
  const proved = run(['prove', 'models/firewall.snk', '--timeout', '30', '-o', certificates], env);
  expect(proved.status).toBe(0);
  expect(proved.stdout).toContain('did not answer within the time limit');
  expect(readdirSync(certificates).sort()).toEqual(['firewall.json', 'firewall.smt2']);
  expect(readFileSync(path.join(certificates, 'firewall.json'), 'utf8')).not.toContain('cvc5');
  expect(execFileSync('ps', ['ax', '-o', 'args'], { encoding: 'utf8' })).not.toMatch(/^sleep 4711$/m);
}, 120_000);
