import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os, { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { deployed } from '../../src/replay/deployed.js';
import { pings } from '../../src/replay/live/pings.js';
import { livePlan } from '../../src/replay/live/plan.js';
import { bringUp, type LiveOptions } from '../../src/replay/live/up.js';
import { compile } from '../../src/verbs/compile.js';
import { orThrow } from '../../src/verbs/load.js';
import { hasNamespaces, inside, namespacesOf, sh, switchFolders } from './namespaces.js';
import { runnableModel } from './recorded.js';

const folder = mkdtempSync(path.join(tmpdir(), 'snk-live-'));
// Where drivers make their folders: other tests have theirs elsewhere.
vi.stubEnv('TMPDIR', folder);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => vi.restoreAllMocks());

/** A program that is taken for simple_switch. */
function pretend(name: string, script: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** Listens for Thrift, and does nothing with packets. */
const idle = pretend(
  'idle',
  `exec '${process.execPath}' ${path.join(import.meta.dirname, 'fake-switch.mjs')} hang "$@"`,
);
const ready = (model: string) => deployed(runnableModel(model, 'tagged').tables, 'tagged');
const options = (simpleSwitch: string, more: Partial<LiveOptions> = {}): LiveOptions => ({
  simpleSwitch,
  guard: () => () => undefined,
  owner: process.pid,
  node: process.execPath,
  ...more,
});

/** Why a network is not brought up; then nothing is left of it. */
async function failure(simpleSwitch: string, more: Partial<LiveOptions> = {}): Promise<string> {
  const before = namespacesOf(process.pid);
  const said = await bringUp(ready('firewall'), options(simpleSwitch, more)).then(
    () => 'it is up',
    (error: Error) => error.message,
  );
  expect(namespacesOf(process.pid)).toEqual(before);
  expect(switchFolders()).toEqual([]);
  return said;
}

describe('the plan of a network', () => {
  test('has the addresses that frames have, virtual ones too, and nothing speaks IPv6', () => {
    const { tables, framing } = ready('nat');
    const plan = livePlan(tables, framing, 7, true);
    if ('impossible' in plan) throw new Error('impossible');
    expect(plan.switches).toEqual([
      { id: 1, namespace: 'snk-7-switch-1', interfaces: ['1@p1', '2@p2'] },
      { id: 2, namespace: 'snk-7-switch-2', interfaces: ['1@p1', '2@p2', '3@p3'] },
    ]);
    expect(plan.batches[0]!.lines).toEqual([
      'link add p1 netns snk-7-switch-1 type veth peer name p1 netns snk-7-switch-2',
      'link add p2 netns snk-7-switch-1 type veth peer name eth0 netns snk-7-H1',
      'link add p2 netns snk-7-switch-2 type veth peer name eth0 netns snk-7-H2',
      'link add p3 netns snk-7-switch-2 type veth peer name eth0 netns snk-7-H3',
    ]);
    expect(plan.batches.find(({ namespace }) => namespace === 'snk-7-H2')!.lines).toEqual([
      'link set lo up',
      'link set eth0 addrgenmode none',
      'link set eth0 address 02:00:00:00:00:02',
      'link set eth0 mtu 1500',
      'link set eth0 up',
      'address add 10.0.0.2/32 dev eth0',
      'route add default dev eth0',
      'neighbour replace 10.0.0.1 lladdr 02:00:00:00:00:01 dev eth0',
      'neighbour replace 10.0.0.3 lladdr 02:00:00:00:00:03 dev eth0',
      'neighbour replace 10.0.0.100 lladdr 00:00:5e:00:53:01 dev eth0',
      'neighbour replace 192.0.2.1 lladdr 00:00:5e:00:53:01 dev eth0',
    ]);
    const old = livePlan(tables, framing, 7, false);
    expect(JSON.stringify(old)).not.toContain('addrgenmode');
  });

  test('a port with links to two others needs two cables, and is no network of ours', async () => {
    const text = `host H1 @ 1:9; host H2 @ 2:9; link 1:1 -> 2:1; link 2:1 -> 3:1; state [0];
      policy sw=1 & pt=9; pt<-1; (1:1)->(2:1); pt<-9`;
    const { tables } = orThrow(compile(text, 'turn.snk'));
    const turn = deployed(tables, 'tagged');
    await expect(bringUp(turn, options(idle))).rejects.toThrow('port 2:1 has links with 1:1 and with 3:1');
  });
});

describe('which pings get through', () => {
  test.each([
    ['firewall', [['H1>H4'], ['H1>H4', 'H4>H1']]],
    [
      'port-knocking',
      [
        ['H1>H4', 'H2>H4', 'H3>H4', 'H4>H1'],
        ['H1>H4', 'H2>H4', 'H3>H4', 'H4>H2'],
        ['H1>H4', 'H2>H4', 'H3>H4', 'H4>H3'],
      ],
    ],
    // What the virtual address stands for has another's MAC address, or another's IP address.
    ['nat', [['H2>H1'], ['H2>H1', 'H3>H1']]],
  ])('%s', async (model, expected) => {
    const found = await pings(ready(model));
    expect(found!.map(({ arriving }) => arriving.map((pair) => pair.join('>')))).toEqual(expected);
  });

  test.each([
    ['id', true],
    ['ip_dst<-10.0.0.9', false],
    ['eth_dst<-02:00:00:00:00:09', false],
    ['ip_proto=1', true],
    ['ip_proto=17', false],
    ['tcp_dst=80', false],
  ])('%s on the way: %s', async (way, expected) => {
    const text = `host H1 @ 1:1; host H2 @ 1:2; state [0]; policy pt=1; ${way}; pt<-2`;
    const { tables } = orThrow(compile(text, 'way.snk'));
    const found = await pings(deployed(tables, 'tagged'));
    expect(found).toEqual([{ events: [], arriving: expected ? [['H1', 'H2']] : [] }]);
  });
});

describe('a network cannot be brought up', () => {
  test('without Linux, ip, ethtool or simple_switch', async () => {
    const { PATH } = process.env;
    const bin = path.join(folder, 'bin');
    mkdirSync(bin);
    const lacking = async () => {
      process.env['PATH'] = bin;
      const said = await bringUp(ready('firewall'), options(`${folder}/none`)).catch((error: Error) => error.message);
      process.env['PATH'] = PATH;
      return said;
    };
    const there = (name: string) => symlinkSync(pretend(name, 'exit 0'), path.join(bin, name));
    expect(await lacking()).toBe('there is no `ip` (Debian has it in the package iproute2)');
    there('ip');
    expect(await lacking()).toBe('there is no `ethtool` (Debian has it in the package ethtool)');
    there('ethtool');
    expect(await lacking()).toBe(`there is no simple_switch: ${folder}/none cannot be run`);
    vi.spyOn(os, 'platform').mockReturnValue('darwin');
    expect(await lacking()).toBe("network namespaces are Linux's; this is darwin");
  });

  test.skipIf(!hasNamespaces)('with a switch that ends, or never listens', async () => {
    expect(await failure(pretend('ends', '[ "$1" = --version ] && exit; echo no such luck; exit 7'))).toMatch(
      /of switch \d: it ended with status 7/,
    );
    const patience = { start_ms: 300, answer_ms: 300, stop_ms: 300 };
    const hangs = pretend('hangs', `[ "$1" = --version ] && exit; echo $$ > ${folder}/pid-$$; exec sleep 60`);
    expect(await failure(hangs, { patience })).toMatch(/of switch \d: it does not listen/);
    expect(sh('sh', '-c', `kill -0 $(cat ${folder}/pid-*)`).status).not.toBe(0);
  });

  test.skipIf(!hasNamespaces)('where a namespace has the name of one of its own', async () => {
    const theirs = `snk-${process.pid}-H4`;
    sh('ip', 'netns', 'add', theirs);
    expect(await failure(idle)).toMatch(`there is a network namespace ${theirs} already`);
    expect(namespacesOf(process.pid)).toEqual([theirs]);
    sh('ip', 'netns', 'delete', theirs);
  });
});

describe.skipIf(!hasNamespaces)('a network that is up', () => {
  test('has links, and hosts with addresses that send whole frames; taken down, nothing is left', async () => {
    // A process that is gone: its number is in no /proc, for none is as high.
    const stale = 'snk-4194305-H1';
    sh('ip', 'netns', 'add', stale);
    const { hosts, switches, down } = await bringUp(ready('firewall'), options(idle));
    expect(switches).toBe('simple_switch 0.0.0-fake');
    expect(namespacesOf(4194305)).toEqual([]);
    const [h1] = hosts;
    const [s1, s4] = [1, 4].map((id) => `snk-${process.pid}-switch-${id}`) as [string, string];
    expect(h1).toMatchObject({ name: 'H1', at: '1:2', namespace: `snk-${process.pid}-H1` });
    expect(inside(h1!.namespace, 'ip', '-brief', 'address', 'show', 'eth0').stdout).toMatch(/UP +10\.0\.0\.1\/32 *$/m);
    expect(inside(h1!.namespace, 'ip', 'link', 'show', 'eth0').stdout).toMatch(/mtu 1500[\s\S]*02:00:00:00:00:01/);
    expect(inside(h1!.namespace, 'ip', 'neighbour').stdout).toMatch(/10\.0\.0\.4 .*02:00:00:00:00:04 PERMANENT/);
    expect(inside(h1!.namespace, 'ethtool', '-k', 'eth0').stdout).toMatch(
      /tx-checksumming: off[\s\S]*generic-segmentation-offload: off/,
    );
    expect(inside(s1, 'ip', '-brief', 'link').stdout).toMatch(/p1@\w+ +UP[\s\S]*p2@\w+ +UP/);
    // The link carries the largest packet of a host with the shim: 20 and 8 bytes are headers of this one.
    inside(s1, 'ip', 'address', 'add', '192.0.2.1/24', 'dev', 'p1');
    inside(s4, 'ip', 'address', 'add', '192.0.2.4/24', 'dev', 'p1');
    const ping = inside(s4, 'ping', '-c', '1', '-W', '2', '-M', 'do', '-s', `${1500 + 13 - 28}`, '192.0.2.1');
    expect(ping.stdout).toMatch('1 received');
    await down();
    expect(namespacesOf(process.pid)).toEqual([]);
    expect(switchFolders()).toEqual([]);
  });
});
