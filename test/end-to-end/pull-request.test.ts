import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCommandLine } from './command-line.js';
import { cloneFolder } from './shell.js';

const root = path.resolve(import.meta.dirname, '../..');
const { folder, remove } = cloneFolder();
beforeAll(buildCommandLine);
afterAll(remove);

/** The script of the workflow's step that compares. */
function script(): string {
  const workflow = readFileSync(path.join(root, 'docs/github-pull-request.yml'), 'utf8');
  const [, indented = ''] = /id: compare\n[\s\S]*?run: \|\n((?: {10}.*\n)+)/.exec(workflow) ?? [];
  return indented.replaceAll(/^ {10}/gm, '');
}

const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });

describe('docs/github-pull-request.yml', () => {
  it('comments on what has changed, and on nothing else', { timeout: 120_000 }, () => {
    const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
    const firewall = readFileSync(path.join(root, 'models/firewall.snk'), 'utf8');
    mkdirSync(path.join(folder, 'programs'));
    write('programs/changed one.snk', firewall);
    write('programs/kept.snk', firewall);
    write('programs/gone.snk', firewall);
    git('init', '--quiet', '-b', 'main');
    git('add', 'programs');
    git('commit', '--quiet', '-m', 'before');
    const base = git('rev-parse', 'HEAD').trim();
    write('programs/changed one.snk', firewall.replace('state=[1]; pt<-1', 'pt<-1'));
    write('programs/added.snk', 'policy pt=\n');
    git('rm', '--quiet', 'programs/gone.snk');
    git('add', 'programs');
    git('commit', '--quiet', '-m', 'after');

    const bin = path.join(path.dirname(folder), 'bin');
    const env = {
      PATH: `${bin}${path.delimiter}${process.env['PATH']}`,
      BASE: base,
      GITHUB_OUTPUT: path.join(folder, 'output'),
      GITHUB_STEP_SUMMARY: path.join(folder, 'summary'),
    };
    execFileSync('bash', ['-e', '-c', script()], { cwd: folder, env });
    const comment = readFileSync(path.join(folder, 'comment.md'), 'utf8');
    expect(comment).toContain('### `old/programs/changed one.snk` → `./programs/changed one.snk`: different');
    expect(comment).toContain('| <pre>4:2  ip&#95;dst=H1<br>&#96;&#45; dropped</pre> |');
    expect(comment).toMatch(/^ {4} {2}Lemma 3 +proved/m);
    expect(comment).toMatch(/^ {4}\.\/programs\/added\.snk:1:11: error\[syntax/m);
    expect(comment).not.toMatch(/kept|gone/);
    // The worst of the verdicts: what was added is no program.
    expect(readFileSync(env.GITHUB_OUTPUT, 'utf8')).toBe('status=2\n');
    expect(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8')).toBe(comment);
  });
});
