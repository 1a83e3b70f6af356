import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tablesOf } from '../../src/compiler/artefact.js';
import { compileTables } from '../../src/compiler/compile.js';
import { mininet } from '../../src/targets/mininet.js';
import { compilable, compilableModels, modelSource, origin } from '../compiler/compiled.js';

const hasPython = !spawnSync('python3', ['--version']).error;
if (!hasPython) console.warn('LEFT OUT: the Mininet scripts are not run, because there is no python3');

const folder = mkdtempSync(path.join(tmpdir(), 'snk-mininet-'));
afterAll(() => rmSync(folder, { recursive: true }));

const generate = (text: string) => mininet(tablesOf(compileTables(compilable(text)!), origin));
function scriptOf(text: string): string {
  const generated = generate(text);
  if (generated.kind === 'impossible') throw new Error(generated.why.join('; '));
  return generated.files[0]!.text;
}

/** Stands for Mininet: what the script builds and runs is printed, call by call. */
const standIn = `
import json, sys
class Mininet:
    def __init__(self, **options): print(json.dumps(["Mininet", sorted(options)]))
    def __getattr__(self, name):
        return lambda *a, **k: print(json.dumps([name, *a, *(["%s=%s" % e for e in sorted(k.items())])]))
CLI = lambda net: print(json.dumps(["CLI"]))
class OVSSwitch: pass
import subprocess
subprocess.check_call = lambda command: print(json.dumps(["run", *command]))
`;

/** The calls that a script makes. */
function callsOf(text: string, ...args: readonly string[]): unknown[][] {
  const library = path.join(folder, 'library/mininet');
  mkdirSync(library, { recursive: true });
  for (const name of ['__init__', 'cli', 'net', 'node']) writeFileSync(path.join(library, `${name}.py`), standIn);
  const script = path.join(folder, 'mininet.py');
  writeFileSync(script, text);
  const { status, stdout, stderr } = spawnSync('python3', [script, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], PYTHONPATH: path.dirname(library), PYTHONDONTWRITEBYTECODE: '1' },
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('['))
    .map((line) => JSON.parse(line));
}

describe.skipIf(!hasPython)('the Mininet script', () => {
  it.each(compilableModels)('of %s builds its topology, whose ports are all there once', (name) => {
    const { program } = compilable(modelSource(name))!;
    const { hosts, links, switches } = program.topology;
    const calls = callsOf(scriptOf(modelSource(name)));
    const named = (method: string) => calls.filter(([call]) => call === method);
    expect(named('addSwitch').map(([, id]) => id)).toEqual(switches.map((id) => `s${id}`));
    const addresses = (name: string) => program.addresses.get(name)!;
    expect(named('addHost').map(([, name, , ip, mac]) => [name, ip, mac])).toEqual(
      hosts.map(({ name }) => [name, `ip=${addresses(name).ip}/32`, `mac=${addresses(name).mac}`]),
    );
    const ends = named('addLink').flatMap(([, a, b, port1, port2]) => [
      `${a} ${port1}`,
      `${b} ${port2}`.replace('port2', 'port1'),
    ]);
    const expected = [
      ...hosts.flatMap(({ name, at }) => [`${name} port1=0`, `s${at.switch} port1=${at.port}`]),
      ...links.flatMap(({ from, to }) => [from, to].map((at) => `s${at.switch} port1=${at.port}`)),
    ];
    expect([...ends].sort()).toEqual([...new Set(expected)].sort());
  });
  it('loads the entries of the event-set that it is asked for, and stops the network in the end', () => {
    const calls = callsOf(scriptOf(modelSource('firewall')), '1');
    expect(calls.slice(-6)).toEqual([
      ['start'],
      ['run', 'ovs-vsctl', 'set', 'Open_vSwitch', '.', 'other_config:vlan-limit=1'],
      ...['s1', 's4'].map((name) => {
        const flows = path.join(folder, `openflow/set-1/${name}.flows`);
        return ['run', 'ovs-ofctl', '-O', 'OpenFlow13', 'replace-flows', name, flows];
      }),
      ['CLI'],
      ['stop'],
    ]);
  });
  it('knows only the event-sets that there are', () => {
    expect(() => callsOf(scriptOf(modelSource('firewall')), '2')).toThrow('there are event-sets 0 to 1');
  });
});

describe('mininet', () => {
  it('says where links are no cables', () => {
    const text = 'host H1 @ 1:2; link 1:1 -> 2:1; link 3:1 -> 1:1; state [0]; policy pt=2';
    expect(generate(text)).toEqual({
      kind: 'impossible',
      why: ['port 1:1 has links with 2:1 and with 3:1, which no one cable does'],
    });
  });
});
