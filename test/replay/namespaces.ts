import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Runs a program, and gives its exit status and what it printed. */
export function sh(...[program, ...args]: readonly [string, ...string[]]): {
  readonly status: number | null;
  readonly stdout: string;
} {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000 });
  return { status, stdout: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}` };
}

/** Runs a program in a namespace. */
export const inside = (namespace: string, ...command: readonly string[]) =>
  sh('ip', 'netns', 'exec', namespace, ...command);

/** The namespaces of the network that a process has up. */
export const namespacesOf = (owner: number): string[] =>
  sh('ip', 'netns', 'list')
    .stdout.split('\n')
    .map((line) => line.split(' ')[0]!)
    .filter((name) => name.startsWith(`snk-${owner}-`));

/** The folders for files of switches that are there. */
export const switchFolders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('snk-replay-'));

function whyNot(): string | undefined {
  const probe = `snk-test-${process.pid}`;
  const steps: readonly (readonly [string, ...string[]])[] = [
    ['ip', 'netns', 'add', probe],
    ['ip', '-n', probe, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth1'],
    ['ip', 'netns', 'exec', probe, 'ethtool', '-K', 'eth0', 'tx', 'off'],
    ['ip', 'netns', 'delete', probe],
    ['ping', '-V'],
  ];
  const failed = steps.map((step) => ({ step, ...sh(...step) })).find(({ status }) => status !== 0);
  return failed && `${failed.step.join(' ')}: ${failed.stdout.trim()}`;
}

const why = whyNot();
if (why !== undefined) console.warn(`LEFT OUT: networks of namespaces, which cannot be made on this machine (${why})`);

/** Whether network namespaces can be made on this machine. */
export const hasNamespaces = why === undefined;
