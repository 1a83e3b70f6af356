import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../conformance/expectation.js';
import { run } from './command-line.js';

interface Packed {
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

describe('what npm packs', () => {
  let packed: Packed;
  let names: ReadonlySet<string>;

  beforeAll(async () => {
    // `npm test` has built it before.
    if (!existsSync(path.join(root, 'dist/workbench.js')))
      expect(await run(process.execPath, ['scripts/build.mjs'], { cwd: root })).toMatchObject({ status: 0 });
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root });
    packed = (JSON.parse(stdout) as [Packed])[0];
    names = new Set(packed.files.map(({ path }) => path));
  });

  it('is small', () => {
    expect(packed.size, 'bytes').toBeLessThan(1_200_000);
    expect(packed.files.length).toBeLessThan(240);
  });

  it('is what is needed: no source maps, no sources, no tests', () => {
    const others = [...names].filter((name) => !/\.(js|d\.ts|md|snk|props|json|yml|svg)$|^LICENSE$/.test(name));
    expect(others).toEqual([]);
    for (const name of ['dist/cli/main.js', 'dist/cli/worker.js', 'dist/workbench.js', 'dist/worker.js', 'docs/api.md'])
      expect(names).toContain(name);
  });

  it.each(['README.md', 'docs/manual'])('%s links only to what is in it', (place) => {
    const pages = [...names].filter((name) => name.startsWith(place) && name.endsWith('.md'));
    expect(pages).not.toEqual([]);
    for (const page of pages) {
      const links = [...readFileSync(path.join(root, page), 'utf8').matchAll(/\]\(([^)\s#:]+)(#[^)]*)?\)/g)];
      const targets = links.map(([, target]) => path.join(path.dirname(page), target!));
      expect(targets.filter((target) => !names.has(target))).toEqual([]);
    }
  });

  it('has pages that lead to sources only where they say that these are not packed', () => {
    const pages = [...names].filter((name) => /^docs\/[^/]+\.md$/.test(name));
    expect(pages).toContain('docs/glossary.md');
    for (const page of pages) {
      const text = readFileSync(path.join(root, page), 'utf8');
      const links = [...text.matchAll(/\]\(([^)\s#:]+)(#[^)]*)?\)/g)];
      const targets = links.map(([, target]) => path.join(path.dirname(page), target!));
      const missing = targets.filter((target) => !names.has(target) && !names.has(`${target}/README.md`));
      expect(
        missing.filter((target) => !/^(src|test|proofs|bench)\b/.test(target)),
        page,
      ).toEqual([]);
      if (missing.length > 0) expect(text.replaceAll('\n', ' '), page).toContain('has no sources');
    }
  });

  it('has all that its types refer to', () => {
    for (const name of [...names].filter((name) => name.endsWith('.d.ts'))) {
      const imports = readFileSync(path.join(root, name), 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)\.js'/g);
      for (const [, other] of imports) expect(names).toContain(path.join(path.dirname(name), `${other}.d.ts`));
    }
  });

  it('runs: the library by its name, its workers too', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'snk-package-'));
    mkdirSync(path.join(folder, 'node_modules'));
    symlinkSync(root, path.join(folder, 'node_modules/snk-verify'));
    const program = `import { check } from 'snk-verify';
      const { result } = await check('policy true', 'empty.snk', { engine: 'explore', workers: 2 });
      console.log(result.checks.lemma3.status);`;
    writeFileSync(path.join(folder, 'user.mjs'), program);
    const outcome = await run(process.execPath, ['user.mjs'], { cwd: folder });
    rmSync(folder, { recursive: true });
    expect(outcome).toMatchObject({ status: 0, stdout: 'holds\n', stderr: '' });
  });
});
