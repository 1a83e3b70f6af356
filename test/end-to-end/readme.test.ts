import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { root } from '../conformance/expectation.js';
import { buildCommandLine, snkVerify } from './command-line.js';

beforeAll(buildCommandLine);

const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const [, shown = ''] = /```console\n([\s\S]*?)```/.exec(readme) ?? [];
const commands = shown.split(/^\$ \.\/snk-verify /m).slice(1);

it('README begins with two commands', () => expect(commands).toHaveLength(2));

it.each(commands)('README shows what is printed: %s', async (command) => {
  const [args = '', ...lines] = command.split('\n');
  expect((await snkVerify(args.split(' '), { cwd: root })).stdout).toBe(lines.join('\n'));
});
