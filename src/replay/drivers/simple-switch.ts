import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { controlBytes, readControl } from '../../targets/control-frame.js';
import { controllerPort } from '../../targets/layout.js';
import {
  type Driver,
  type Fleet,
  type Guard,
  type Leaving,
  type Observation,
  SwitchFailed,
  type SwitchSetup,
} from './driver.js';
import { configureGroups, defaultPatience, freePort, type Patience, startProcess } from './switch-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { connectTo } from './thrift.js';
import type { Wire, WireKind } from './wire.js';

/** How often to start a switch: a port that was free may be taken before the switch has it. */
const startAttempts = 3;

/** The first serial of barriers, which the serials of the controller's own questions never reach. */
const firstBarrier = 2 ** 32;

/** Which simple_switch, and how it is driven. */
export interface SimpleSwitch {
  readonly file: string;
  readonly version: string;
  readonly wire: WireKind;
  readonly guard: Guard;
  readonly patience?: Patience;
  /** Finds a port for Thrift. */
  readonly findPort?: () => Promise<number>;
}

/** BMv2's simple_switch, a process each: no root, no network interfaces. */
export const simpleSwitchDriver = (which: SimpleSwitch): Driver => ({
  name: `simple_switch ${which.version}${which.wire.name}`,
  start: async (setups) => {
    const folder = temporaryFolder(which.guard);
    const processes: RunningSwitch[] = [];
    const stop = async (): Promise<void> => {
      await Promise.all(processes.map((running) => running.stop()));
      folder.remove();
    };
    try {
      const started = await Promise.allSettled(
        setups.map(async (setup) => {
          const running = await startWithFreePort(which, folder.path, setup);
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

async function startWithFreePort(which: SimpleSwitch, folder: string, setup: SwitchSetup): Promise<RunningSwitch> {
  const findPort = which.findPort ?? freePort;
  for (let attempt = 1; ; attempt++) {
    try {
      return await startSwitch(which, path.join(folder, `${setup.id}-${attempt}`), setup, await findPort());
    } catch (error) {
      const isTaken =
        error instanceof SwitchFailed && error.log.some((line) => line.includes('Address already in use'));
      if (!isTaken || attempt === startAttempts) throw error;
    }
  }
}

/** One switch: `base` is where its files are, up to their endings. @throws SwitchFailed */
async function startSwitch(
  { file, wire: kind, guard, patience = defaultPatience }: SimpleSwitch,
  base: string,
  { id, program, groups, ports }: SwitchSetup,
  thriftPort: number,
): Promise<RunningSwitch> {
  writeFileSync(`${base}.json`, JSON.stringify(program));
  const laid = kind.lay(base, [...ports, controllerPort]);
  const running = startProcess({ file, id, base, thriftPort, options: laid.options, guard, patience });
  const received: Leaving[] = [];
  let wake: () => void = () => undefined;
  void running.hasEnded.then(() => wake());
  let wire: Wire | undefined;
  const stop = async (): Promise<void> => {
    (wire?.close ?? laid.abandon)();
    await running.stop();
  };
  const left = (leaving: Leaving): void => {
    received.push(leaving);
    wake();
  };
  try {
    wire = await running.retry(() => laid.connect({ left, closed: () => wake() }));
    await configureGroups(running, () => connectTo(thriftPort), groups, patience);
  } catch (error) {
    await stop();
    throw error;
  }
  const { send, poll, pollInterval_ms } = wire;

  let serial = firstBarrier;
  /** Lockstep: behind the frame goes a barrier for each port; when all are back, whatever was before them is here. */
  const take = async (port: number, frame: Uint8Array): Promise<Observation> => {
    running.readLog();
    serial++;
    const barriers = [...ports, controllerPort].map((leaving) => ({
      port: controllerPort,
      frame: controlBytes({ operation: 'answer', port: leaving, value: 0n, serial }),
    }));
    send([{ port, frame }, ...barriers]);
    const isBarrier = ({ frame: bytes }: Leaving): boolean => {
      const control = readControl(bytes);
      return control?.operation === 'answer' && control.serial === serial && control.inner === undefined;
    };
    const deadline = performance.now() + patience.answer_ms;
    for (;;) {
      poll();
      if (received.filter(isBarrier).length >= barriers.length) break;
      const why = running.ended();
      if (why !== undefined) throw running.fail(why);
      if (performance.now() > deadline) throw running.fail(`it does not answer within ${patience.answer_ms / 1000} s`);
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, pollInterval_ms).unref();
      });
    }
    const outputs = received.filter((leaving) => !isBarrier(leaving));
    received.length = 0;
    // The switch's threads hand packets over in any order, but keep the order of each port.
    return {
      outputs: outputs.sort((a, b) => a.port - b.port),
      log: running.readLog(),
    };
  };
  return { take, stop };
}
