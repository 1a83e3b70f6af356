/** Writes docs/api.md, what src/workbench.ts exports, from its types and docstrings (TypeDoc). */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { Application } from 'typedoc';
import { load } from 'typedoc-plugin-markdown';
import { root } from './set-up.mjs';

export const apiPage = path.join(root, 'docs/api.md');

/** The page as it must be. */
export async function apiText() {
  const folder = mkdtempSync(path.join(tmpdir(), 'snk-api-'));
  try {
    return readFileSync(await generate(folder), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function generate(folder) {
  /** What TypeDoc takes, and its plugin for Markdown, whose options its types do not know. */
  const options = {
    entryPoints: [path.join(root, 'src/workbench.ts')],
    tsconfig: path.join(root, 'tsconfig.build.json'),
    plugin: [load],
    name: 'The library: all functions',
    outputs: [{ name: 'markdown', path: folder }],
    outputFileStrategy: 'modules',
    readme: 'none',
    logLevel: 'Warn',
    disableGit: true,
    disableSources: true,
    excludeExternals: true,
    hideGenerator: true,
    useHTMLAnchors: true,
    hideBreadcrumbs: true,
    hidePageHeader: true,
    entryFileName: 'api',
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
    typeDeclarationFormat: 'table',
    sort: ['kind', 'alphabetical'],
    kindSortOrder: ['Function', 'Class', 'Variable', 'Interface', 'TypeAlias'],
    groupOrder: ['Functions', '*'],
    // Types that results are made of are not all exported: their names are shown without a link.
    validation: { notExported: false, invalidLink: true },
    treatWarningsAsErrors: true,
  };
  const app = await Application.bootstrapWithPlugins(/** @type {{}} */ (options));
  const project = await app.convert();
  if (!project || app.logger.hasErrors()) throw new Error('src/workbench.ts cannot be read (see above)');
  await app.generateOutputs(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error('docs/api.md cannot be made (see above)');
  return path.join(folder, 'api.md');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(apiPage, await apiText());
