import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Duplex } from 'node:stream';
import { SwitchFailed } from '../drivers/driver.js';
import { type Batch, ourNamespace } from './plan.js';

/** What `ip` says when it may not do what it is asked. */
const forbidden = /Permission denied|Operation not permitted/;

/** Runs a program and gives what it printed. @throws SwitchFailed with what it complained of */
function execute(command: readonly [string, ...string[]], input = ''): string {
  const [program, ...args] = command;
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', input });
  if (status === 0) return stdout;
  const said = error?.message ?? stderr.trim();
  if (forbidden.test(said))
    throw new SwitchFailed(
      `network namespaces may not be made here: run it as root, where the system allows them (${program}: ${said})`,
    );
  throw new SwitchFailed(`${command.join(' ')}: ${said}`);
}

/** @throws SwitchFailed if one of these namespaces is there already: it is not ours to remove */
export function refuseTaken(names: readonly string[]): void {
  const there = listNamespaces();
  const taken = names.find((name) => there.includes(name));
  if (taken !== undefined)
    throw new SwitchFailed(
      `there is a network namespace ${taken} already; if nobody needs it, \`ip netns delete ${taken}\` removes it`,
    );
}

/** Makes a namespace. @throws SwitchFailed */
export function addNamespace(name: string): void {
  execute(['ip', 'netns', 'add', name]);
}

/** Takes namespaces away, with the interfaces in them; what is gone already is no fault. */
export function removeNamespaces(names: readonly string[]): void {
  for (const name of names) spawnSync('ip', ['netns', 'delete', name]);
}

/** Removes the namespaces of networks whose processes are gone, as after SIGKILL. @throws SwitchFailed */
export function removeStaleNamespaces(): void {
  const isStale = (name: string): boolean => {
    const owner = ourNamespace.exec(name)?.[1];
    return owner !== undefined && !existsSync(`/proc/${owner}`);
  };
  removeNamespaces(listNamespaces().filter(isStale));
}

const listNamespaces = (): string[] =>
  execute(['ip', 'netns', 'list'])
    .split('\n')
    .map((line) => line.split(' ')[0]!);

/** @throws SwitchFailed with the line that cannot be done */
export function runBatch({ namespace, lines }: Batch): void {
  const within = namespace === undefined ? [] : ['-n', namespace];
  try {
    execute(['ip', ...within, '-batch', '-'], lines.map((line) => `${line}\n`).join(''));
  } catch (error) {
    if (!(error instanceof SwitchFailed)) throw error;
    const line = /Command failed -:(\d+)/.exec(error.message)?.[1];
    throw line === undefined ? error : new SwitchFailed(`${error.message}: ${lines[Number(line) - 1]}`);
  }
}

/** The command that runs a program in a namespace. */
export const within = (namespace: string): readonly [string, ...string[]] => ['ip', 'netns', 'exec', namespace];

/**
 * Switches offloading off, so that what hosts send has its checksums and is no longer than the MTU: switches take
 * frames off the wire as they are.
 * @throws SwitchFailed
 */
export function stopOffloading(namespace: string): void {
  execute([...within(namespace), 'ethtool', '-K', 'eth0', 'tx', 'off', 'gso', 'off']);
}

/** Copies between us and a port of another namespace, which we cannot enter; says when it is connected. */
const bridge = `
const socket = require('node:net').connect(Number(process.argv[1]), '127.0.0.1', () => process.stdout.write('!'));
socket.on('error', () => process.exit(1));
socket.on('close', () => process.exit(0));
process.stdin.pipe(socket).pipe(process.stdout);`;

/** A connection to a port in a namespace. @param node the program of Node.js @throws Error if nobody listens */
export function connectWithin(namespace: string, port: number, node: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const [command, ...args] = [...within(namespace), node, '-e', bridge, `${port}`];
    const { stdin, stdout } = spawn(command!, args, { stdio: ['pipe', 'pipe', 'ignore'] })
      .on('error', reject)
      .on('exit', () => reject(new Error(`nobody listens at port ${port} of ${namespace}`)));
    stdout.once('data', () => {
      stdout.pause();
      resolve(Duplex.from({ readable: stdout, writable: stdin }));
    });
  });
}
