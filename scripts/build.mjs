/** Builds all of dist: the library with its declarations (tsc), and the bundled command line (esbuild). */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
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
