import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { pcapBytes, pcapRecord, readPcapRecords } from '../../frames/pcap.js';
import { controlBytes } from '../../targets/control-frame.js';
import { controllerPort } from '../../targets/layout.js';
import { SwitchFailed } from './driver.js';
import type { WireKind } from './wire.js';

const pollInterval_ms = 1;

/** A frame that every port but the controller's refuses, whatever program runs: a question of the controller. */
const filler = controlBytes({ operation: 'answer', port: controllerPort, value: 0n, serial: 0 });

/**
 * simple_switch's `--use-files`: captures in, captures out. It merges the inputs of all ports by their times, so that
 * it must know the next packet of each before it takes any. The inputs are named pipes here, so that one process can be
 * asked step by step: with every step each port except the controller's gets one more frame, which has the next step's
 * time and which the switch refuses; at the controller's port the switch waits for us.
 */
export const pcapFilesWire: WireKind = {
  name: ' (pcap files)',
  lay: (base, allPorts) => {
    const others = allPorts.filter((port) => port !== controllerPort);
    const ports = [...others, controllerPort];
    const inputs = ports.map((port) => `${base}.s${port}_in.pcap`);
    const { status, error, stderr } = spawnSync('mkfifo', ['-m', '600', ...inputs], { encoding: 'utf8' });
    if (status !== 0)
      throw new SwitchFailed(`named pipes cannot be made by mkfifo: ${error?.message ?? stderr.trim()}`);
    // Each pipe is opened for reading and writing, so that opening it waits for no other side.
    const pipes = new Map(ports.map((port, i) => [port, openSync(inputs[i]!, 'r+')]));
    const write = (port: number, bytes: Uint8Array): void => {
      const pipe = pipes.get(port);
      if (pipe === undefined) throw new SwitchFailed(`nothing is at port ${port}`);
      writeSync(pipe, bytes);
    };
    const close = (): void => {
      for (const pipe of pipes.values()) closeSync(pipe);
      pipes.clear();
    };
    let second = 0;
    for (const port of ports) write(port, pcapBytes([]));
    for (const port of others) write(port, pcapRecord({ second, frame: filler }));
    return {
      options: ['--use-files', '0', ...ports.flatMap((port) => ['-i', `${port}@${base}.s${port}`])],
      connect: async ({ left }) => {
        const outputs = ports.map((port) => ({ port, file: `${base}.s${port}_out.pcap`, read: 0 }));
        if (!outputs.every(({ file }) => existsSync(file))) throw new Error('it has not opened its files');
        return {
          send: (frames) => {
            for (const { port, frame } of frames) write(port, pcapRecord({ second: ++second, frame }));
            second++;
            for (const port of others) write(port, pcapRecord({ second, frame: filler }));
          },
          poll: () => {
            for (const output of outputs) {
              const records = readPcapRecords(readFileSync(output.file));
              for (const { frame } of records.slice(output.read)) left({ port: output.port, frame });
              output.read = records.length;
            }
          },
          pollInterval_ms,
          close,
        };
      },
      abandon: close,
    };
  },
};
