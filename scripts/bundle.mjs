import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/**
 * Packages with files of their own to load at run time (WebAssembly, workers), or large ones that few runs need:
 * imported, not bundled.
 */
const external = ['z3-solver', '@viz-js/viz'];

/** Bundled CommonJS packages ask for Node's own modules by `require`, which an ES module lacks. */
const banner = `import { createRequire as createRequireForBundle } from 'node:module';
const require = createRequireForBundle(import.meta.url);`;

/**
 * Bundles the command line into one executable file, so that it starts quickly, with a source map for stack traces.
 * @param {string} root
 * @param {string} outfile
 */
export const bundle = (root, outfile) =>
  write(root, {
    entry: { name: path.basename(outfile, '.js'), source: 'src/cli/main.ts' },
    outdir: path.dirname(outfile),
    isExecutable: true,
  });

/**
 * Bundles the library.
 * @param {string} root
 * @param {string} outdir
 */
export const bundleLibrary = (root, outdir) =>
  write(root, { entry: { name: 'workbench', source: 'src/workbench.ts' }, outdir, isExecutable: false });

/**
 * One file, and beside it the worker that it starts. Files appear whole or not at all.
 * @param {string} root
 * @param {{ entry: { name: string, source: string }, outdir: string, isExecutable: boolean }} what
 */
async function write(root, { entry, outdir, isExecutable }) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { [entry.name]: entry.source, worker: 'src/search/worker.ts' },
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external,
    banner: { js: isExecutable ? `#!/usr/bin/env node\n${banner}` : banner },
    sourcemap: isExecutable ? 'linked' : false,
    logLevel: 'warning',
    write: false,
  });
  mkdirSync(outdir, { recursive: true });
  const executable = path.join(outdir, `${entry.name}.js`);
  for (const file of outputFiles) {
    const mode = isExecutable && file.path === executable ? 0o755 : 0o644;
    writeFileSync(`${file.path}.tmp`, file.contents, { mode });
    renameSync(`${file.path}.tmp`, file.path);
  }
}
