import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Deployed } from '../deployed.js';
import { type Guard, SwitchFailed } from '../drivers/driver.js';
import {
  configureGroups,
  defaultPatience,
  type Patience,
  type SwitchProcess,
  simpleSwitchVersion,
  startProcess,
} from '../drivers/switch-process.js';
import { temporaryFolder } from '../drivers/temporary-folder.js';
import {
  addNamespace,
  connectWithin,
  refuseTaken,
  removeNamespaces,
  removeStaleNamespaces,
  runBatch,
  stopOffloading,
  within,
} from './namespaces.js';
import { type LiveHost, livePlan } from './plan.js';

/** What a network is brought up with. */
export interface LiveOptions {
  /** BMv2's simple_switch. */
  readonly simpleSwitch: string;
  readonly guard: Guard;
  /** The process that the network ends with: its number is in the names of the namespaces. */
  readonly owner: number;
  /** The program of Node.js. */
  readonly node: string;
  readonly patience?: Patience;
}

/** A network that is up. */
export interface LiveNetwork {
  /** Its switches in words, with their version. */
  readonly switches: string;
  readonly hosts: readonly LiveHost[];
  /** Resolves, with the reason, when a switch ends without having been told to. */
  readonly broken: Promise<string>;
  /** Takes it down. Never fails. */
  readonly down: () => Promise<void>;
}

/** Each switch has a namespace of its own, and so any port that it likes. */
const thriftPort = 9090;

/**
 * Brings the topology of a program up in network namespaces, a simple_switch in each switch's. What earlier runs that
 * were killed have left is removed first. Event-sets start empty, and nobody plays the controller.
 * @throws SwitchFailed, whatever the reason; then nothing is left
 */
export async function bringUp(
  { tables, framing, setups }: Deployed,
  { simpleSwitch: file, guard, owner, node, patience = defaultPatience }: LiveOptions,
): Promise<LiveNetwork> {
  const plan = livePlan(tables, framing, owner, existsSync('/proc/net/if_inet6'));
  if ('impossible' in plan) throw new SwitchFailed(plan.impossible.join('; '));
  if (plan.switches.length === 0) throw new SwitchFailed('the program has no switches: there is nothing to bring up');
  const version = versionHere(file);
  removeStaleNamespaces();
  const namespaces = [...plan.switches, ...plan.hosts].map(({ namespace }) => namespace);
  refuseTaken(namespaces);

  const made: string[] = [];
  const release = guard(() => removeNamespaces(made));
  const folder = temporaryFolder(guard);
  const processes: SwitchProcess[] = [];
  const down = async (): Promise<void> => {
    await Promise.all(processes.map((running) => running.stop()));
    folder.remove();
    removeNamespaces(made);
    release();
  };
  try {
    for (const namespace of namespaces) {
      made.push(namespace);
      addNamespace(namespace);
    }
    for (const batch of plan.batches) runBatch(batch);
    for (const { namespace } of plan.hosts) stopOffloading(namespace);
    const starting = plan.switches.map(async ({ id, namespace, interfaces }) => {
      const { program, groups } = setups.find((setup) => setup.id === id)!;
      const base = path.join(folder.path, `${id}`);
      writeFileSync(`${base}.json`, JSON.stringify(program));
      // At its usual level the log would tell of every packet.
      const options = ['--log-level', 'info', ...interfaces.flatMap((at) => ['-i', at])];
      const prefix = within(namespace);
      const running = startProcess({ file, id, base, thriftPort, options, within: prefix, guard, patience });
      processes.push(running);
      await configureGroups(running, () => connectWithin(namespace, thriftPort, node), groups, patience);
    });
    const failed = (await Promise.allSettled(starting)).find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  } catch (error) {
    await down();
    throw error;
  }
  const endings = processes.map(async ({ hasEnded, ended, fail }) => {
    await hasEnded;
    return fail(ended()!).message;
  });
  return { switches: `simple_switch ${version}`, hosts: plan.hosts, broken: Promise.race(endings), down };
}

/** The version of simple_switch, once it is sure that all else that is needed is there too. @throws SwitchFailed */
function versionHere(file: string): string {
  if (os.platform() !== 'linux') throw new SwitchFailed(`network namespaces are Linux's; this is ${os.platform()}`);
  const [lacking] = [
    ['ip', '-V', 'iproute2'],
    ['ethtool', '--version', 'ethtool'],
  ].filter(([program, asked]) => spawnSync(program!, [asked!]).error);
  if (lacking) throw new SwitchFailed(`there is no \`${lacking[0]}\` (Debian has it in the package ${lacking[2]})`);
  const version = simpleSwitchVersion(file);
  if (version === undefined) throw new SwitchFailed(`there is no simple_switch: ${file} cannot be run`);
  return version;
}
