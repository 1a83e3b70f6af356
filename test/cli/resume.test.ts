import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { deserialize } from 'node:v8';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../conformance/expectation.js';
import { buildCommandLine, entry } from '../end-to-end/command-line.js';
import { inputs } from '../end-to-end/inputs.js';
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
    ['blocks', [...ring, '--blocks', 'off'], 'its --blocks is on, not off'],
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
    const why = `${file} is a file, and --resume takes a folder, which it makes if there is none`;
    expect({ status, stderr }).toEqual({ status: 2, stderr: `snk-verify: cannot go on from the checkpoint: ${why}\n` });
  });

  it('goes with one program', () => {
    const { status, stderr } = run('models/firewall.snk', 'models/ids.snk', '--resume', folder);
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining('one program') });
  });

  it('survives being killed after 1, 3 and 10 s, and loses little each time', async () => {
    const folder = path.join(top, 'killed');
    const mostStates = 250_000;
    const limited = [
      '--packets',
      '8',
      '--max-states',
      `${mostStates}`,
      '--spec',
      'causal',
      '--engine',
      'explore',
      '--json',
    ];
    const args = ['models/ring-4.snk', ...limited];
    const file = path.join(folder, 'lemma3.checkpoint');
    const explored: number[] = [];
    for (const after_ms of [1_000, 3_000, 10_000]) {
      const child = spawn(process.execPath, [entry, ...args, '--resume', folder], { cwd: root, stdio: 'ignore' });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      // On a busy machine it may take long until there is anything to save; from then on there is no excuse.
      const before = statesIn(file);
      while (child.exitCode === null && statesIn(file) === before) await setTimeout(20);
      await setTimeout(after_ms);
      child.kill('SIGKILL');
      await ended;
      explored.push(statesIn(file));
    }
    // What one has saved, the next goes on from: nothing is explored twice but what was lost.
    expect(explored[0]).toBeGreaterThan(0);
    // A quick machine may come to the limit before it is killed.
    for (const [i, states] of explored.entries())
      if (i > 0 && states < mostStates) expect(states).toBeGreaterThan(explored[i - 1]!);
    expect(explored).toEqual(explored.toSorted((a, b) => a - b));
    expect(run(...args, '--resume', folder)).toEqual(run(...args));
  });

  it.each(['explore', 'smt', 'all'])(
    'keeps something within a second, while the program is analysed: %s',
    async (engine) => {
      const folder = path.join(top, `analysed-${engine}`);
      const program = path.join(top, 'large.snk');
      // A thousand event-sets of one block: their structure takes seconds.
      writeFileSync(program, inputs['10 events that one waits for']!.text);
      const args = [entry, program, '--engine', engine, '--resume', folder];
      const child = spawn(process.execPath, args, { cwd: root, stdio: 'ignore' });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await setTimeout(1_000);
      const isUnderWay = child.exitCode === null;
      const kept = existsSync(folder) ? readdirSync(folder) : [];
      child.kill('SIGKILL');
      await ended;
      expect({ isUnderWay, kept }).toEqual({
        isUnderWay: true,
        kept: [engine === 'explore' ? 'program.checkpoint' : 'proofs.checkpoint'],
      });
    },
  );

  it('keeps what Z3 has proved from the start, and asks it no more', () => {
    const folder = path.join(top, 'proofs');
    const args = ['models/firewall.snk', '--resume', folder];
    // Not even the time for one execution: but there is a checkpoint.
    expect(run(...args, '--timeout', '0').status).toBe(3);
    expect(readdirSync(folder)).toEqual(['proofs.checkpoint']);
    expect(contentOf(path.join(folder, 'proofs.checkpoint')).work).toBeUndefined();
    const proved = run(...args);
    const kept = contentOf(path.join(folder, 'proofs.checkpoint')).work as readonly string[];
    expect(kept.length).toBeGreaterThan(4);
    expect(run(...args)).toEqual(proved);
    expect(contentOf(path.join(folder, 'proofs.checkpoint')).work).toEqual(kept);
  });
});

/** What a checkpoint holds, after its first line and its checksum. */
const contentOf = (file: string) =>
  deserialize(readFileSync(file).subarray('snk-verify checkpoint 1\n'.length + 32)) as {
    readonly work?: unknown;
    readonly decided?: { readonly states: number };
  };

/** How many states a checkpoint has kept. */
function statesIn(file: string): number {
  if (!existsSync(file)) return 0;
  const { work, decided } = contentOf(file);
  if (decided) return decided.states;
  const { searches } = (work ?? { searches: [] }) as {
    readonly searches: readonly { readonly search?: { readonly cost: Int32Array } }[];
  };
  return searches[0]?.search?.cost.length ?? 0;
}
