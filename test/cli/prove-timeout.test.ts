import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../conformance/expectation.js';
import { buildCommandLine, entry } from '../end-to-end/command-line.js';

const top = mkdtempSync(path.join(tmpdir(), 'snk-timeout-'));
beforeAll(() => buildCommandLine());
afterAll(() => rmSync(top, { recursive: true }));

/** Proves a model with so many seconds; past 20 s of CPU time the system ends the process. */
function prove(model: string, timeout_s: number) {
  const folder = path.join(top, `${model}-${timeout_s}`);
  const args = [entry, 'prove', `models/${model}.snk`, '--timeout', String(timeout_s), '-o', folder];
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-c', 'ulimit -t 20; exec "$0" "$@"', process.execPath, ...args],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr, left: existsSync(folder) ? readdirSync(folder) : [] };
}

it.each(['firewall', 'cyclic', 'ring-8'])(
  'without any time, %s is unknown: each goal says so, and no file is left',
  (model) => {
    const { status, stdout, stderr, left } = prove(model, 0);
    expect({ status, stderr, left }).toEqual({ status: 3, stderr: '', left: [] });
    expect(
      stdout.match(/^ {2}(Lemma 3|Theorem 1 \((paper|causal)\)) +unknown {3}the time limit was met .*--timeout/gm),
    ).toHaveLength(3);
  },
);

it.each([0.05, 0.2, 0.5, 1, 3])(
  'with %d s, whatever is cut names the goal that was, and ring-8 ends in time',
  (timeout_s) => {
    const begun = performance.now();
    const { status, stdout, stderr } = prove('ring-8', timeout_s);
    // A second for the start and one for a busy machine.
    expect(performance.now() - begun).toBeLessThan(timeout_s * 1_000 + 2_000);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/Theorem 1 \(causal\) +(unknown|holds|proved)/);
    const cut = [...stdout.matchAll(/^ {2}(\S.*?) +unknown {3}(.*)$/gm)];
    if (status === 3) expect(cut).not.toEqual([]);
    for (const [, name, why] of cut) {
      expect(why).toMatch(/--timeout/);
      if (name === 'Tables') expect(why).toMatch(/^(the goals of tables are not yet made|tables\/\S.* is open): /);
    }
    for (const [, why] of stdout.matchAll(/no proof for more: (.*)/g))
      expect(why).toMatch(/is open: |are not yet made: /);
  },
);

it('with some time, what is cut by it says which goal it is of, and what is proved is certified', () => {
  const { status, stdout, stderr, left } = prove('cyclic', 3);
  expect({ stderr }).toEqual({ stderr: '' });
  // How far it comes, the machine decides; but not that it ends, and with what.
  if (left.length === 0) expect(status).toBe(3);
  else expect(left).toEqual(['cyclic.json', 'cyclic.smt2']);
  for (const [, why] of stdout.matchAll(/unknown {3}(.*)/g)) expect(why).toMatch(/--timeout/);
});
