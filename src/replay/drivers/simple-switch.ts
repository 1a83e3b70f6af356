import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { controlBytes, readControl } from '../../compiler/backends/control-frame.js';
import { controllerPort } from '../../compiler/backends/layout.js';
import {
  type Driver,
  type Fleet,
  type Guard,
  type Leaving,
  type Observation,
  SwitchFailed,
  type SwitchSetup,
} from './driver.js';
import { connectPair, type PairSocket } from './nanomsg.js';
import { thriftClient } from './thrift.js';

/** How long to wait, in milliseconds: for a switch to listen, for it to answer, for it to end before it is killed. */
const patience_ms = { start: 10_000, answer: 5_000, stop: 1_000 } as const;
const pollInterval_ms = 5;
/** A port that was free may be taken before the switch has it. */
const startAttempts = 3;
const keptLogLines = 100;

/** Serials of barriers, where those of the controller's own questions do not come. */
const firstBarrier = 2 ** 32;

/** Kinds of message on the `--packet-in` socket. */
const packetIn = 3;
const packetOut = 4;

/** The version of a simple_switch; undefined if there is none there. */
export function simpleSwitchVersion(file: string): string | undefined {
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: patience_ms.start });
  return status === 0 ? stdout.trim() : undefined;
}

/** BMv2's simple_switch, a process each, driven over `--packet-in`: no root, no network interfaces. */
export const simpleSwitchDriver = (file: string, version: string, guard: Guard): Driver => ({
  name: `simple_switch ${version}`,
  start: async (setups) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'snk-replay-'));
    const processes: RunningSwitch[] = [];
    const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
    const release = guard(removeFolder);
    const stop = async (): Promise<void> => {
      await Promise.all(processes.map((running) => running.stop()));
      removeFolder();
      release();
    };
    try {
      const started = await Promise.allSettled(
        setups.map(async (setup) => {
          const running = await startWithFreePort(file, folder, setup, guard);
          processes.push(running);
          return [setup.id, running] as const;
        }),
      );
      const failed = started.find((outcome) => outcome.status === 'rejected');
      if (failed) throw failed.reason;
      const byId = new Map(started.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])));
      const take: Fleet['take'] = async (id, port, frame) => {
        const running = byId.get(id);
        if (!running) throw new SwitchFailed(`switch ${id} was not started`);
        return running.take(port, frame);
      };
      return { take, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  },
});

interface RunningSwitch {
  readonly take: (port: number, frame: Uint8Array) => Promise<Observation>;
  readonly stop: () => Promise<void>;
}

async function startWithFreePort(
  file: string,
  folder: string,
  setup: SwitchSetup,
  guard: Guard,
): Promise<RunningSwitch> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startSwitch(file, path.join(folder, `${setup.id}-${attempt}`), setup, await freePort(), guard);
    } catch (error) {
      const isTaken =
        error instanceof SwitchFailed && error.log.some((line) => line.includes('Address already in use'));
      if (!isTaken || attempt === startAttempts) throw error;
    }
  }
}

/** One switch: `base` is where its files are, up to their endings. @throws SwitchFailed */
async function startSwitch(
  file: string,
  base: string,
  setup: SwitchSetup,
  thriftPort: number,
  guard: Guard,
): Promise<RunningSwitch> {
  const { id, program, groups, ports } = setup;
  writeFileSync(`${base}.json`, JSON.stringify(program));
  const options = [
    ...['--log-file', `${base}.log`, '--log-flush', '--thrift-port', `${thriftPort}`, '--device-id', `${id}`],
    ...['--notifications-addr', `ipc://${base}.n`, '--packet-in', `ipc://${base}.p`, `${base}.json`],
  ];
  // The kernel ends the switch with us, however we end.
  const withUs = existsSync('/usr/bin/setpriv') ? ['setpriv', '--pdeathsig', 'KILL', '--'] : [];
  const [command, ...args] = [...withUs, file, ...options];
  const child = spawn(command!, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const release = guard(() => child.kill('SIGKILL'));
  const said: string[] = [];
  const hear = (data: Buffer): number => said.push(...linesOf(data.toString()));
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  // What it does with packets is not printed, but written to a file, at once.
  const readLog = logReader(`${base}.log.txt`);
  let ended: string | undefined;
  const hasEnded = new Promise<void>((resolve) => {
    const end = (why: string): void => {
      ended = why;
      resolve();
    };
    child.on('error', (error) => end(error.message));
    child.on('exit', (code, signal) => end(signal ? `it was ended by ${signal}` : `it ended with status ${code}`));
  });
  const fail = (problem: string): SwitchFailed =>
    new SwitchFailed(`simple_switch of switch ${id}: ${problem}`, [...readLog(), ...said].slice(-keptLogLines));

  const received: Leaving[] = [];
  let wake: () => void = () => undefined;
  void hasEnded.then(() => wake());
  const onMessage = (message: Buffer): void => {
    if (message.readInt32LE(0) !== packetOut) return;
    received.push({ port: message.readInt32LE(4), frame: Uint8Array.from(message.subarray(12)) });
    wake();
  };
  const stop = async (): Promise<void> => {
    socket?.close();
    await endProcess(child, hasEnded, () => ended !== undefined);
    release();
  };
  let socket: PairSocket | undefined;
  try {
    const deadline = performance.now() + patience_ms.start;
    const retry = async <T>(act: () => Promise<T>): Promise<T> => {
      for (;;) {
        try {
          return await act();
        } catch (error) {
          if (ended !== undefined) throw fail(ended);
          if (performance.now() > deadline) throw fail(`it does not listen: ${(error as Error).message}`);
          await sleep(pollInterval_ms);
        }
      }
    };
    socket = await retry(() => connectPair(`${base}.p`, { message: onMessage, closed: () => wake() }));
    // It takes packets before it has its Thrift port; without that, it ends.
    const thrift = await retry(() => thriftClient(thriftPort, 'simple_pre_lag'));
    for (const { group, nodes } of groups) {
      const handle = await thrift.call('bm_mc_mgrp_create', [0, group]);
      for (const { rid, port } of nodes) {
        // A map of ports is a text of bits, port 0 last.
        const node = await thrift.call('bm_mc_node_create', [0, rid, `1${'0'.repeat(port)}`, '']);
        await thrift.call('bm_mc_node_associate', [0, handle, node]);
      }
    }
    thrift.close();
  } catch (error) {
    await stop();
    throw error instanceof SwitchFailed ? error : fail((error as Error).message);
  }
  const pair = socket;
  const send = (port: number, frame: Uint8Array): void => {
    const header = Buffer.alloc(12);
    header.writeInt32LE(packetIn, 0);
    header.writeInt32LE(port, 4);
    header.writeInt32LE(frame.length, 8);
    pair.send(Buffer.concat([header, frame]));
  };

  let serial = firstBarrier;
  /** Lockstep: behind the frame goes a barrier for each port; when all are back, whatever was before them is here. */
  const take = async (port: number, frame: Uint8Array): Promise<Observation> => {
    readLog();
    serial++;
    send(port, frame);
    const barriers = [...ports, controllerPort];
    for (const leaving of barriers)
      send(controllerPort, controlBytes({ operation: 'answer', port: leaving, value: 0n, serial }));
    const isBarrier = ({ frame: bytes }: Leaving): boolean => {
      const control = readControl(bytes);
      return control?.operation === 'answer' && control.serial === serial && control.inner === undefined;
    };
    const deadline = performance.now() + patience_ms.answer;
    while (received.filter(isBarrier).length < barriers.length) {
      if (ended !== undefined) throw fail(ended);
      if (performance.now() > deadline) throw fail(`it does not answer within ${patience_ms.answer / 1000} s`);
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, 50).unref();
      });
    }
    const outputs = received.filter((leaving) => !isBarrier(leaving));
    received.length = 0;
    // Its threads hand packets over in any order; of one port they keep it.
    return {
      outputs: outputs.sort((a, b) => a.port - b.port),
      log: readLog(),
    };
  };
  return { take, stop };
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

async function endProcess(child: ChildProcess, hasEnded: Promise<void>, isOver: () => boolean): Promise<void> {
  if (isOver()) return;
  child.kill('SIGTERM');
  await Promise.race([hasEnded, sleep(patience_ms.stop)]);
  if (isOver()) return;
  child.kill('SIGKILL');
  await hasEnded;
}

/** A port of this machine on which nobody listens. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    // simple_switch listens on all interfaces; so must whoever wants to know whether it can.
    server.listen(0, () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
