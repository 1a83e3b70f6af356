import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { root } from '../conformance/expectation.js';
import { hasNamespaces, inside, namespacesOf, sh, switchFolders } from '../replay/namespaces.js';
import { realSwitch } from '../replay/recorded.js';
import { buildCommandLine, entry, run, snkVerify } from './command-line.js';

const folder = mkdtempSync(path.join(tmpdir(), 'snk-up-'));
const temporary = path.join(folder, 'tmp');
mkdirSync(temporary);
process.env['TMPDIR'] = temporary;
beforeAll(buildCommandLine);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that is taken for simple_switch. */
function pretend(name: string, script: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

/** Listens for Thrift, and does nothing with packets; writes its process's number down. */
const idle = pretend(
  'idle',
  `[ "$1" = --version ] || echo $$ >> ${folder}/pids
   exec '${process.execPath}' ${path.join(root, 'test/replay/fake-switch.mjs')} hang "$@"`,
);

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGINT');
  running.clear();
});

/** The verb `up`, as soon as it has said that it is ready. */
async function started(simpleSwitch: string, model = 'firewall') {
  const args = [entry, 'up', `models/${model}.snk`, '--simple-switch', simpleSwitch];
  const child = spawn(process.execPath, args, { cwd: root, detached: true });
  running.add(child);
  let said = '';
  const hear = (data: Buffer) => {
    said += data.toString();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = once(child, 'exit').then(([status, signal]) => status ?? signal);
  await Promise.race([vi.waitFor(() => expect(said).toContain('Ctrl-C takes it down.'), 20_000), ended]);
  /** To all processes of its group, as a terminal sends Ctrl-C. */
  const signal = (name: NodeJS.Signals) => process.kill(-child.pid!, name);
  return { signal, pid: child.pid!, said: () => said, ended };
}

const isAlive = (pid: string): boolean => sh('kill', '-0', pid).status === 0;
const numbersOf = (): string[] => sh('cat', `${folder}/pids`).stdout.trim().split('\n');

describe.skipIf(!hasNamespaces)('snk-verify up', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('says how to use it, and on %s takes all down', async (name) => {
    const { signal, pid, said, ended } = await started(idle);
    expect(said().replaceAll(`${pid}`, 'PID').split('\n')).toEqual([
      'models/firewall.snk is up on simple_switch 0.0.0-fake. There is no controller: switches learn of events from packets.',
      '  H1  10.0.0.1         at 1:2: ip netns exec snk-PID-H1 …',
      '  H4  10.0.0.4         at 4:2: ip netns exec snk-PID-H4 …',
      'Requests of ping that arrive, by the events that have happened (try ip netns exec snk-PID-H1 ping 10.0.0.4):',
      '  {}  H1 -> H4',
      '  {e0}  H1 -> H4, H4 -> H1',
      '  e0 is: ip_dst=H4 arrives at 4:1',
      'Ctrl-C takes it down.',
      '',
    ]);
    expect(namespacesOf(pid).length).toBe(4);
    signal(name);
    expect(await ended).toBe(0);
    expect(namespacesOf(pid)).toEqual([]);
    expect(switchFolders()).toEqual([]);
    expect(numbersOf().filter(isAlive)).toEqual([]);
  });

  test('interrupted before it is up, it leaves nothing either', async () => {
    const silent = pretend('silent', '[ "$1" = --version ] && exit; exec sleep 60');
    const child = spawn(process.execPath, [entry, 'up', 'models/firewall.snk', '--simple-switch', silent], {
      cwd: root,
    });
    await vi.waitFor(() => expect(namespacesOf(child.pid!).length).toBe(4), 20_000);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([null, 'SIGTERM']);
    expect(namespacesOf(child.pid!)).toEqual([]);
    await vi.waitFor(() => expect(switchFolders()).toEqual([]), 5_000);
  });

  test('what SIGKILL leaves, the next one removes; switches end at once', async () => {
    const first = await started(idle);
    first.signal('SIGKILL');
    await first.ended;
    await vi.waitFor(() => expect(numbersOf().filter(isAlive)).toEqual([]), 5_000);
    const second = await started(idle);
    expect(namespacesOf(first.pid)).toEqual([]);
    second.signal('SIGINT');
    expect(await second.ended).toBe(0);
  });

  test('a switch that ends is said so, and takes the network down: exit status 3', async () => {
    const { pid, said, ended } = await started(idle);
    sh('kill', '-9', numbersOf().at(-1)!);
    expect(await ended).toBe(3);
    expect(said()).toMatch(/snk-verify: simple_switch of switch \d: it was ended by SIGKILL; the network is down\n$/);
    expect(namespacesOf(pid)).toEqual([]);
  });

  test('without the right to make namespaces: a message, and exit status 2', async () => {
    const powerless = ['--bounding-set=-all', '--inh-caps=-all', '--', process.execPath, entry];
    const { status, stderr } = await run(
      'setpriv',
      [...powerless, 'up', 'models/firewall.snk', '--simple-switch', idle],
      {
        cwd: root,
      },
    );
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('network namespaces may not be made here: run it as root'),
    ]);
  });
});

test('what is no program, is rejected, or has no simple_switch: a message, and exit status 2', async () => {
  const missing = ['--simple-switch', `${folder}/none`];
  writeFileSync(path.join(folder, 'empty.snk'), 'state [0]; policy true');
  const cases: [string[], RegExp][] = [
    [['up', path.join(folder, 'empty.snk'), ...missing], /empty.snk: the program has no switches: there is nothing to/],
    [['up', 'nosuch.snk'], /^snk-verify: cannot read nosuch.snk: there is no such file\n$/],
    [['up', 'models/figure-2c.snk', ...missing], /rejected \[incomplete\]/],
    [['up', 'test/conformance/programs/syntax_error.snk', ...missing], /syntax/],
    [['up', 'models/firewall.snk', ...missing], /^snk-verify: models\/firewall.snk: there is no (simple_switch|`)/],
  ];
  for (const [args, message] of cases) {
    const { status, stderr } = await snkVerify(args, { cwd: root });
    expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
  }
});

describe.skipIf(!hasNamespaces || !realSwitch)('on simple_switch, with hosts', () => {
  const pings = (from: string, ip: string): boolean =>
    inside(from, 'ping', '-c', '2', '-i', '0.2', '-W', '1', ip).status === 0;

  test('the firewall lets H4 in once H1 has spoken to it', async () => {
    const { signal, pid, said, ended } = await started(realSwitch!);
    const host = (name: string) => `snk-${pid}-${name}`;
    expect(said()).toMatch(/is up on simple_switch \d/);
    expect(pings(host('H4'), '10.0.0.1')).toBe(false);
    expect(pings(host('H1'), '10.0.0.4')).toBe(true);
    expect(pings(host('H4'), '10.0.0.1')).toBe(true);
    signal('SIGINT');
    expect(await ended).toBe(0);
  });

  test('port knocking lets H4 through to H3 after two knocks, and to no other then', async () => {
    const { pid } = await started(realSwitch!, 'port-knocking');
    const reaches = (...ips: readonly string[]) => ips.filter((ip) => pings(`snk-${pid}-H4`, ip));
    expect(reaches('10.0.0.3', '10.0.0.2')).toEqual([]);
    expect(reaches('10.0.0.1', '10.0.0.1')).toEqual(['10.0.0.1']);
    expect(reaches('10.0.0.3')).toEqual([]);
    expect(reaches('10.0.0.2')).toEqual(['10.0.0.2']);
    expect(reaches('10.0.0.1', '10.0.0.2', '10.0.0.3')).toEqual(['10.0.0.3']);
  });

  test('iperf carries TCP and UDP, and every checksum that arrives is right', async () => {
    const { pid } = await started(realSwitch!);
    const [h1, h4] = [`snk-${pid}-H1`, `snk-${pid}-H4`];
    for (const more of [[], ['-u', '-b', '2M', '-l', '1400']]) {
      const server = spawn('ip', ['netns', 'exec', h4, 'iperf3', '-s', '-1'], { stdio: 'ignore' });
      const received = await vi.waitFor(() => {
        const { status, stdout } = inside(h1, 'iperf3', '-c', '10.0.0.4', '-t', '2', '-J', ...more);
        expect(status, stdout).toBe(0);
        const { end } = JSON.parse(stdout) as {
          end: Record<string, Record<'bytes' | 'packets' | 'lost_packets', number>>;
        };
        // Of UDP it is said how many packets have come.
        const { sum, sum_received } = end;
        return sum_received?.bytes ?? (sum!.packets - sum!.lost_packets) * 1400;
      }, 10_000);
      server.kill();
      expect(received).toBeGreaterThan(300_000);
    }
    for (const host of [h1, h4]) {
      const counters = inside(host, 'cat', '/proc/net/snmp').stdout.split('\n');
      for (const kind of ['Tcp', 'Udp']) {
        const [names, values] = counters.filter((line) => line.startsWith(`${kind}:`)).map((line) => line.split(' '));
        expect(values![names!.indexOf('InCsumErrors')], `${host} ${kind}`).toBe('0');
      }
    }
  });
});
