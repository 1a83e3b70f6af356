/**
 * `npm run gallery`: writes a page for each program of models/ under every semantics, an index, and badges into
 * gallery/, which git ignores; and the same for the paper's case studies into reports/, which is kept.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { check, gallery, type Result, type Semantics } from '../src/workbench.js';
import { root } from './set-up.mjs';

export const reports = path.join(root, 'reports');
const whole = path.join(root, 'gallery');

/** The case studies of the paper (§5.1), by their models. */
export const caseStudies = ['bandwidth-cap', 'firewall', 'ids', 'learning-switch', 'port-knocking'] as const;

/** The names of all models. */
export const models = readdirSync(path.join(root, 'models'))
  .filter((file) => file.endsWith('.snk'))
  .map((file) => path.basename(file, '.snk'))
  .sort();

/** The names of the gallery's files in reports/: all files but the figures, which benches draw. */
export const keptNames = (): string[] =>
  readdirSync(reports, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.\w+$/.test(name) && !name.startsWith('figures'),
  );

const semantics: readonly Semantics[] = ['tagged', 'figure6', 'two-phase', 'best-effort'];

/** How many packets a model is checked with: 3, but 2 for the large rings, whose violations need no more. */
const packetsOf = (model: string): number => (/^ring-[5-9]/.test(model) ? 2 : 3);

async function resultsOf(model: string): Promise<Result[]> {
  const file = `models/${model}.snk`;
  const bytes = readFileSync(path.join(root, file));
  const runs: Result[] = [];
  for (const one of semantics)
    runs.push((await check(bytes, file, { semantics: one, packets: packetsOf(model), crossCheck: 'full' })).result);
  // A program that is rejected is rejected under every semantics, so one page is enough.
  return runs[0]?.rejected ? runs.slice(0, 1) : runs;
}

type Files = ReadonlyMap<string, string>;

/**
 * The files of two galleries, by their names: one of the given programs, and one of the case studies, which have to be
 * among them. The same programs give the same files, on any machine and at any time.
 */
export async function galleries(programs: readonly string[]): Promise<{ readonly whole: Files; readonly kept: Files }> {
  const results = new Map<string, Result[]>();
  for (const model of programs) results.set(model, await resultsOf(model));
  return {
    whole: await gallery([...results.values()], 'Every program of models/ under every semantics.'),
    kept: await gallery(
      caseStudies.map((model) => results.get(model)!),
      'The case studies of the paper under every semantics. All programs of models/: npm run gallery, then gallery/index.html.',
    ),
  };
}

export function write(folder: string, files: Files): void {
  for (const [name, text] of files) {
    const target = path.join(folder, name);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

if (process.argv[1] === import.meta.filename) {
  const files = await galleries(models);
  for (const name of keptNames()) rmSync(path.join(reports, name));
  rmSync(whole, { recursive: true, force: true });
  for (const [folder, made] of [
    [whole, files.whole],
    [reports, files.kept],
  ] as const) {
    write(folder, made);
    const size_kB = [...made.values()].reduce((sum, text) => sum + text.length, 0) / 1000;
    console.log(`${path.relative(root, folder)}/: ${made.size} files, ${Math.round(size_kB).toLocaleString('en')} kB`);
  }
}
