import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../conformance/expectation.js';
import { buildCommandLine, entry } from '../end-to-end/command-line.js';

const folder = mkdtempSync(path.join(tmpdir(), 'snk-workers-'));
beforeAll(() => buildCommandLine());
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...args], { cwd: root, encoding: 'utf8' });
  return { status, stdout, stderr };
};

describe('snk-verify check --workers', () => {
  it.each([
    ['models/port-knocking.snk'],
    ['models/port-knocking.snk', '--semantics', 'best-effort'],
    ['models/visible-counter.snk'],
    ['models/firewall.snk', '--packets', '2', '--reduce', 'none'],
    ['models/cyclic.snk', '--packets', '2'],
    ['models/ids.snk', '--max-states', '300'],
    ['models/figure-2a.snk', '--timeout', '0'],
    ['models/egress.snk'],
  ])('gives the same result for %s %s %s', (...args) => {
    const alone = run(...args, '--engine', 'explore', '--json');
    for (const workers of ['2', '3'])
      expect(run(...args, '--engine', 'explore', '--json', '--workers', workers)).toEqual(alone);
  });

  it.each([
    ['models/port-knocking.snk'],
    ['models/chain-bounce.snk'],
    ['models/firewall.snk', '--max-states', '30'],
    ['models/firewall.snk', '--cross-check', 'full'],
  ])('gives the same result where proofs come first, for %s %s %s', (...args) => {
    const alone = run(...args, '--json');
    expect(run(...args, '--json', '--workers', '2')).toEqual(alone);
  });

  it('keeps checkpoints, and goes on from them', () => {
    const args = ['models/ring-4.snk', '--engine', 'explore', '--json'];
    const kept = [...args, '--workers', '2', '--resume', folder];
    expect(run(...kept, '--max-states', '500').status).toBe(3);
    expect(run(...kept)).toEqual(run(...args));
  });
});
