import { spawnSync } from 'node:child_process';
import { beforeAll, expect, it } from 'vitest';
import { root } from '../conformance/expectation.js';
import { buildCommandLine, entry } from '../end-to-end/command-line.js';

beforeAll(() => buildCommandLine());

/** Checks with little memory and little CPU time: past 60 s of that the system ends the process. */
function checkWith(memory_MiB: number, ...args: readonly string[]) {
  const limited = [...args, '--max-memory', `${memory_MiB}M`];
  const command = 'ulimit -t 60; exec "$0" "$@"';
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command, process.execPath, entry, ...limited], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const usedUp =
  /unknown {3}the memory that may be used is used up, by states, heap and Z3 together: \d+ MiB \(--max-memory gives more, --packets needs less\)/g;

it('visited states lie outside of the heap, and count all the same', () => {
  const { status, stdout, stderr } = checkWith(20, 'models/ring-4.snk', '--packets', '8', '--engine', 'explore');
  expect({ status, stderr }).toEqual({ status: 3, stderr: '' });
  expect(stdout.match(usedUp)).toHaveLength(3);
});

it('Z3 has memory of its own, which counts too', () => {
  const small = ['models/firewall.snk', '--packets', '1'];
  expect(checkWith(20, ...small, '--engine', 'explore')).toMatchObject({ status: 0 });
  const cutShort = (memory_MiB: number) => {
    const { status, stdout, stderr } = checkWith(memory_MiB, ...small, '--cross-check', 'full');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return stdout.match(/proved {4}for any number of packets {2}cross-checked in part/g)?.length ?? 0;
  };
  // What is proved stays so: only the exploration beside it ends.
  expect(cutShort(20)).toBe(3);
  expect(cutShort(200)).toBe(0);
});
