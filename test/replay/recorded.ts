import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Semantics } from '../../src/execution/execution.js';
import { showBytes } from '../../src/frames/bytes.js';
import type { Driver } from '../../src/replay/drivers/driver.js';
import { embeddedDriver } from '../../src/replay/drivers/embedded.js';
import { packetInWire } from '../../src/replay/drivers/packet-in.js';
import { pcapFilesWire } from '../../src/replay/drivers/pcap-files.js';
import { simpleSwitchDriver } from '../../src/replay/drivers/simple-switch.js';
import { simpleSwitchVersion } from '../../src/replay/drivers/switch-process.js';
import { load, orThrow, type Runnable, runnable } from '../../src/verbs/load.js';
import { modelFile } from '../models/models.js';

/** What went into a switch and what came out, by port; frames in hexadecimal. */
export interface RecordedExchange {
  readonly switch: number;
  readonly port: number;
  readonly frame: string;
  readonly outputs: readonly (readonly [port: number, frame: string])[];
}

/** Everything that a driver's switches were given and gave, from now on. */
export function recording(driver: Driver): { readonly driver: Driver; readonly exchanges: RecordedExchange[] } {
  const exchanges: RecordedExchange[] = [];
  const recorded: Driver = {
    name: driver.name,
    start: async (setups) => {
      const fleet = await driver.start(setups);
      return {
        ...fleet,
        take: async (id, port, frame) => {
          const observation = await fleet.take(id, port, frame);
          exchanges.push({
            switch: id,
            port,
            frame: showBytes(frame),
            outputs: sorted(observation.outputs.map((o) => [o.port, showBytes(o.frame)] as const)),
          });
          return observation;
        },
      };
    },
  };
  return { driver: recorded, exchanges };
}

/** The order of ports says nothing. */
export const sorted = (outputs: readonly (readonly [number, string])[]): (readonly [number, string])[] =>
  [...outputs].sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1));

/** A simple_switch on this machine: on the PATH, or named by SIMPLE_SWITCH. */
const file = process.env['SIMPLE_SWITCH'] ?? 'simple_switch';
const version = simpleSwitchVersion(file);
const guard = () => () => undefined;
const realDrivers =
  version === undefined
    ? []
    : [packetInWire, pcapFilesWire].map((wire) => simpleSwitchDriver({ file, version, guard, wire }));
if (version === undefined)
  console.warn('LEFT OUT: there is no simple_switch on this machine; the embedded interpreter alone runs the programs');

/** Its file; undefined if there is none. */
export const realSwitch = version === undefined ? undefined : file;

/** Every kind of switch that is here. */
export const drivers: readonly Driver[] = [embeddedDriver, ...realDrivers];

export function runnableModel(name: string, semantics: Semantics): Runnable {
  const program = orThrow(load(readFileSync(modelFile(name)), `${name}.snk`, { unroll: 8, force: true }));
  return orThrow(runnable(program, { semantics, controller: true }));
}

export const goldenFolder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'golden');
