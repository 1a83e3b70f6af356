import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCommandLine, snkVerify, workFolder } from '../end-to-end/command-line.js';
import { models } from '../models/models.js';

const { folder, remove } = workFolder();
const proofs = path.join(import.meta.dirname, '../../proofs');
const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);
beforeAll(buildCommandLine);
afterAll(remove);

/** What is no program, for one reason each: by the text, and by what it means. */
const texts: Readonly<Record<string, string>> = {
  'syntax.snk': 'host H1 @ 1:2;\npolicy\n  pt=2; pt<- + true\n',
  'egress.snk': 'host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1;\npolicy pt=2; pt<-1; (1:1)->(4:1)\n',
};
const programs = [
  ...Object.keys(texts),
  ...Object.entries(models).flatMap(([name, { rejected }]) => (rejected ? [`models/${name}.snk`] : [])),
];
const base = (file: string): string => path.basename(file, '.snk');

/**
 * How each verb is given a program; `report` is one that prints the rejection among what else it has to say of the
 * program.
 */
const takers: Readonly<Record<string, { args: (file: string) => string[]; kind: 'report' | 'line' }>> = {
  check: { kind: 'report', args: (file) => ['check', file] },
  prove: { kind: 'report', args: (file) => ['prove', file, '-o', 'new-proofs'] },
  'prove --check': { kind: 'line', args: (file) => ['prove', '--check', file, '-o', 'proofs'] },
  compile: { kind: 'line', args: (file) => ['compile', file, '-o', 'out'] },
  conform: { kind: 'line', args: (file) => ['conform', file, '--executions', '5'] },
  replay: { kind: 'line', args: (file) => ['replay', file] },
  'replay RESULT': { kind: 'line', args: (file) => ['replay', `${base(file)}.json`] },
  diff: { kind: 'line', args: (file) => ['diff', 'models/firewall.snk', file] },
  reach: { kind: 'line', args: (file) => ['reach', file] },
  trace: { kind: 'line', args: (file) => ['trace', file, '--from', 'H1'] },
  explore: { kind: 'line', args: (file) => ['explore', file] },
  export: { kind: 'line', args: (file) => ['export', file, '--to', 'tla'] },
  up: { kind: 'line', args: (file) => ['up', file] },
  validate: { kind: 'line', args: (file) => ['validate', 'steps.json', '--program', file] },
};
/** These read results alone. */
const others = ['merge', 'report', 'convert', 'help'];

beforeAll(() => {
  for (const [name, text] of Object.entries(texts)) write(name, text);
  write('steps.json', '{ "steps": [] }');
  mkdirSync(path.join(folder, 'proofs'));
  for (const file of programs) {
    for (const end of ['json', 'smt2'])
      copyFileSync(path.join(proofs, `firewall.${end}`), path.join(folder, `proofs/${base(file)}.${end}`));
    const sha256 = createHash('sha256')
      .update(readFileSync(path.join(folder, file)))
      .digest('hex');
    const options = { semantics: 'tagged', packets: 3, controller: true };
    const tool = { name: 'snk-verify', version: '0.1.0' };
    const result = { tool, program: { file, sha256 }, rejected: null, options, warnings: [], checks: {} };
    write(`${base(file)}.json`, JSON.stringify(result));
  }
});

const squeezed = (text: string): string => text.replaceAll(/\s+/g, ' ');

it('every verb takes a program here, or none at all', async () => {
  const { stdout } = await snkVerify(['--help'], { cwd: folder });
  const commands = stdout.slice(stdout.indexOf('Commands:'), stdout.indexOf('Usage: snk-verify check'));
  const listed = [...commands.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name!);
  const known = new Set([...Object.keys(takers).map((name) => name.split(' ')[0]!), ...others]);
  expect([...listed].sort()).toEqual([...known].sort());
  expect(programs.length).toBeGreaterThanOrEqual(6);
});

describe.each(programs)('%s', (file) => {
  let line: string;
  let text: string;
  beforeAll(async () => {
    const { rejected } = JSON.parse((await snkVerify([file, '--json'], { cwd: folder })).stdout);
    const { code, message, line: row, column } = rejected;
    const place = row === null ? '' : `:${row}:${column}`;
    // The text of a file that cannot be read is told by its diagnostics, with line and caret, wherever it is told.
    const isText = ['syntax', 'name', 'topology'].includes(code);
    line = isText
      ? `${file}${place}: error[${code}/${rejected.details.diagnostics[0].rule}]: ${message}\n`
      : `snk-verify: ${file}${place}: rejected [${code}]: ${message}\n`;
    text = isText ? line : `rejected [${code}]${row === null ? '' : ` at ${file}${place}`} ${message}`;
  });

  it.each(Object.entries(takers))('%s', async (verb, { args, kind }) => {
    const { stdout, stderr, status } = await snkVerify(args(file), { cwd: folder });
    // What was made with `check --force` is validated and replayed, although its program is to be rejected.
    if (file.includes('nonlocal') && !file.includes('cyclic') && ['validate', 'replay RESULT'].includes(verb)) {
      expect(stderr).not.toContain('rejected');
      return;
    }
    expect(status).toBe(2);
    if (kind === 'report') expect(squeezed(stdout)).toContain(squeezed(text));
    else if (line.startsWith('snk-verify: ')) expect(stderr).toBe(line);
    else {
      expect(stderr).toMatch(/\n {2}\| +\^+/);
      expect(stderr.startsWith(line)).toBe(true);
    }
    if (kind === 'line') expect(stdout.replace(/^proofs\/.*: FAILED\n$/, '')).toBe('');
  });
});
