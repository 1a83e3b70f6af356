import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../conformance/expectation.js';
import { models } from '../models/models.js';
import { buildCommandLine, snkVerify, workFolder } from './command-line.js';

const { folder, remove } = workFolder();
beforeAll(buildCommandLine);
afterAll(remove);

const missing = ['z3', 'cvc5'].filter((solver) => spawnSync(solver, ['--version']).error);
if (missing.length > 0)
  console.warn(`left out: re-checking with ${missing.join(' and ')}, which the PATH does not have`);

describe('proofs', () => {
  it('are there of every accepted model, and hold for every solver', async () => {
    const { stdout, status } = await snkVerify(['prove', '--check'], { cwd: root });
    const accepted = Object.keys(models).filter((name) => models[name]!.rejected === null);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.split(':')[0])).toEqual(accepted.map((name) => `proofs/${name}`).sort());
    for (const solver of ['Z3 \\d', 'z3 \\d', 'cvc5 \\d'])
      if (!missing.includes(solver.split(' ')[0]!)) for (const line of lines) expect(line).toMatch(new RegExp(solver));
    expect(status).toBe(0);
  });

  it('say of the case studies of the paper that everything is proved', () => {
    for (const name of ['firewall', 'learning-switch', 'port-knocking', 'ring-2', 'ring-8', 'bandwidth-cap'])
      expect(JSON.parse(readFileSync(path.join(root, `proofs/${name}.json`), 'utf8'))).toMatchObject({
        checks: {
          tables: { status: 'proved' },
          lemma3: { status: 'proved' },
          'theorem1.paper': { status: 'proved' },
          'theorem1.causal': { status: 'proved' },
        },
      });
  });

  it('are written as they are committed', async () => {
    const { status } = await snkVerify(['prove', 'models/firewall.snk', '-o', 'written'], { cwd: folder });
    expect(status).toBe(0);
    const scripts = (where: string) => readFileSync(path.join(where, 'firewall.smt2'), 'utf8');
    expect(scripts(path.join(folder, 'written'))).toBe(scripts(path.join(root, 'proofs')));
  });

  it('are not believed: another program, half a certificate, none', async () => {
    mkdirSync(path.join(folder, 'proofs'));
    for (const file of ['firewall.json', 'firewall.smt2'])
      copyFileSync(path.join(root, 'proofs', file), path.join(folder, 'proofs', file));
    const good = await snkVerify(['prove', '--check', 'models/firewall.snk'], { cwd: folder });
    expect(good).toMatchObject({ status: 0 });
    const source = readFileSync(path.join(root, 'models/firewall.snk'), 'utf8');
    writeFileSync(path.join(folder, 'firewall.snk'), source.replace('state!=[0];', 'state!=[1];'));
    const stale = await snkVerify(['prove', '--check', 'firewall.snk'], { cwd: folder });
    expect(stale).toMatchObject({ status: 1, stdout: expect.stringContaining('the program has changed') });
    writeFileSync(path.join(folder, 'proofs/nat.smt2'), '');
    const half = await snkVerify(['prove', '--check'], { cwd: folder });
    expect(half).toMatchObject({ status: 1, stdout: expect.stringContaining('proofs/nat: FAILED') });
    const none = await snkVerify(['prove', '--check', '-o', 'nowhere'], { cwd: folder });
    expect(none).toMatchObject({ status: 2, stderr: 'snk-verify: cannot read nowhere: there is no such folder\n' });
    const lost = await snkVerify(['prove', '--check', 'nosuch.snk'], { cwd: folder });
    expect(lost).toMatchObject({ status: 2, stderr: 'snk-verify: cannot read nosuch.snk: there is no such file\n' });
    const unproved = await snkVerify(['prove', '--check', 'models/cyclic.snk'], { cwd: folder });
    expect(unproved).toMatchObject({
      status: 2,
      stdout: '',
      stderr:
        'snk-verify: there is no certificate proofs/cyclic.json; this makes one: snk-verify prove models/cyclic.snk\n',
    });
    const elsewhere = await snkVerify(['prove', '--check', 'models/cyclic.snk', '-o', 'mine'], { cwd: folder });
    expect(elsewhere).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('prove models/cyclic.snk -o mine\n'),
    });
  });

  it('have the exit status of their verdicts', async () => {
    const violated = await snkVerify(['prove', 'models/chain-bounce.snk', '-o', 'others'], { cwd: folder });
    expect(violated).toMatchObject({ status: 1, stdout: expect.stringContaining('24 obligations') });
    const rejected = await snkVerify(['prove', 'models/figure-2c.snk', '-o', 'others'], { cwd: folder });
    expect(rejected).toMatchObject({ status: 2 });
    expect(await snkVerify(['prove'], { cwd: folder })).toMatchObject({ status: 2 });
  });
});
