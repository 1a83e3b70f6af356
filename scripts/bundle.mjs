import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/** Packages with files of their own to load at run time (WebAssembly, workers), or large ones that few runs need: imported, not bundled. */
const external = ['z3-solver', '@viz-js/viz'];

/** Bundled CommonJS packages ask for Node's own modules by `require`, which an ES module lacks. */
const banner = `#!/usr/bin/env node
import { createRequire as createRequireForBundle } from 'node:module';
const require = createRequireForBundle(import.meta.url);`;

/**
 * Bundles the command line into one executable file, so that it starts quickly. Files appear whole or not at all.
 * @param {string} root
 * @param {string} outfile
 */
export async function bundle(root, outfile) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { main: 'src/cli/main.ts', worker: 'src/search/worker.ts' },
    outdir: path.dirname(outfile),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external,
    banner: { js: banner },
    sourcemap: 'linked',
    logLevel: 'warning',
    write: false,
  });
  mkdirSync(path.dirname(outfile), { recursive: true });
  for (const file of outputFiles) {
    writeFileSync(`${file.path}.tmp`, file.contents, { mode: file.path === outfile ? 0o755 : 0o644 });
    renameSync(`${file.path}.tmp`, file.path);
  }
}
