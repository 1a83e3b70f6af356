import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readTables } from '../../src/workbench.js';
import { root } from '../conformance/expectation.js';

const folder = mkdtempSync(path.join(tmpdir(), 'snk-compile-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: readonly string[]) => {
  const command = ['--import', 'tsx', 'src/cli/main.ts', 'compile', ...args];
  const { status, stdout, stderr } = spawnSync('node', command, { cwd: root, encoding: 'utf8' });
  return { status, stdout, stderr };
};

describe('snk-verify compile', () => {
  it('writes tables.json, in a folder that it makes', () => {
    const target = path.join(folder, 'a/b');
    const { status, stdout, stderr } = run('models/firewall.snk', '-o', target);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(`${target}/tables.json: 6 rules to forward, 4 with shared tags; 9 table entries in all\n`);
    expect(readTables(readFileSync(path.join(target, 'tables.json'), 'utf8')).ok).toBe(true);
  });
  it('writes OpenFlow entries, a Mininet script and pictures beside it', () => {
    const target = path.join(folder, 'all');
    expect(run('models/ring-2.snk', '-o', target).status).toBe(0);
    const files = readdirSync(target, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'));
    const flows = [0, 1].flatMap((set) => [1, 2, 3, 4].map((n) => `openflow/set-${set}/s${n}.flows`));
    for (const name of [...flows, 'mininet.py', 'topology.dot', 'transition-system.dot', 'event-structure.dot'])
      expect(files).toContain(name);
  });
  it('says what a back end leaves out, and writes the rest', () => {
    const file = path.join(folder, 'proto.snk');
    writeFileSync(file, 'host H1 @ 1:1; state [0]; policy pt=1; ip_proto<-6');
    const { status, stderr } = run(file, '-o', path.join(folder, 'proto'));
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: 'snk-verify: left out openflow: OpenFlow does not set ip_proto\n',
    });
  });
  it('says why a program is rejected, with exit status 2', () => {
    const { status, stderr } = run('models/figure-2b-nonlocal.snk', '-o', folder);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^snk-verify: models\/figure-2b-nonlocal\.snk.*: rejected \[nonlocal\]: /);
  });
  it('says what of the switches does not suffice, with exit status 3', () => {
    const file = path.join(folder, 'port.snk');
    writeFileSync(file, 'host H1 @ 1:512; state [0]; policy pt=512');
    const { status, stderr } = run(file, '-o', folder);
    expect(status).toBe(3);
    expect(stderr).toBe(`snk-verify: ${file}: no tables: port 1:512 is over 511, the last that switches have\n`);
  });
  it('says where it cannot write, with exit status 2', () => {
    const { status, stderr } = run('models/firewall.snk', '-o', path.join(root, 'package.json'));
    expect(status).toBe(2);
    expect(stderr).toMatch(/^snk-verify: cannot write /);
  });
});
