import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readFrame } from '../../src/frames/frame.js';
import type { Result } from '../../src/workbench.js';
import { check } from '../../src/workbench.js';
import { root } from '../conformance/expectation.js';
import { modelFile } from '../models/models.js';
import { buildCommandLine, entry, snkVerify } from './command-line.js';

const folder = mkdtempSync(path.join(tmpdir(), 'snk-replay-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const model = modelFile('firewall');

beforeAll(buildCommandLine);

const runCommand = (args: readonly string[]) => snkVerify(args, { cwd: root });

async function resultFile(change: (result: Result) => unknown = (result) => result): Promise<string> {
  const { result } = await check(readFileSync(model), model, {
    semantics: 'best-effort',
    packets: 2,
    engine: 'explore',
  });
  const file = path.join(folder, `${readdirSync(folder).length}.json`);
  writeFileSync(file, JSON.stringify(change(result)));
  return file;
}
const embedded = ['--driver', 'embedded'];

test('a result gets its verdicts written into it; captures of each link are kept', async () => {
  const file = await resultFile();
  const { status, stdout } = await runCommand(['replay', file, ...embedded, '--pcap', path.join(folder, 'pcap')]);
  expect([status, stdout.split('\n')[0]]).toEqual([
    0,
    `${model}: theorem1.paper: confirmed on the embedded interpreter of BMv2 JSON: each of the 8 steps did what was predicted, byte for byte`,
  ]);
  const { checks } = JSON.parse(readFileSync(file, 'utf8')) as Result;
  expect(checks['theorem1.causal']!.replay).toMatchObject({ verdict: 'confirmed', steps: 8 });
  const capture = readFileSync(path.join(folder, 'pcap', 'theorem1.paper', '1.1-4.1.pcap'));
  expect(readFrame(capture.subarray(24 + 16))).toMatchObject({ shim: { tag: 0n }, ipv4: { destination: 0x0a000004 } });
});

test('an execution that the rules do not allow is not replayable: exit status 3', async () => {
  const file = await resultFile((result) => {
    const { counterexample } = result.checks['theorem1.paper']!;
    return {
      ...result,
      checks: {
        'theorem1.paper': {
          status: 'violated',
          states: 0,
          counterexample: { ...counterexample!, steps: counterexample!.steps.slice(1) },
        },
      },
    };
  });
  const { status, stdout } = await runCommand(['replay', file, ...embedded]);
  expect(status).toBe(3);
  expect(stdout).toMatch(/not replayable .*step 0 is not one that the rules allow/);
});

test('an execution that violates nothing is not replayable; where there is none, there is nothing to do', async () => {
  const file = await resultFile((result) => {
    const { counterexample } = result.checks['theorem1.paper']!;
    return {
      ...result,
      checks: {
        'theorem1.paper': {
          status: 'violated',
          states: 0,
          counterexample: { ...counterexample!, steps: counterexample!.steps.slice(0, 3) },
        },
      },
    };
  });
  const { status, stdout } = await runCommand(['replay', file, ...embedded]);
  expect([status, stdout]).toEqual([3, expect.stringContaining('violates nothing')]);
  const nothing = await runCommand(['replay', model, ...embedded]);
  expect([nothing.status, nothing.stderr]).toEqual([0, expect.stringContaining('no check is violated')]);
});

test('what is no result, another program, or a missing simple_switch: a message, and exit status 2', async () => {
  const text = path.join(folder, 'text.json');
  writeFileSync(text, '{"tool": 7}');
  const other = await resultFile((result) => ({ ...result, program: { file: model, sha256: '0'.repeat(64) } }));
  const cases: [string[], string][] = [
    [['replay', text, ...embedded], 'no result of'],
    [['replay', other, ...embedded], 'has changed'],
    [['replay', model, '--driver', 'packet-in', '--simple-switch', `${folder}/none`], 'there is no simple_switch'],
    [['conform', `${folder}/none.snk`, ...embedded], 'there is no such file'],
  ];
  for (const [args, message] of cases) {
    const { status, stderr } = await runCommand(args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  }
  expect(existsSync(text)).toBe(true);
});

test('conform says how many executions did the same, and what they used', async () => {
  const { status, stdout } = await runCommand(['conform', model, ...embedded, '--executions', '20', '--seed', '3']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/20 random executions \(seed 3\)/);
  expect(stdout).toMatch(/rules +4 of 4/);
});

test('after SIGKILL neither the switches nor their folder stay', async () => {
  const temporary = path.join(folder, 'tmp');
  mkdirSync(temporary);
  const fake = path.join(folder, 'fake');
  const script = path.join(root, 'test/replay/fake-switch.mjs');
  writeFileSync(fake, `#!/bin/sh\nexec '${process.execPath}' ${script} hang "$@"\n`, { mode: 0o755 });
  const args = [entry, 'conform', model, '--driver', 'packet-in', '--simple-switch', fake];
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, TMPDIR: temporary } });
  const found = () => readdirSync(temporary).filter((name) => name.startsWith('snk-replay-'));
  await vi.waitFor(() => expect(found().length).toBe(1), 10_000);
  child.kill('SIGKILL');
  await vi.waitFor(() => expect(found()).toEqual([]), 5_000);
});
