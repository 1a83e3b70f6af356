import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MulticastGroup } from '../../targets/bmv2/bmv2.js';
import { type Guard, SwitchFailed } from './driver.js';
import { thriftClient } from './thrift.js';

/** How long to wait, in milliseconds: for a switch to listen, for it to answer, for it to end before it is killed. */
export interface Patience {
  readonly start_ms: number;
  readonly answer_ms: number;
  readonly stop_ms: number;
}

export const defaultPatience: Patience = { start_ms: 10_000, answer_ms: 5_000, stop_ms: 1_000 };

const pollInterval_ms = 5;

/** What simple_switch's log says (from level `info` on) once the switch has its Thrift port. */
const thriftStarted = 'Thrift server was started';

const keptLogLines = 100;

/** The version of a simple_switch; undefined if there is none there. */
export function simpleSwitchVersion(file: string): string | undefined {
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: defaultPatience.start_ms });
  return status === 0 ? stdout.trim() : undefined;
}

/** What a simple_switch is started with, whichever wire its packets take. */
export interface ProcessSetup {
  readonly file: string;
  /** Its number, for messages and as its device id. */
  readonly id: number;
  /** Where its files are, up to their endings; its program is at `BASE.json`. */
  readonly base: string;
  readonly thriftPort: number;
  /** How packets come and go: options of simple_switch. */
  readonly options: readonly string[];
  /** The command that runs it, such as `ip netns exec NAME`; usually none. */
  readonly within?: readonly string[];
  readonly guard: Guard;
  readonly patience: Patience;
}

/** A simple_switch that has been started. */
export interface SwitchProcess {
  /** Why the process has ended; undefined while it runs. */
  readonly ended: () => string | undefined;
  readonly hasEnded: Promise<void>;
  /** The lines of its log since the last call. */
  readonly readLog: () => string[];
  /** Whether it has its Thrift port, before the log is read: whoever answers there may be somebody else. */
  readonly hasThriftPort: () => boolean;
  readonly fail: (problem: string) => SwitchFailed;
  /** Tries again until it works, the process ends, or patience does. @throws SwitchFailed */
  readonly retry: <T>(act: () => Promise<T>) => Promise<T>;
  readonly stop: () => Promise<void>;
}

/** Starts a simple_switch. It ends with us, however we end, where Linux's setpriv is. */
export function startProcess(setup: ProcessSetup): SwitchProcess {
  const { file, id, base, thriftPort, guard, patience, within = [] } = setup;
  const options = [
    ...['--log-file', `${base}.log`, '--log-flush', '--thrift-port', `${thriftPort}`, '--device-id', `${id}`],
    ...['--notifications-addr', `ipc://${base}.n`, ...setup.options, `${base}.json`],
  ];
  const withUs = existsSync('/usr/bin/setpriv') ? ['setpriv', '--pdeathsig', 'KILL', '--'] : [];
  const [command, ...args] = [...within, ...withUs, file, ...options];
  // A group of its own: Ctrl-C, which a terminal sends to all of ours, would end it before we know why.
  const child = spawn(command!, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const release = guard(() => child.kill('SIGKILL'));
  const said: string[] = [];
  const hear = (data: Buffer): void => {
    for (const line of linesOf(data.toString())) said.push(line);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  // What it does with packets is not printed, but written to a file, at once.
  const freshLines = logReader(`${base}.log.txt`);
  const unread: string[] = [];
  const readLog = (): string[] => {
    for (const one of freshLines()) unread.push(one);
    return unread.splice(0);
  };
  const hasThriftPort = (): boolean => {
    for (const one of freshLines()) unread.push(one);
    return unread.some((line) => line.includes(thriftStarted));
  };
  let why: string | undefined;
  const ended = (): string | undefined => why;
  const hasEnded = new Promise<void>((resolve) => {
    const end = (reason: string): void => {
      why = reason;
      resolve();
    };
    child.on('error', (error) => end(error.message));
    child.on('exit', (code, signal) => {
      const reason = signal ? `it was ended by ${signal}` : `it ended with status ${code}`;
      // What it said last (that its port is taken) may still be in the pipes, which somebody else may keep open.
      child.on('close', () => end(reason));
      setTimeout(() => end(reason), patience.stop_ms).unref();
    });
  });
  const fail = (problem: string): SwitchFailed =>
    new SwitchFailed(`simple_switch of switch ${id}: ${problem}`, [...readLog(), ...said].slice(-keptLogLines));
  const deadline = performance.now() + patience.start_ms;
  const retry = async <T>(act: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await act();
      } catch (error) {
        if (why !== undefined) throw fail(why);
        if (performance.now() > deadline) throw fail(`it does not listen: ${(error as Error).message}`);
        await sleep(pollInterval_ms);
      }
    }
  };
  const stop = async (): Promise<void> => {
    await endProcess(child, hasEnded, () => why !== undefined, patience.stop_ms);
    release();
  };
  return { ended, hasEnded, readLog, hasThriftPort, fail, retry, stop };
}

/**
 * Tells a switch of its multicast groups, which cannot stand in its JSON.
 * @param connect makes a connection to its Thrift port @throws SwitchFailed
 */
export async function configureGroups(
  { retry, fail, hasThriftPort }: Pick<SwitchProcess, 'retry' | 'fail' | 'hasThriftPort'>,
  connect: () => Promise<Duplex>,
  groups: readonly MulticastGroup[],
  { answer_ms }: Patience,
): Promise<void> {
  // The switch takes packets before it has its Thrift port, and ends if it cannot have it. So we wait for the port even
  // if there are no groups.
  const stream = await retry(async () => {
    if (!hasThriftPort()) throw new Error('it has no Thrift port yet');
    return connect();
  });
  const thrift = thriftClient(stream, 'simple_pre_lag');
  const call: typeof thrift.call = (name, args) =>
    Promise.race([
      thrift.call(name, args),
      sleep(answer_ms, undefined, { ref: false }).then(() => {
        throw new Error(`it does not answer within ${answer_ms / 1000} s`);
      }),
    ]);
  try {
    for (const { group, nodes } of groups) {
      const handle = await call('bm_mc_mgrp_create', [0, group]);
      for (const { rid, port } of nodes) {
        // A map of ports is a text of bits, port 0 last.
        const node = await call('bm_mc_node_create', [0, rid, `1${'0'.repeat(port)}`, '']);
        await call('bm_mc_node_associate', [0, handle, node]);
      }
    }
  } catch (error) {
    throw fail(`it does not take its multicast groups: ${(error as Error).message}`);
  } finally {
    thrift.close();
  }
}

/** Reads what has been written to a log since it was read last. */
function logReader(file: string): () => string[] {
  let at = 0;
  return () => {
    if (!existsSync(file)) return [];
    const log = openSync(file, 'r');
    try {
      const { size } = fstatSync(log);
      // Past some megabytes simple_switch begins a new file under the same name.
      if (size < at) at = 0;
      const fresh = Buffer.alloc(size - at);
      at += readSync(log, fresh, 0, fresh.length, at);
      return linesOf(fresh.toString());
    } finally {
      closeSync(log);
    }
  };
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

async function endProcess(
  child: ChildProcess,
  hasEnded: Promise<void>,
  isOver: () => boolean,
  patience_ms: number,
): Promise<void> {
  if (isOver()) return;
  child.kill('SIGTERM');
  // The timer does not keep our process alive once the switch has ended: otherwise every command would end that much
  // later.
  await Promise.race([hasEnded, sleep(patience_ms, undefined, { ref: false })]);
  if (isOver()) return;
  child.kill('SIGKILL');
  await hasEnded;
}

/** A port of this machine on which nobody listens. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    // simple_switch listens on all interfaces, so we try the port on all of them.
    server.listen(0, () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
