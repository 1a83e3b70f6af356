/**
 * Builds all of dist: the library and the command line, each bundled (esbuild), and the library's declarations (tsc).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { root, runScript, SetUpError, setUp, withLock } from './set-up.mjs';

const dist = path.join(root, 'dist');

await runScript(async () => {
  await setUp();
  await withLock(async () => {
    removeLibrary();
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
    if (status !== 0) throw new SetUpError('the library does not compile (see above)');
    keepReachable(path.join(dist, 'workbench.d.ts'));
    const { bundleLibrary } = await import('./bundle.mjs');
    await bundleLibrary(root, dist);
  });
  await setUp({ bundle: true });
});

/** Modules of sources that are gone must not stay importable; dist/cli is the bundle's. */
function removeLibrary() {
  if (!existsSync(dist)) return;
  for (const name of readdirSync(dist)) {
    if (name !== 'cli') rmSync(path.join(dist, name), { recursive: true });
  }
}

/**
 * Removes the declarations that the library's do not refer to, however indirectly: its types are few of all.
 * @param {string} entry
 */
function keepReachable(entry) {
  const reached = new Set([entry]);
  for (const file of reached) {
    const imports = readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)\.js'/g);
    for (const [, name] of imports) reached.add(path.resolve(path.dirname(file), `${name}.d.ts`));
  }
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(dist, name);
    if (name.endsWith('.d.ts') && !reached.has(file)) rmSync(file);
  }
}
