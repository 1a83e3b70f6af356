/**
 * Makes the module that reports take the script and the style of their pages from, `src/report/html/page-assets.ts`, out of
 * `src/report/html/browser/`. It is made wherever it is missing or stale, and not kept in the repository: the bundled command
 * line, the library and the tests all import it like any other module.
 */
import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const assets_module = 'src/report/html/page-assets.ts';

/**
 * Writes the module, which appears whole or not at all.
 * @param {string} root
 * @param {string} digest of all that it is made from, for telling later whether it is stale
 */
export async function buildPage(root, digest) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: {
      page: 'src/report/html/browser/main.ts',
      explore: 'src/report/html/browser/explore.ts',
      gallery: 'src/report/html/browser/gallery.ts',
      style: 'src/report/html/browser/style/index.css',
    },
    outdir: 'dist',
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: ['chrome115', 'firefox115', 'safari16'],
    tsconfig: 'src/report/html/browser/tsconfig.json',
    charset: 'ascii',
    logLevel: 'warning',
    write: false,
  });
  /** @param {string} name */
  const made = (name) => outputFiles.find(({ path: file }) => path.basename(file) === name)?.text.trim() ?? '';
  const text = `/** Made by scripts/page.mjs from src/report/html/browser/; not kept in the repository. Sources: ${digest} */
export const pageScript = ${JSON.stringify(made('page.js'))};
export const exploreScript = ${JSON.stringify(made('explore.js'))};
export const galleryScript = ${JSON.stringify(made('gallery.js'))};
export const pageStyle = ${JSON.stringify(made('style.css'))};
`;
  const target = path.join(root, assets_module);
  writeFileSync(`${target}.tmp`, text);
  renameSync(`${target}.tmp`, target);
}
