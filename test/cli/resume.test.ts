import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../src/workbench.js';
import { root } from '../conformance/expectation.js';
import { buildCommandLine, entry } from '../end-to-end/command-line.js';
import { holdPrinted } from '../schema.js';

const top = mkdtempSync(path.join(tmpdir(), 'snk-resume-'));
beforeAll(() => buildCommandLine());
afterAll(() => rmSync(top, { recursive: true }));

const run = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...args], { cwd: root, encoding: 'utf8' });
  holdPrinted(stdout);
  return { status, stdout, stderr };
};
const ring = ['models/ring-4.snk', '--engine', 'explore', '--json'];

describe('snk-verify check --resume', () => {
  const folder = path.join(top, 'ring');

  // The second has an automorphism, which renames what observers have numbered.
  it.each([
    ['ring', ring],
    ['hosts', ['models/learning-switch-two-hosts.snk', '--semantics', 'figure6', '--engine', 'explore', '--json']],
  ])('goes on where a limit was met, and comes to the same result: %s', (name, args) => {
    const kept = path.join(top, name);
    const limited = run(...args, '--max-states', '500', '--resume', kept);
    expect(limited.status).toBe(3);
    const resumed = run(...args, '--resume', kept);
    expect(resumed).toEqual(run(...args));
    expect(run(...args, '--resume', kept)).toEqual(resumed);
  });

  it.each([
    ['other options', [...ring, '--packets', '2'], 'its --packets is 3, not 2'],
    ['other reductions', [...ring, '--reduce', 'history,packets'], 'its --reduce is all, not packets,history'],
    ['another program', ['models/ring-3.snk'], 'it is of another program'],
  ])('refuses a checkpoint of %s', (_, args, why) => {
    const { status, stdout, stderr } = run(...args, '--resume', folder);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`cannot go on from the checkpoint: ${why}`);
  });

  it('refuses a checkpoint that is damaged, or none', () => {
    const file = path.join(folder, 'lemma3.checkpoint');
    const good = readFileSync(file);
    const flipped = Buffer.from(good);
    flipped[good.length - 5]! ^= 1;
    writeFileSync(file, flipped);
    expect(run(...ring, '--resume', folder)).toMatchObject({ status: 2, stderr: expect.stringContaining('damaged') });
    writeFileSync(file, 'lemma3');
    expect(run(...ring, '--resume', folder)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no checkpoint'),
    });
    writeFileSync(file, good);
  });

  it('says that nothing can be kept, and checks all the same', () => {
    const { status, stderr } = run('models/firewall.snk', '--engine', 'explore', '--resume', '/proc/nowhere');
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining('no checkpoints are kept') });
  });

  it('refuses a folder that is none', () => {
    const file = path.join(top, 'file');
    writeFileSync(file, '');
    const { status, stderr } = run('models/firewall.snk', '--engine', 'explore', '--resume', file);
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining('cannot go on') });
  });

  it('goes with one program', () => {
    const { status, stderr } = run('models/firewall.snk', 'models/ids.snk', '--resume', folder);
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining('one program') });
  });

  it('survives being killed', async () => {
    const folder = path.join(top, 'killed');
    const args = ['models/ring-4.snk', '--packets', '4', '--engine', 'explore', '--json', '--resume', folder];
    const child = spawn(process.execPath, [entry, ...args], { cwd: root, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    while (child.exitCode === null && !existsSync(path.join(folder, 'lemma3.checkpoint'))) await setTimeout(20);
    child.kill('SIGKILL');
    await ended;
    const resumed = JSON.parse(run(...args).stdout) as Result;
    const whole = JSON.parse(run(...args.slice(0, -2)).stdout) as Result;
    expect(resumed).toEqual(whole);
  });
});
