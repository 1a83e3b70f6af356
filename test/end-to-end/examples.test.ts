import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import * as library from '../../src/workbench.js';
import { root } from '../conformance/expectation.js';
import { parsePage } from './page.js';
import { cloneFolder } from './shell.js';

const workbench = path.join(root, 'src/workbench.ts');
const { folder, remove } = cloneFolder();
const cwd = process.cwd();
/** The compiler reads all of the sources: some 10 s of a core, which may have more to do. */
const compiling_ms = 300_000;
afterAll(() => {
  process.chdir(cwd);
  remove();
});

interface Example {
  readonly where: string;
  readonly text: string;
  readonly file: string;
}

/** The TypeScript of a page, each as a file of its own in the clone, where it finds `models/`. */
function examplesIn(page: string): readonly Example[] {
  const { files } = parsePage(readFileSync(path.join(root, page), 'utf8'));
  return files
    .filter(({ language }) => language === 'ts')
    .map(({ line, text }) => {
      const file = path.join(folder, `${page.replaceAll(/\W/g, '-')}-${line}.ts`);
      writeFileSync(file, text.replaceAll(/ from 'snk-verify'/g, ` from ${JSON.stringify(workbench)}`));
      return { where: `${page}:${line}`, text, file };
    });
}

const examples = ['docs/manual/library.md', 'docs/api.md'].flatMap(examplesIn);

/** What the comments behind `console.log(…);` say that it prints. */
const promised = (text: string): readonly string[] =>
  [...text.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, printed]) => printed!);

describe('the examples of the library', () => {
  it.each(examples)('$where prints what it says', async ({ text, file }) => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    process.chdir(folder);
    await import(pathToFileURL(file).href);
    process.chdir(cwd);
    expect(log.mock.calls.map((values) => values.map(String).join(' '))).toEqual(promised(text));
    expect([...text.matchAll(/console\.log\(/g)]).toHaveLength(promised(text).length);
  });

  it(
    'are of the types that the library has',
    () => {
      const compilerOptions = {
        module: 'nodenext',
        target: 'es2023',
        strict: true,
        noUncheckedIndexedAccess: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: true,
        allowImportingTsExtensions: true,
        noEmit: true,
        types: ['node'],
        typeRoots: [path.join(root, 'node_modules/@types')],
      };
      const files = examples.map(({ file }) => file);
      writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
      writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
      const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
      const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
      expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
    },
    compiling_ms,
  );

  it('are there for every function, in docs/api.md', () => {
    const functions = Object.entries(library).filter(
      ([, value]) => typeof value === 'function' && !/^class/.test(String(value)),
    );
    const called = examplesIn('docs/api.md').map(({ text }) => text);
    const without = functions.map(([name]) => name).filter((name) => !called.some((text) => text.includes(`${name}(`)));
    expect(functions.length).toBeGreaterThan(20);
    expect(without).toEqual([]);
  });
});
